//! `junit`: what Jenkins, GitLab, Azure and most CI systems show as results of tests.
//!
//! There is no standard. The document holds to the schema of Jenkins' xUnit plugin (junit-10.xsd), and to what GitLab
//! makes of it: a case is known by its class and name, and of two with the same only one is kept. So a case is a check
//! on an object in a file, without line numbers, and stays the same case from run to run.
//!
//! Not by way of quick-junit: it writes `skipped` on the root, which that schema does not know, and wants all cases in
//! memory first. Tests read what is written here with it.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, BufWriter, Write},
};

use ciel_core::{Assessment, Check, ControlStatus, Diagnostic, Finding, ObjectRef};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::{
    Report, chunks,
    format::Form,
    words::{Place, Title, docs_url, file_path, lines, one_line},
};

pub(crate) const FORM: Form = Form {
    name: "junit",
    purpose: "JUnit XML, for Jenkins and whatever shows results of tests",
    extension: "junit.xml",
    write: |report, _, out| write(report, out),
};

/// A check on an object in one file.
struct Case<'a> {
    object: &'a ObjectRef,
    check: &'static Check,
    findings: Vec<&'a Finding>,
}

impl Case<'_> {
    fn is_skipped(&self) -> bool {
        self.findings.iter().all(|finding| !finding.counts())
    }
}

/// A file, or what stands in none.
#[derive(Default)]
struct Suite<'a> {
    cases: Vec<Case<'a>>,
    diagnostics: Vec<&'a Diagnostic>,
    is_incomplete: bool,
}

impl Suite<'_> {
    fn has_error(&self) -> bool {
        self.is_incomplete || self.diagnostics.iter().any(|it| it.is_error)
    }
}

/// By index of the source; what has none comes first.
type Suites<'a> = BTreeMap<Option<usize>, Suite<'a>>;

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report);
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut xml = Writer::new(&mut out);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("testsuites");
    root.push_attribute(("name", "ciel"));
    count(&mut root, suites.values(), report.assessment, false);
    line(&mut xml, 0, Event::Start(root))?;
    for (source, suite) in &suites {
        let name = source
            .and_then(|index| report.sources.get(index))
            .map_or("input".into(), |source| file_path(&source.name));
        write_suite(report, &one_line(&name), source.is_some(), suite, &mut xml)?;
    }
    if let Some(assessment) = report.assessment {
        write_controls(assessment, &mut xml)?;
    }
    line(&mut xml, 0, Event::End(BytesEnd::new("testsuites")))?;
    out.write_all(b"\n")?;
    out.flush()
}

fn suites<'a>(report: &Report<'a>) -> Suites<'a> {
    let mut suites = Suites::new();
    for (index, source) in report.sources.iter().enumerate() {
        if source.objects > 0 || !source.complete {
            suites.entry(Some(index)).or_default().is_incomplete = !source.complete;
        }
    }
    for diagnostic in report.diagnostics {
        let source = diagnostic.location.map(|at| at.source.0 as usize);
        suites
            .entry(source)
            .or_default()
            .diagnostics
            .push(diagnostic);
    }
    let mut index: HashMap<(Option<usize>, &ObjectRef, &str), usize> = HashMap::new();
    for finding in report.findings {
        let source = finding.location.map(|at| at.source.0 as usize);
        let suite = suites.entry(source).or_default();
        let case = *index
            .entry((source, &finding.object, finding.check.code))
            .or_insert_with(|| {
                suite.cases.push(Case {
                    object: &finding.object,
                    check: finding.check,
                    findings: Vec::new(),
                });
                suite.cases.len() - 1
            });
        if let Some(case) = suite.cases.get_mut(case) {
            case.findings.push(finding);
        }
    }
    if suites.is_empty() {
        // Jenkins calls a file without a case broken.
        suites.insert(None, Suite::default());
    }
    suites
}

/// Sets the numbers of cases; the root has none for those that were skipped.
fn count<'s, 'a: 's>(
    tag: &mut BytesStart<'_>,
    suites: impl Iterator<Item = &'s Suite<'a>>,
    assessment: Option<&Assessment>,
    with_skipped: bool,
) {
    let (mut tests, mut failures, mut errors, mut skipped) = (0, 0, 0, 0);
    if let Some(assessment) = assessment {
        let failed = assessment.count(ControlStatus::Failed);
        tests = assessment.controls.len();
        failures = failed;
        skipped = tests - failed - assessment.count(ControlStatus::Passed);
    }
    for suite in suites {
        let is_skipped = suite.cases.iter().filter(|case| case.is_skipped()).count();
        tests += suite.cases.len() + 1;
        skipped += is_skipped;
        failures += suite.cases.len() - is_skipped;
        errors += usize::from(suite.has_error());
    }
    for (name, number) in [("tests", tests), ("failures", failures), ("errors", errors)] {
        tag.push_attribute((name, number.to_string().as_str()));
    }
    if with_skipped {
        tag.push_attribute(("skipped", skipped.to_string().as_str()));
    }
}

fn write_suite<W: Write>(
    report: &Report<'_>,
    name: &str,
    is_source: bool,
    suite: &Suite<'_>,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let mut tag = BytesStart::new("testsuite");
    tag.push_attribute(("name", name));
    count(&mut tag, std::iter::once(suite), None, true);
    tag.push_attribute(("time", "0"));
    if let Some(time) = report.time {
        tag.push_attribute(("timestamp", time.to_rfc3339().as_str()));
    }
    if is_source {
        tag.push_attribute(("file", name));
    }
    line(xml, 1, Event::Start(tag))?;
    write_reading(name, suite, xml)?;
    chunks::write_all(&suite.cases, xml.get_mut(), |text, case| {
        write_case(report, name, case, &mut Writer::new(text))
    })?;
    line(xml, 1, Event::End(BytesEnd::new("testsuite")))
}

/// A suite of the framework's controls: what was not judged is skipped.
fn write_controls<W: Write>(assessment: &Assessment, xml: &mut Writer<W>) -> io::Result<()> {
    let mut tag = BytesStart::new("testsuite");
    tag.push_attribute(("name", assessment.title.as_str()));
    count(&mut tag, std::iter::empty(), Some(assessment), true);
    tag.push_attribute(("time", "0"));
    line(xml, 1, Event::Start(tag))?;
    for control in &assessment.controls {
        let mut tag = BytesStart::new("testcase");
        tag.push_attribute(("classname", assessment.profile.as_str()));
        let name = format!("{} {}", control.id, control.title);
        tag.push_attribute(("name", name.as_str()));
        tag.push_attribute(("time", "0"));
        let mut verdict = match control.status {
            ControlStatus::Passed => {
                line(xml, 2, Event::Empty(tag))?;
                continue;
            }
            ControlStatus::Failed => BytesStart::new("failure"),
            ControlStatus::NotApplicable | ControlStatus::Manual => BytesStart::new("skipped"),
        };
        if control.status == ControlStatus::Failed {
            verdict.push_attribute(("type", "control"));
        }
        let reason = match control.status {
            ControlStatus::Failed => control.reason.clone(),
            status => format!("{}: {}", status.as_words(), control.reason),
        };
        verdict.push_attribute(("message", one_line(&reason).as_ref()));
        line(xml, 2, Event::Start(tag))?;
        line(xml, 3, Event::Empty(verdict))?;
        line(xml, 2, Event::End(BytesEnd::new("testcase")))?;
    }
    line(xml, 1, Event::End(BytesEnd::new("testsuite")))
}

/// The case that every suite has: whether all of it could be read.
fn write_reading<W: Write>(name: &str, suite: &Suite<'_>, xml: &mut Writer<W>) -> io::Result<()> {
    let mut tag = BytesStart::new("testcase");
    tag.push_attribute(("classname", "ciel"));
    tag.push_attribute(("name", format!("read {name}").as_str()));
    tag.push_attribute(("time", "0"));
    let mut messages: Vec<String> = Vec::new();
    for diagnostic in &suite.diagnostics {
        let help = diagnostic
            .help
            .iter()
            .map(|help| format!("\n  help: {help}"));
        let help = help.collect::<String>();
        messages.push(format!(
            "{}: {}{help}",
            diagnostic.level(),
            diagnostic.message
        ));
    }
    let text = messages.join("\n");
    if suite.has_error() {
        let first = suite.diagnostics.iter().find(|it| it.is_error);
        let message = first.map_or("not all of it could be read", |it| it.message.as_str());
        let mut error = BytesStart::new("error");
        error.push_attribute(("type", "incomplete"));
        error.push_attribute(("message", one_line(message).as_ref()));
        line(xml, 2, Event::Start(tag))?;
        element(xml, error, &text)?;
        line(xml, 2, Event::End(BytesEnd::new("testcase")))
    } else if text.is_empty() {
        line(xml, 2, Event::Empty(tag))
    } else {
        line(xml, 2, Event::Start(tag))?;
        element(xml, BytesStart::new("system-out"), &text)?;
        line(xml, 2, Event::End(BytesEnd::new("testcase")))
    }
}

fn write_case<W: Write>(
    report: &Report<'_>,
    source: &str,
    case: &Case<'_>,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let check = case.check;
    let mut tag = BytesStart::new("testcase");
    let class = Title(case.object).to_string();
    tag.push_attribute(("classname", one_line(&class).as_ref()));
    let name = format!("{} {} ({source})", check.code, check.name);
    tag.push_attribute(("name", name.as_str()));
    tag.push_attribute(("time", "0"));
    line(xml, 2, Event::Start(tag))?;
    if case.is_skipped() {
        let mut reasons: Vec<&str> = Vec::new();
        for suppression in case
            .findings
            .iter()
            .filter_map(|it| it.suppression.as_ref())
        {
            if !suppression.reason.is_empty() && !reasons.contains(&suppression.reason.as_str()) {
                reasons.push(&suppression.reason);
            }
        }
        let is_known = case.findings.iter().all(|it| it.is_known);
        let reason = if is_known && reasons.is_empty() {
            "known before".to_owned()
        } else if reasons.is_empty() {
            "suppressed without a reason".to_owned()
        } else {
            format!("suppressed: {}", reasons.join("; "))
        };
        let mut skipped = BytesStart::new("skipped");
        skipped.push_attribute(("message", one_line(&reason).as_ref()));
        line(xml, 3, Event::Empty(skipped))?;
    } else {
        write_failure(report, case, xml)?;
    }
    line(xml, 2, Event::End(BytesEnd::new("testcase")))
}

fn write_failure<W: Write>(
    report: &Report<'_>,
    case: &Case<'_>,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let active = || case.findings.iter().filter(|it| it.counts());
    let Some(worst) = active().max_by_key(|finding| finding.severity) else {
        return Ok(());
    };
    let mut message = worst.message.clone();
    match active().count() {
        0 | 1 => {}
        count => message.push_str(&format!(" (and {} more)", count - 1)),
    }
    let mut failure = BytesStart::new("failure");
    failure.push_attribute(("type", worst.severity.as_str()));
    failure.push_attribute(("message", one_line(&message).as_ref()));
    let mut text = String::new();
    for finding in active() {
        let place = Place::of(report, finding);
        let Finding {
            severity,
            message,
            path,
            help,
            ..
        } = finding;
        text.push_str(&format!(
            "{severity}: {}\n  at {} {}\n",
            one_line(message),
            one_line(&place.to_string()),
            one_line(path)
        ));
        if !help.is_empty() {
            text.push_str(&format!("  help: {}\n", one_line(help)));
        }
        for related in &finding.related {
            let (title, message) = (Title(&related.object).to_string(), &related.message);
            text.push_str(&format!(
                "  see: {}: {}\n",
                one_line(&title),
                one_line(message)
            ));
        }
    }
    text.push_str(&docs_url(case.check));
    element(xml, failure, &text)
}

/// An element with text, on a line of its own.
fn element<W: Write>(xml: &mut Writer<W>, tag: BytesStart<'_>, text: &str) -> io::Result<()> {
    let end = tag.to_end().into_owned();
    line(xml, 3, Event::Start(tag.borrow()))?;
    xml.write_event(Event::Text(BytesText::new(&lines(text))))?;
    xml.write_event(Event::End(end))
}

fn line<W: Write>(xml: &mut Writer<W>, depth: usize, event: Event<'_>) -> io::Result<()> {
    write!(xml.get_mut(), "\n{:1$}", "", depth * 2)?;
    xml.write_event(event)
}
