//! Which findings were there before: by a baseline, or by what the same paths held in a revision of their repository.

use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use ciel_core::{Diagnostic, Finding, limits};
use ciel_load::{Loaded, Progress};
use ciel_report::baseline::{self, Known};

use super::{Settings, load_options, snapshot};
use crate::{cli::ScanArgs, output};

/// Marks what was there before, and writes the baseline that is asked for. `is_complete`: the input is all there is, and what
/// is not found in it is gone.
pub(super) fn mark(
    args: &ScanArgs,
    settings: &Settings,
    is_complete: bool,
    findings: &mut [Finding],
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<()> {
    // A run over a part, or for some findings only, cannot say that the others are gone.
    let options = &settings.options;
    let sees_all = is_complete && options.min_severity.is_none();
    let is_seen = |code: &&str| {
        let rule = ciel_checks::find(code);
        sees_all && rule.is_some_and(|rule| options.enables(&rule.check))
    };
    if let Some(path) = &args.baseline {
        let known = read(path)?;
        let gone = baseline::mark(findings, &known);
        let gone = gone.into_iter().filter(is_seen).count();
        if gone > 0 {
            let name = path.display();
            let message = format!("findings of the baseline `{name}` that are gone: {gone}");
            let help = "write it anew with --write-baseline, so that they cannot come back unseen";
            diagnostics.push(Diagnostic::warning(message).with_help(help));
        }
    }
    if let Some(revision) = &args.diff {
        let known = at_revision(args, settings, revision, diagnostics)?;
        baseline::mark(findings, &known);
    }
    if let Some(path) = &args.write_baseline {
        let mut out = output::open(Some(path))?;
        baseline::write(findings, &mut *out)?;
        out.flush()?;
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Known> {
    let name = path.display();
    let size = fs::metadata(path).with_context(|| {
        format!("no baseline at {name}: write one with --write-baseline {name}")
    })?;
    if size.len() > limits::BASELINE_BYTES {
        bail!("{name} is too large for a baseline");
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    baseline::parse(&text).with_context(|| format!("{name} is no baseline of Ciel"))
}

/// The fingerprints of what the same scan finds in a revision.
fn at_revision(
    args: &ScanArgs,
    settings: &Settings,
    revision: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<Known> {
    let before = ciel_load::at_revision(&args.paths, revision)?;
    for path in &before.missing {
        let message = format!(
            "`{}` is not in {revision}: all of it is new",
            path.display()
        );
        diagnostics.push(Diagnostic::warning(message));
    }
    let options = load_options(args, settings);
    let Loaded {
        files,
        diagnostics: unread,
        complete,
        ..
    } = ciel_load::load(&before.inputs, &options, &Progress::default())?;
    let errors = unread.iter().filter(|it| it.is_error).count();
    if errors > 0 {
        let message = format!(
            "{errors} problems in {revision}: what could not be read there is taken to be new"
        );
        diagnostics.push(Diagnostic::warning(message));
    }
    let findings = ciel_checks::scan(&snapshot(files, complete), &settings.options);
    let counting = findings.iter().filter(|it| it.suppression.is_none());
    let known = counting.map(|it| (it.fingerprint(), it.check.code.to_owned()));
    Ok(known.collect())
}
