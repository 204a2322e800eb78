//! `prometheus`: metrics in the text format, for the textfile collector of node_exporter.
//!
//! The number of series is bounded: by the catalogue, and by so many namespaces. No metric has a time of its own,
//! which that collector refuses.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    io::{self, BufWriter, Write},
};

use ciel_core::{Assessment, ControlStatus, Finding, Severity};

use crate::{
    Report,
    format::Form,
    words::{one_line, shortened},
};

pub(crate) const FORM: Form = Form {
    name: "prometheus",
    purpose: "metrics for node_exporter's textfile collector",
    extension: "prom",
    write: |report, _, out| write(report, out),
};

/// Namespaces with series of their own: those with the worst findings.
const NAMESPACES: usize = 200;
/// Stands for all other namespaces together. No namespace of a cluster can have this name.
const OTHERS: &str = "(others)";
/// Longest value of a label, in bytes: that of a Kubernetes name.
const LABEL: usize = 253;

/// Counts by severity, worst first.
type Counts = [u64; 5];

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Metrics(BufWriter::with_capacity(1 << 16, out));
    let summary = report.summary();
    out.family("build_info", "Version of Ciel that scanned.")?;
    out.sample("build_info", &[("version", report.version)], 1)?;
    if let Some(time) = report.time {
        out.family("scan_timestamp_seconds", "When the scan began.")?;
        out.sample("scan_timestamp_seconds", &[], time.0)?;
    }
    if let Some(elapsed) = report.elapsed {
        out.family("scan_duration_seconds", "How long the scan took.")?;
        out.sample("scan_duration_seconds", &[], elapsed.as_secs_f64())?;
    }
    out.single(
        "objects",
        "Kubernetes objects that were judged.",
        summary.objects,
    )?;
    let sources = report.telling_sources().count();
    out.single(
        "sources",
        "Files and other sources that held objects.",
        sources,
    )?;
    out.single(
        "sources_incomplete",
        "Sources of which something could not be read.",
        summary.incomplete,
    )?;
    out.family(
        "diagnostics",
        "What could not be read, or is odd about the input.",
    )?;
    for (level, is_error) in [("error", true), ("warning", false)] {
        let same = report
            .diagnostics
            .iter()
            .filter(|it| it.is_error == is_error);
        out.sample("diagnostics", &[("level", level)], same.count())?;
    }
    out.single(
        "findings_suppressed",
        "Findings that somebody has decided to live with.",
        summary.suppressed,
    )?;
    out.family("findings", "Findings by severity, without suppressed ones.")?;
    for severity in Severity::WORST_FIRST {
        let labels = [("severity", severity.as_str())];
        out.sample("findings", &labels, summary.count(severity))?;
    }
    if let Some(assessment) = report.assessment {
        write_controls(assessment, &mut out)?;
    }
    write_checks(report, &mut out)?;
    write_namespaces(report, &mut out)?;
    out.0.flush()
}

fn write_controls<W: Write>(assessment: &Assessment, out: &mut Metrics<W>) -> io::Result<()> {
    let profile = ("profile", assessment.profile.as_str());
    out.family(
        "controls",
        "Controls of the framework by what came of them.",
    )?;
    for status in ControlStatus::ALL {
        let labels = [profile, ("status", status.as_str())];
        out.sample("controls", &labels, assessment.count(status))?;
    }
    out.family(
        "control_findings",
        "Findings against a control of the framework.",
    )?;
    for control in &assessment.controls {
        if matches!(
            control.status,
            ControlStatus::Failed | ControlStatus::Passed
        ) {
            let labels = [profile, ("control", control.id)];
            out.sample("control_findings", &labels, control.findings)?;
        }
    }
    Ok(())
}

fn write_checks<W: Write>(report: &Report<'_>, out: &mut Metrics<W>) -> io::Result<()> {
    let mut checks: BTreeMap<&str, (&str, Counts)> = BTreeMap::new();
    for finding in report.active() {
        let entry = checks.entry(finding.check.code);
        let (_, counts) = entry.or_insert((finding.check.name, Counts::default()));
        count(counts, finding);
    }
    out.family("check_findings", "Findings by check and severity.")?;
    for (code, (name, counts)) in checks {
        let labels = [("code", code), ("name", name)];
        out.counts("check_findings", &labels, counts)?;
    }
    Ok(())
}

fn write_namespaces<W: Write>(report: &Report<'_>, out: &mut Metrics<W>) -> io::Result<()> {
    let mut by_name: HashMap<&str, Counts> = HashMap::new();
    for finding in report.active() {
        count(
            by_name.entry(&finding.object.namespace).or_default(),
            finding,
        );
    }
    let mut ranked: Vec<(&str, Counts)> = by_name.into_iter().collect();
    ranked.sort_unstable_by_key(|(name, counts)| (Reverse(*counts), *name));
    // Two names may be one when they are cut or cleaned: a series must not stand there twice.
    let mut namespaces: BTreeMap<String, Counts> = BTreeMap::new();
    for (at, (name, counts)) in ranked.into_iter().enumerate() {
        let label = if at < NAMESPACES {
            label(name)
        } else {
            OTHERS.to_owned()
        };
        let sum = namespaces.entry(label).or_default();
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    out.family(
        "namespace_findings",
        "Findings by namespace as written and severity; an empty one for objects without.",
    )?;
    for (namespace, counts) in namespaces {
        out.counts("namespace_findings", &[("namespace", &namespace)], counts)?;
    }
    Ok(())
}

fn count(counts: &mut Counts, finding: &Finding) {
    let at = Severity::WORST_FIRST
        .iter()
        .position(|severity| *severity == finding.severity);
    if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
        *count += 1;
    }
}

fn label(text: &str) -> String {
    shortened(&one_line(text), LABEL).into_owned()
}

struct Metrics<W>(W);

impl<W: Write> Metrics<W> {
    /// The two lines before the samples of a metric. All are gauges: each scan begins to count anew.
    fn family(&mut self, name: &str, help: &str) -> io::Result<()> {
        writeln!(self.0, "# HELP ciel_{name} {help}")?;
        writeln!(self.0, "# TYPE ciel_{name} gauge")
    }

    fn single(&mut self, name: &str, help: &str, value: usize) -> io::Result<()> {
        self.family(name, help)?;
        self.sample(name, &[], value)
    }

    /// A sample for every severity that was found.
    fn counts(&mut self, name: &str, labels: &[(&str, &str)], counts: Counts) -> io::Result<()> {
        for (severity, count) in Severity::WORST_FIRST.into_iter().zip(counts) {
            if count > 0 {
                let labels = [labels, &[("severity", severity.as_str())]].concat();
                self.sample(name, &labels, count)?;
            }
        }
        Ok(())
    }

    fn sample(
        &mut self,
        name: &str,
        labels: &[(&str, &str)],
        value: impl std::fmt::Display,
    ) -> io::Result<()> {
        write!(self.0, "ciel_{name}")?;
        for (at, (label, value)) in labels.iter().enumerate() {
            let before = if at == 0 { '{' } else { ',' };
            // The three letters that the format wants escaped.
            let value = value
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n");
            write!(self.0, "{before}{label}=\"{value}\"")?;
        }
        let end = if labels.is_empty() { "" } else { "}" };
        writeln!(self.0, "{end} {value}")
    }
}
