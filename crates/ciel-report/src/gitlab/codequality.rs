//! `codequality`: GitLab's Code Quality report, which is a part of Code Climate's format. The widget in merge requests is
//! there in every edition of GitLab, other than that of security reports.

use std::io::{self, BufWriter, Write};

use ciel_core::{Finding, Severity};
use serde::Serialize;

use crate::{
    Report, chunks,
    format::Form,
    words::{Place, docs_url, one_line, shortened},
};

pub(crate) const FORM: Form = Form {
    name: "codequality",
    purpose: "GitLab Code Quality, for the widget in merge requests",
    extension: "codequality.json",
    write: |report, _, out| write(report, out),
};

/// Longer descriptions help nobody in a widget.
const DESCRIPTION: usize = 2_000;

#[derive(Serialize)]
struct Issue<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'static str,
    description: String,
    content: Content,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: String,
    location: IssueLocation<'a>,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct IssueLocation<'a> {
    path: std::borrow::Cow<'a, str>,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let findings: Vec<&Finding> = report.active().collect();
    out.write_all(b"[")?;
    chunks::write_json_items(&findings, &mut out, |finding| issue(report, finding))?;
    out.write_all(b"]\n")?;
    out.flush()
}

fn issue<'a>(report: &Report<'a>, finding: &'a Finding) -> Issue<'a> {
    let check = finding.check;
    let place = Place::of(report, finding);
    let begin = place.line();
    let end = place.region.map_or(begin, |(_, end)| end.line.max(begin));
    let mut description = finding.message.clone();
    if !finding.help.is_empty() {
        description.push_str(": ");
        description.push_str(&finding.help);
    }
    Issue {
        kind: "issue",
        check_name: check.code,
        description: shortened(&one_line(&description), DESCRIPTION).into_owned(),
        content: Content {
            body: format!("{}: {}", check.summary, docs_url(check)),
        },
        categories: ["Security"],
        severity: severity(finding.severity),
        fingerprint: finding.fingerprint(),
        location: IssueLocation {
            path: place.path,
            lines: Lines { begin, end },
        },
    }
}

/// Code Climate's words, worst first: blocker, critical, major, minor, info.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "blocker",
        Severity::High => "critical",
        Severity::Medium => "major",
        Severity::Low => "minor",
        Severity::Info => "info",
    }
}
