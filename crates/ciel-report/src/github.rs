//! `github`: workflow commands, which GitHub Actions shows as annotations beside the lines of a pull request.
//!
//! GitHub shows the first ten errors, warnings and notices each of a step: the worst come first, and a last line that
//! is no command says what it does not show.

use std::{
    borrow::Cow,
    cmp::Reverse,
    io::{self, BufWriter, Write},
};

use ciel_core::{Finding, Severity};

use crate::{
    Report, chunks, controls,
    format::Form,
    words::{Place, Title, lines},
};

pub(crate) const FORM: Form = Form {
    name: "github",
    purpose: "annotations for GitHub Actions",
    extension: "github.txt",
    write: |report, _, out| write(report, out),
};

/// Annotations of one level that GitHub shows for a step.
const SHOWN: usize = 10;

/// Worst first, with the word for many of them.
const LEVELS: [(&str, &str); 3] = [
    ("error", "errors"),
    ("warning", "warnings"),
    ("notice", "notices"),
];

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    for diagnostic in report.diagnostics {
        let place = diagnostic.location.and_then(|at| Place::at(report, at));
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            message.push('\n');
            message.push_str(help);
        }
        command(
            diagnostic.level(),
            place.as_ref(),
            "Ciel",
            &message,
            &mut out,
        )?;
    }
    if let Some(assessment) = report.assessment {
        let sentence = controls::sentence(assessment);
        command("notice", None, &assessment.title, &sentence, &mut out)?;
    }
    let mut findings: Vec<&Finding> = report.active().collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    chunks::write_all(&findings, &mut out, |text, finding| {
        annotation(report, finding, text)
    })?;
    let hidden: Vec<String> = LEVELS
        .iter()
        .filter_map(|(name, many)| {
            let of_findings = findings.iter().filter(|it| level(it.severity) == *name);
            let of_input = report.diagnostics.iter().filter(|it| it.level() == *name);
            let of_framework = usize::from(*name == "notice" && report.assessment.is_some());
            let all = of_findings.count() + of_input.count() + of_framework;
            let hidden = all.saturating_sub(SHOWN);
            (hidden > 0).then(|| format!("{hidden} {many}"))
        })
        .collect();
    if !hidden.is_empty() {
        writeln!(
            out,
            "GitHub shows {SHOWN} annotations of a kind for one step; {} stand only in this log",
            hidden.join(", ")
        )?;
    }
    out.flush()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "notice",
    }
}

fn annotation(report: &Report<'_>, finding: &Finding, out: &mut Vec<u8>) -> io::Result<()> {
    let check = finding.check;
    let title = format!("{} {}: {}", check.code, check.name, finding.severity);
    let mut message = format!("{}: {}", Title(&finding.object), finding.message);
    if !finding.help.is_empty() {
        message.push('\n');
        message.push_str(&finding.help);
    }
    let place = Place::of(report, finding);
    command(level(finding.severity), Some(&place), &title, &message, out)
}

/// `::error file=deploy/web.yaml,line=21,endLine=21,col=25,endColumn=29,title=…::…`
fn command(
    level: &str,
    place: Option<&Place<'_>>,
    title: &str,
    message: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "::{level} ")?;
    if let Some(place) = place.filter(|place| place.is_file) {
        write!(out, "file={},", property(&place.path))?;
        if let Some((start, end)) = place.region {
            write!(out, "line={},endLine={},", start.line, end.line)?;
            // Columns over several lines make GitHub drop the annotation.
            if start.line == end.line {
                write!(out, "col={},endColumn={},", start.column, end.column)?;
            }
        }
    }
    writeln!(out, "title={}::{}", property(title), data(message))
}

/// What the runner reads in a message.
fn data(text: &str) -> Cow<'_, str> {
    escape(lines(text), |letter| match letter {
        '%' => Some("%25"),
        '\r' => Some("%0D"),
        '\n' => Some("%0A"),
        _ => None,
    })
}

/// What the runner reads between `=` and the next comma.
fn property(text: &str) -> Cow<'_, str> {
    escape(data(text), |letter| match letter {
        ':' => Some("%3A"),
        ',' => Some("%2C"),
        _ => None,
    })
}

fn escape(text: Cow<'_, str>, code: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if !text.chars().any(|letter| code(letter).is_some()) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match code(letter) {
            Some(code) => escaped.push_str(code),
            None => escaped.push(letter),
        }
    }
    escaped.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_end_the_command() {
        assert_eq!(data("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }
}
