//! `ciel fix`: fixes are made in memory, what comes out is judged again, and so on until nothing changes; only then are
//! files written.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::bail;
use ciel_checks::{Options, Verdict};
use ciel_core::{Applicability, Finding, Fix, PatchOp, Source, SourceKind};
use ciel_fix::{Editor, Outcome, apply, value_behind};
use ciel_report::{FileFix, FixNote, FixReport, RenderedFix, write_fixes};
use ciel_snapshot::{Snapshot, SnapshotBuilder};

use super::{Judged, files, judge};
use crate::{
    cli::{FixArgs, ScanArgs},
    exit::Exit,
    output,
};

/// Fixes that keep undoing each other end here.
const ROUNDS: usize = 20;

pub(crate) fn run(args: &FixArgs) -> anyhow::Result<Exit> {
    refuse_report_options(&args.scan)?;
    let Judged {
        settings,
        snapshot,
        findings,
        diagnostics,
        ..
    } = judge(&args.scan, None)?;
    let is_incomplete = diagnostics.iter().any(|it| it.is_error)
        || snapshot.sources().iter().any(|source| !source.complete);
    let mut work = Work::new(args, snapshot, findings);
    work.settle(&settings.options);
    let files = work.files(args.write);
    let left = work.left();
    let appeared = work.appeared();
    let rendered = work.rendered();
    let report = FixReport {
        files: &files,
        done: &work.done(),
        left: &left,
        appeared: &appeared,
        rendered: &rendered,
        held_back: work.held_back(),
        written: args.write,
    };
    tell(&report)?;
    let remains = if args.write {
        !left.is_empty()
    } else {
        !(left.is_empty() && files.is_empty())
    };
    Ok(if files.iter().any(|file| file.error.is_some()) {
        Exit::Wrong
    } else if is_incomplete && !settings.allow_incomplete {
        Exit::Incomplete
    } else if remains || !rendered.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn refuse_report_options(args: &ScanArgs) -> anyhow::Result<()> {
    let given = [
        ("--format", !args.format.is_empty()),
        ("--output", args.output.is_some()),
        ("--watch", args.watch),
        ("--fail-on", args.fail_on.is_some()),
        ("--write-baseline", args.write_baseline.is_some()),
    ];
    match given.iter().find(|(_, given)| *given) {
        Some((option, _)) => {
            bail!("{option} belongs to ciel scan: ciel fix writes a diff or the files")
        }
        None => Ok(()),
    }
}

/// The diff, or the text of standard input, goes to standard output; everything else beside it, to standard error.
fn tell(report: &FixReport<'_>) -> anyhow::Result<()> {
    let mut out = output::open(None)?;
    let mut stdin = report.files.iter().filter(|file| file.name == "-");
    if let Some(file) = stdin.next().filter(|_| report.written) {
        out.write_all(file.after.as_bytes())?;
    }
    write_fixes(
        report,
        output::style(None),
        &mut *out,
        &mut io::stderr().lock(),
    )?;
    out.flush()?;
    Ok(())
}

/// The fixes of a run, from round to round.
struct Work {
    unsafe_fixes: bool,
    named: Vec<PathBuf>,
    /// As they were read.
    before: Vec<std::sync::Arc<str>>,
    snapshot: Snapshot,
    findings: Vec<Finding>,
    /// Fingerprints of the first findings.
    known: HashSet<String>,
    /// Fingerprints of those that a baseline knows: they are left alone.
    baseline: HashSet<String>,
    /// What was done, by fingerprint.
    made: BTreeMap<String, FixNote>,
    /// What was not, by fingerprint.
    refused: BTreeMap<String, String>,
    /// Why sources cannot be edited at all, by index.
    closed: BTreeMap<usize, String>,
}

impl Work {
    fn new(args: &FixArgs, snapshot: Snapshot, findings: Vec<Finding>) -> Self {
        let texts = snapshot.sources().iter().map(|source| source.text.clone());
        Self {
            unsafe_fixes: args.unsafe_fixes,
            named: args.scan.paths.clone(),
            before: texts.collect(),
            known: findings.iter().map(Finding::fingerprint).collect(),
            baseline: findings
                .iter()
                .filter(|finding| finding.is_known)
                .map(Finding::fingerprint)
                .collect(),
            snapshot,
            findings,
            made: BTreeMap::new(),
            refused: BTreeMap::new(),
            closed: BTreeMap::new(),
        }
    }

    /// Makes fixes until nothing changes.
    fn settle(&mut self, options: &Options) {
        let sources = self.wanted().map(source_of).collect::<BTreeSet<_>>();
        for index in sources {
            let source = self.snapshot.sources().get(index);
            let is_file = |source: &&Source| source.kind == SourceKind::File;
            if let Some(Err(error)) = source
                .filter(is_file)
                .map(|it| files::check(it, &self.named))
            {
                let first = error.chain().map(ToString::to_string);
                self.closed
                    .insert(index, first.collect::<Vec<_>>().join(": "));
            }
        }
        for _ in 0..ROUNDS {
            let edited = self.round();
            if edited.is_empty() {
                return;
            }
            let snapshot = with_texts(&self.snapshot, edited);
            let Verdict { mut findings, .. } = ciel_checks::judge(&snapshot, options);
            if !self.baseline.is_empty() {
                for finding in &mut findings {
                    finding.is_known = self.baseline.contains(&finding.fingerprint());
                }
            }
            self.snapshot = snapshot;
            self.findings = findings;
        }
        let unsettled: Vec<String> = self.wanted().map(Finding::fingerprint).collect();
        for fingerprint in unsettled {
            let reason = format!("not settled after {ROUNDS} rounds: fixes undo each other");
            self.refused.entry(fingerprint).or_insert(reason);
        }
    }

    /// One round: the texts that changed, by the index of their source.
    fn round(&mut self) -> BTreeMap<usize, String> {
        let mut by_source: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        for finding in self.wanted() {
            by_source
                .entry(source_of(finding))
                .or_default()
                .push(finding.clone());
        }
        let mut edited = BTreeMap::new();
        let Self {
            snapshot,
            made,
            refused,
            closed,
            ..
        } = self;
        for (index, findings) in by_source {
            let Some(source) = snapshot.sources().get(index) else {
                continue;
            };
            if let Some(reason) = closed.get(&index) {
                let all = findings.iter().map(|it| (it.fingerprint(), reason.clone()));
                refused.extend(all);
                continue;
            }
            let editor = match Editor::new(source) {
                Ok(editor) => editor,
                Err(refusal) => {
                    let all = findings
                        .iter()
                        .map(|it| (it.fingerprint(), refusal.to_string()));
                    refused.extend(all);
                    continue;
                }
            };
            let fixes: Vec<&Fix> = findings.iter().filter_map(|it| it.fix.as_deref()).collect();
            let batch = editor.edit_all(&fixes);
            for (finding, outcome) in findings.iter().zip(batch.outcomes) {
                match outcome {
                    Outcome::Done => {
                        let text = finding.fix.as_ref().map_or("", |fix| &fix.description);
                        made.insert(finding.fingerprint(), note(source, finding, text));
                    }
                    Outcome::Refused(refusal) => {
                        refused.insert(finding.fingerprint(), refusal.to_string());
                    }
                    Outcome::Later => {}
                }
            }
            if !batch.edits.is_empty() {
                edited.insert(index, apply(&source.text, &batch.edits));
            }
        }
        edited
    }

    /// Findings whose fixes are to be made.
    fn wanted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| self.wants(finding))
    }

    fn wants(&self, finding: &Finding) -> bool {
        let allowed = |fix: &Fix| self.unsafe_fixes || fix.applicability == Applicability::Safe;
        has_fix(finding) && finding.fix.as_deref().is_some_and(allowed)
    }

    fn source(&self, finding: &Finding) -> Option<&Source> {
        self.snapshot.sources().get(source_of(finding))
    }

    fn is_rendered(&self, finding: &Finding) -> bool {
        self.source(finding)
            .is_some_and(|source| source.kind.is_rendered())
    }

    /// The files that changed; they are written if that is asked for.
    fn files(&self, write: bool) -> Vec<FileFix> {
        let sources = self.snapshot.sources().iter().zip(&self.before).enumerate();
        let changed = sources.filter(|(_, (source, before))| source.text != **before);
        changed
            .map(|(_, (source, before))| {
                let is_file = source.kind == SourceKind::File;
                let written = if write && is_file {
                    let old = Source::new(&*source.name, source.kind, before.clone());
                    files::check(&old, &self.named)
                        .and_then(|()| files::write(Path::new(&source.name), &source.text))
                } else {
                    Ok(())
                };
                FileFix {
                    name: source.name.clone(),
                    before: before.to_string(),
                    after: source.text.to_string(),
                    error: written.err().map(|error| format!("{error:#}")),
                }
            })
            .collect()
    }

    fn done(&self) -> Vec<FixNote> {
        let there: HashSet<String> = self.findings.iter().map(Finding::fingerprint).collect();
        let made = self.made.iter();
        let mut done: Vec<FixNote> = made
            .filter(|(fingerprint, _)| !there.contains(*fingerprint))
            .map(|(_, note)| note.clone())
            .collect();
        done.sort_by(|a, b| (&a.source, a.line).cmp(&(&b.source, b.line)));
        done
    }

    fn left(&self) -> Vec<FixNote> {
        let left = self.wanted().filter(|finding| !self.is_rendered(finding));
        left.filter_map(|finding| {
            let fingerprint = finding.fingerprint();
            let text = match self.refused.get(&fingerprint) {
                Some(reason) => reason,
                None if self.made.contains_key(&fingerprint) => {
                    "the fix was made, and the finding stays"
                }
                None => "it is in the way of other fixes: run it again",
            };
            Some(note(self.source(finding)?, finding, text))
        })
        .collect()
    }

    fn appeared(&self) -> Vec<FixNote> {
        let new = self
            .findings
            .iter()
            .filter(|finding| finding.counts() && !self.known.contains(&finding.fingerprint()));
        new.filter_map(|finding| Some(note(self.source(finding)?, finding, &finding.message)))
            .collect()
    }

    fn rendered(&self) -> Vec<RenderedFix> {
        let rendered = self.wanted().filter(|finding| self.is_rendered(finding));
        let mut templates = BTreeMap::new();
        rendered
            .filter_map(|finding| {
                let source = self.source(finding)?;
                let template = templates
                    .entry(source.name.as_str())
                    .or_insert_with(|| template_of(source));
                Some(RenderedFix {
                    source: source.name.clone(),
                    kind: source.kind,
                    finding: finding.clone(),
                    values: chart_values(template.as_deref().unwrap_or_default(), finding),
                })
            })
            .collect()
    }

    fn held_back(&self) -> usize {
        let all = self.findings.iter().filter(|finding| has_fix(finding));
        all.filter(|finding| !self.wants(finding)).count()
    }
}

/// The text of the template that a source was rendered from, where it is a file.
fn template_of(source: &Source) -> Option<String> {
    let path = Path::new(&source.name);
    let is_small = |size: u64| size <= TEMPLATE_BYTES;
    let is_template = source.kind == SourceKind::Helm
        && fs::metadata(path).is_ok_and(|it| it.is_file() && is_small(it.len()));
    is_template.then(|| fs::read_to_string(path).ok()).flatten()
}

/// Larger templates are not read again.
const TEMPLATE_BYTES: u64 = 1 << 20;

/// The values of a chart that decide about the fields that a fix sets; a field to be removed has no value to name.
fn chart_values(template: &str, finding: &Finding) -> Vec<(String, serde_json::Value)> {
    let ops = finding.fix.iter().flat_map(|fix| &fix.patch);
    ops.filter_map(|op| match op {
        PatchOp::Replace { path, value } => Some((value_behind(template, path)?, value.clone())),
        PatchOp::Add { path, value } => Some((value_behind(template, path)?, value.to_value())),
        PatchOp::Remove { .. } => None,
    })
    .collect()
}

/// Whether a finding counts and knows what to do.
fn has_fix(finding: &Finding) -> bool {
    finding.counts() && finding.location.is_some() && finding.fix.is_some()
}

fn source_of(finding: &Finding) -> usize {
    finding
        .location
        .map_or(usize::MAX, |location| location.source.0 as usize)
}

fn note(source: &Source, finding: &Finding, text: &str) -> FixNote {
    let start = finding.location.map_or(0, |location| location.span.start);
    FixNote {
        source: source.name.clone(),
        line: source.line_column(start).line,
        finding: finding.clone(),
        text: text.to_owned(),
    }
}

/// The same sources, some of them with another text.
fn with_texts(snapshot: &Snapshot, mut edited: BTreeMap<usize, String>) -> Snapshot {
    let mut builder = SnapshotBuilder::new(snapshot.is_complete());
    for (index, old) in snapshot.sources().iter().enumerate() {
        let text = match edited.remove(&index) {
            Some(text) => text.into(),
            None => old.text.clone(),
        };
        let mut source = Source::new(&*old.name, old.kind, text);
        source.complete = old.complete;
        let documents = ciel_yaml::parse(&source.text).documents;
        builder.add(source, documents);
    }
    builder.build()
}
