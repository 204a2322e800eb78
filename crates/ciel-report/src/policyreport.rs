//! PolicyReport and ClusterPolicyReport (`wgpolicyk8s.io/v1alpha2`): what `kubectl apply` puts beside the objects, and
//! Policy Reporter shows.
//!
//! That version is the one that policy engines and dashboards share: v1beta1 and the later `reports.x-k8s.io` are served
//! nearly nowhere. OpenReports (`openreports.io/v1alpha1`) has the same fields under other kinds.
//!
//! Findings of a namespace are in a PolicyReport there; all others, and what could not be read, in a
//! ClusterPolicyReport, which is written even if it is empty, so that it replaces an older one.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write},
};

use ciel_core::{
    Assessment, ControlResult, ControlStatus, Diagnostic, Finding, Location, Severity, Timestamp,
};

use crate::{Report, format::Form};

pub(crate) const FORM: Form = Form {
    name: "policyreport",
    purpose: "PolicyReports as YAML, for kubectl apply and Policy Reporter",
    extension: "policyreport.yaml",
    write: |report, _, out| write(report, out),
};

/// Bytes of one report. `kubectl apply` keeps a copy of what it applied in an annotation, and all annotations of an object
/// together may have 262,144.
const REPORT_BYTES: usize = 180_000;
/// Characters of one text; only hostile ones are longer.
const TEXT_CHARS: usize = 1_000;

/// Counts of one report.
#[derive(Default)]
struct Summary {
    pass: usize,
    fail: usize,
    warn: usize,
    error: usize,
    skip: usize,
}

/// What came of one check for one object.
#[derive(Clone, Copy)]
enum Outcome {
    /// Only controls of a framework: a check without a finding writes nothing.
    Pass,
    Fail,
    Warn,
    Error,
    Skip,
}

impl Outcome {
    /// Findings without a severity to speak of are for information: unscored, which is what `warn` means.
    fn of(finding: &Finding) -> Self {
        match finding.severity {
            _ if finding.suppression.is_some() || finding.is_known => Self::Skip,
            Severity::Info => Self::Warn,
            _ => Self::Fail,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Skip => "skip",
        }
    }
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut namespaces: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings {
        let namespace = finding.object.namespace.as_str();
        let namespace = if is_label(namespace) { namespace } else { "" };
        namespaces.entry(namespace).or_default().push(finding);
    }
    let elsewhere = namespaces.remove("").unwrap_or_default();
    let mut parts = Parts::new("", &mut out);
    for finding in elsewhere {
        let (outcome, text) = result(report, finding);
        parts.add(outcome, &text)?;
    }
    for diagnostic in report.diagnostics.iter().filter(|it| it.is_error) {
        parts.add(Outcome::Error, &error(report, diagnostic))?;
    }
    let controls = report.assessment.into_iter();
    for (control, assessment) in
        controls.flat_map(|it| it.controls.iter().map(move |control| (control, it)))
    {
        let (outcome, text) = of_control(report, control, assessment);
        parts.add(outcome, &text)?;
    }
    parts.end()?;
    for (namespace, findings) in namespaces {
        let mut parts = Parts::new(namespace, &mut out);
        for finding in findings {
            let (outcome, text) = result(report, finding);
            parts.add(outcome, &text)?;
        }
        parts.end()?;
    }
    out.flush()
}

/// The reports of one namespace, or of none, as many as its results need.
struct Parts<'o, W> {
    namespace: &'o str,
    out: &'o mut W,
    /// Reports that were begun.
    count: usize,
    /// Bytes of the results in the one that is open.
    bytes: usize,
    summary: Summary,
}

impl<'o, W: Write> Parts<'o, W> {
    fn new(namespace: &'o str, out: &'o mut W) -> Self {
        Self {
            namespace,
            out,
            count: 0,
            bytes: 0,
            summary: Summary::default(),
        }
    }

    fn add(&mut self, outcome: Outcome, text: &str) -> io::Result<()> {
        if self.count > 0 && self.bytes + text.len() > REPORT_BYTES {
            self.close()?;
        }
        if self.bytes == 0 {
            self.open()?;
            self.out.write_all(b"results:\n")?;
        }
        self.bytes += text.len();
        let count = match outcome {
            Outcome::Pass => &mut self.summary.pass,
            Outcome::Fail => &mut self.summary.fail,
            Outcome::Warn => &mut self.summary.warn,
            Outcome::Error => &mut self.summary.error,
            Outcome::Skip => &mut self.summary.skip,
        };
        *count += 1;
        self.out.write_all(text.as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.bytes == 0 {
            self.open()?;
            self.out.write_all(b"results: []\n")?;
        }
        self.close()
    }

    /// Names are the same for each run, so that a run replaces what the last one has put there.
    fn open(&mut self) -> io::Result<()> {
        self.count += 1;
        let kind = if self.namespace.is_empty() {
            "ClusterPolicyReport"
        } else {
            "PolicyReport"
        };
        write!(
            self.out,
            "---\napiVersion: wgpolicyk8s.io/v1alpha2\nkind: {kind}\nmetadata:\n  name: ciel"
        )?;
        if self.count > 1 {
            write!(self.out, "-{}", self.count)?;
        }
        if !self.namespace.is_empty() {
            write!(self.out, "\n  namespace: {}", quoted(self.namespace))?;
        }
        self.out
            .write_all(b"\n  labels:\n    app.kubernetes.io/managed-by: ciel\n")
    }

    fn close(&mut self) -> io::Result<()> {
        let Summary {
            pass,
            fail,
            warn,
            error,
            skip,
        } = std::mem::take(&mut self.summary);
        self.bytes = 0;
        write!(
            self.out,
            "summary:\n  pass: {pass}\n  fail: {fail}\n  warn: {warn}\n  error: {error}\n  skip: {skip}\n"
        )
    }
}

fn result(report: &Report<'_>, finding: &Finding) -> (Outcome, String) {
    let outcome = Outcome::of(finding);
    let check = finding.check;
    let mut item = Item::new(report.time);
    item.put("policy", check.name);
    item.put("rule", check.code);
    item.put("category", check.topic.as_str());
    item.put("severity", finding.severity.as_str());
    item.put("result", outcome.as_str());
    item.flag("scored", matches!(outcome, Outcome::Fail));
    item.put("message", &finding.message);
    let object = &finding.object;
    item.text.push_str("    resources:\n");
    let mut start = "      - ";
    for (key, value) in [
        ("apiVersion", object.api_version.as_str()),
        ("kind", &object.kind),
        ("namespace", &object.namespace),
        ("name", &object.name),
        ("fieldPath", finding.path.trim_start_matches('.')),
    ] {
        if !value.is_empty() {
            item.line(start, key, value);
            start = "        ";
        }
    }
    item.text.push_str("    properties:\n");
    item.property("help", &finding.help);
    if let Some(location) = finding.location {
        item.property("location", &place(report, location));
    }
    if let Some(suppression) = &finding.suppression {
        item.property("suppression", &suppression.reason);
    }
    if finding.is_known {
        item.property("baseline", "known");
    }
    item.property("fingerprint", &finding.fingerprint());
    (outcome, item.text)
}

/// What came of a control of the framework that is the profile; its findings stand by themselves.
fn of_control(
    report: &Report<'_>,
    control: &ControlResult,
    assessment: &Assessment,
) -> (Outcome, String) {
    let outcome = match control.status {
        ControlStatus::Passed => Outcome::Pass,
        ControlStatus::Failed => Outcome::Fail,
        ControlStatus::NotApplicable | ControlStatus::Manual => Outcome::Skip,
    };
    let mut item = Item::new(report.time);
    item.put("policy", &assessment.profile);
    item.put("rule", control.id);
    item.put("category", "control");
    item.put("result", outcome.as_str());
    item.flag("scored", matches!(outcome, Outcome::Pass | Outcome::Fail));
    let Outcome::Skip = outcome else {
        item.put("message", &format!("{}: {}", control.title, control.reason));
        return (outcome, item.text);
    };
    let word = control.status.as_words();
    item.put(
        "message",
        &format!("{} ({word}): {}", control.title, control.reason),
    );
    (outcome, item.text)
}

/// What could not be read or judged: its objects are not in the report.
fn error(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let mut item = Item::new(report.time);
    item.put("policy", "incomplete-input");
    item.put("category", "input");
    item.put("result", Outcome::Error.as_str());
    item.flag("scored", false);
    item.put("message", &diagnostic.message);
    let location = diagnostic.location.map(|at| place(report, at));
    if diagnostic.help.is_some() || location.is_some() {
        item.text.push_str("    properties:\n");
        item.property("help", diagnostic.help.as_deref().unwrap_or_default());
        item.property("location", location.as_deref().unwrap_or_default());
    }
    item.text
}

/// `deploy/web.yaml:21:25`
fn place(report: &Report<'_>, location: Location) -> String {
    match report.places(location) {
        Some((source, Some((start, _)))) => {
            format!("{}:{}:{}", source.name, start.line, start.column)
        }
        Some((source, None)) => source.name.to_string(),
        None => String::new(),
    }
}

/// One item of `results`, as YAML.
struct Item {
    text: String,
}

impl Item {
    fn new(time: Option<Timestamp>) -> Self {
        let mut item = Self {
            text: "  - source: ciel\n".to_owned(),
        };
        if let Some(Timestamp(seconds)) = time {
            let lines = format!("    timestamp:\n      seconds: {seconds}\n      nanos: 0\n");
            item.text.push_str(&lines);
        }
        item
    }

    fn put(&mut self, key: &str, value: &str) {
        self.line("    ", key, value);
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.text.push_str(&format!("    {key}: {value}\n"));
    }

    fn property(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.line("      ", key, value);
        }
    }

    fn line(&mut self, start: &str, key: &str, value: &str) {
        self.text.push_str(start);
        self.text.push_str(key);
        self.text.push_str(": ");
        self.text.push_str(&quoted(value));
        self.text.push('\n');
    }
}

/// A text as a double-quoted YAML scalar on one line, cut where it is overlong.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for (index, letter) in text.chars().enumerate() {
        if index == TEXT_CHARS {
            quoted.push('…');
            break;
        }
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if is_printable(letter) => quoted.push(letter),
            _ => quoted.push_str(&format!("\\U{:08x}", u32::from(letter))),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a letter may stand in YAML (1.2, 5.1) and reads as it stands: no breaks of lines, no byte order mark, nothing
/// that turns the direction of writing.
fn is_printable(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// Whether a text is a DNS label (RFC 1123), as names of namespaces have to be.
fn is_label(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::{is_label, quoted};

    #[test]
    fn texts_stay_on_one_line() {
        for (text, expected) in [
            ("plain", "\"plain\""),
            ("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\""),
            ("a\nb\0", "\"a\\nb\\U00000000\""),
            ("\u{202e}\u{85}😀", "\"\\U0000202e\\U00000085😀\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn names_of_namespaces_are_labels() {
        for (text, expected) in [
            ("shop", true),
            ("kube-system", true),
            ("", false),
            ("-a", false),
            ("Shop", false),
            ("{{ .Release.Namespace }}", false),
        ] {
            assert_eq!(is_label(text), expected, "{text}");
        }
        assert!(is_label(&"a".repeat(63)) && !is_label(&"a".repeat(64)));
    }
}
