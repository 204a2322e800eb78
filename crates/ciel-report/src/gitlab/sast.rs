//! `gitlab`: GitLab's SAST report, version 15 of the schema of security reports.
//!
//! GitLab tells vulnerabilities of one check in one file apart by line, and takes those without one for a single
//! vulnerability. The tracking signature, which is Ciel's fingerprint, keeps them apart, also when lines move.

use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
    time::Duration,
};

use ciel_core::{Assessment, Diagnostic, Finding, Severity, Timestamp};
use data_encoding::BASE64;
use serde::Serialize;

use crate::{
    Report, TextStyle, chunks, controls,
    diff::CONTEXT,
    edits::{Edits, is_open},
    format::Form,
    markdown::escape,
    secrets::Secrets,
    unified_diff,
    words::{HOME, Place, Title, docs_url, one_line, shortened},
};

pub(crate) const FORM: Form = Form {
    name: "gitlab",
    purpose: "GitLab security report (SAST), schema 15",
    extension: "gitlab.json",
    write: |report, _, out| write(report, out),
};

/// Of the schema of security reports.
const VERSION: &str = "15.2.1";
/// Longest solution, of the schema.
const SOLUTION: usize = 7_000;
/// GitLab keeps no more of a vulnerability's identifiers.
const IDENTIFIERS: usize = 20;

#[derive(Serialize)]
struct Scan<'a> {
    analyzer: Program<'a>,
    scanner: Program<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    start_time: String,
    end_time: String,
    status: &'static str,
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Program<'a> {
    id: &'static str,
    name: &'static str,
    url: &'static str,
    vendor: Named,
    version: &'a str,
}

#[derive(Serialize)]
struct Named {
    name: &'static str,
}

#[derive(Serialize)]
struct Message {
    level: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Vulnerability<'a> {
    id: String,
    name: &'static str,
    description: String,
    severity: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    solution: Cow<'a, str>,
    identifiers: Vec<Identifier>,
    links: [Link; 1],
    details: Details<'a>,
    tracking: Tracking,
    location: VulnerabilityLocation<'a>,
}

#[derive(Serialize)]
struct Identifier {
    #[serde(rename = "type")]
    kind: &'static str,
    name: String,
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Link {
    url: String,
}

#[derive(Serialize)]
struct Details<'a> {
    object: Detail<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Detail<'a>>,
    fingerprint: Detail<'a>,
}

#[derive(Serialize)]
struct Detail<'a> {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Cow<'a, str>,
}

#[derive(Serialize)]
struct Tracking {
    #[serde(rename = "type")]
    kind: &'static str,
    items: [TrackingItem; 1],
}

#[derive(Serialize)]
struct TrackingItem {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    signatures: [Signature; 1],
}

#[derive(Serialize)]
struct Signature {
    algorithm: &'static str,
    value: String,
}

#[derive(Serialize)]
struct VulnerabilityLocation<'a> {
    file: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
}

/// Bytes that are read again while fixes are tried.
const BUDGET: usize = 8 << 20;

#[derive(Serialize)]
struct Remediation {
    fixes: [Fixed; 1],
    summary: String,
    diff: String,
}

#[derive(Serialize)]
struct Fixed {
    id: String,
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    write!(out, "{{\n  \"version\": \"{VERSION}\",\n  \"scan\": ")?;
    serde_json::to_writer(&mut out, &scan(report))?;
    out.write_all(b",\n  \"vulnerabilities\": [")?;
    let findings: Vec<&Finding> = report.active().collect();
    chunks::write_json_items(&findings, &mut out, |it| vulnerability(report, it))?;
    out.write_all(b"],\n  \"remediations\": [")?;
    let remediations = remediations(report);
    let remediations: Vec<&Remediation> = remediations.iter().collect();
    chunks::write_json_items(&remediations, &mut out, |it| *it)?;
    out.write_all(b"]\n}\n")?;
    out.flush()
}

/// The fixes that can be carried out in a file, each as a patch of its own: GitLab offers it with the vulnerability.
/// One whose lines, or those around it, are or may be secret is left out: a patch has to show them.
fn remediations(report: &Report<'_>) -> Vec<Remediation> {
    let edits = Edits::of(report, BUDGET);
    let secrets = Secrets::of(report.findings);
    let of_finding = |finding: &Finding| {
        let at = finding.location?;
        let source = report.source(at)?;
        let (fix, edits) = (finding.fix.as_deref()?, edits.get(finding)?);
        if finding.object.kind == "Secret" || !is_open(source, at.source, &secrets, edits, CONTEXT)
        {
            return None;
        }
        let after = ciel_fix::apply(&source.text, edits);
        let path = Place::of(report, finding).path;
        // A patch has no way to write such a name that all programs read.
        if path.contains(char::is_control) {
            return None;
        }
        let mut diff = Vec::new();
        unified_diff(&path, &source.text, &after, TextStyle::default(), &mut diff).ok()?;
        Some(Remediation {
            fixes: [Fixed {
                id: uuid(&finding.fingerprint()),
            }],
            summary: one_line(&fix.description).into_owned(),
            diff: BASE64.encode(&diff),
        })
    };
    report.active().filter_map(of_finding).collect()
}

fn scan<'a>(report: &Report<'a>) -> Scan<'a> {
    let program = || Program {
        id: "ciel",
        name: "Ciel",
        url: HOME,
        vendor: Named { name: "Ciel" },
        version: report.version,
    };
    let start = report.time.unwrap_or(Timestamp(0));
    let took = report.elapsed.as_ref().map_or(0, Duration::as_secs);
    let end = Timestamp(start.0.saturating_add_unsigned(took));
    Scan {
        analyzer: program(),
        scanner: program(),
        kind: "sast",
        start_time: time(start),
        end_time: time(end),
        // What could not be read is told in the messages: the schema has no word between these and `failure`.
        status: "success",
        messages: report
            .diagnostics
            .iter()
            .map(|it| message(report, it))
            .chain(report.assessment.map(compliance))
            .collect(),
    }
}

/// The schema wants UTC without the letter that says so.
fn time(time: Timestamp) -> String {
    time.to_rfc3339().trim_end_matches('Z').to_owned()
}

/// What came of a framework's controls: the schema has no other place for what has passed.
fn compliance(assessment: &Assessment) -> Message {
    let sum = controls::sentence(assessment);
    Message {
        level: "info",
        value: one_line(&format!("{}: {sum}", assessment.title)).into_owned(),
    }
}

fn message(report: &Report<'_>, diagnostic: &Diagnostic) -> Message {
    let place = diagnostic.location.and_then(|at| Place::at(report, at));
    let place = place.map_or_else(String::new, |place| format!("{place}: "));
    Message {
        level: if diagnostic.is_error { "warn" } else { "info" },
        value: one_line(&format!("{place}{}", diagnostic.message)).into_owned(),
    }
}

fn vulnerability<'a>(report: &Report<'a>, finding: &'a Finding) -> Vulnerability<'a> {
    let check = finding.check;
    let fingerprint = finding.fingerprint();
    let Place { path, region, .. } = Place::of(report, finding);
    let start_line = region.map(|(start, _)| start.line);
    let end_line = region.map(|(_, end)| end.line);
    let title = Title(&finding.object).to_string();
    let detail = |name, kind, value| Detail { name, kind, value };
    Vulnerability {
        id: uuid(&fingerprint),
        name: check.summary,
        description: format!(
            "{}: {}",
            escape::code(&title),
            escape::message(&finding.message)
        ),
        severity: severity(finding.severity),
        solution: shortened(&finding.help, SOLUTION),
        identifiers: identifiers(finding),
        links: [Link {
            url: docs_url(check),
        }],
        details: Details {
            object: detail("Object", "text", one_line(&title).into_owned().into()),
            path: (!finding.path.is_empty())
                .then(|| detail("Path", "code", one_line(&finding.path))),
            fingerprint: detail("Ciel's fingerprint", "text", fingerprint.clone().into()),
        },
        tracking: Tracking {
            kind: "source",
            items: [TrackingItem {
                file: path.to_string(),
                start_line,
                end_line,
                signatures: [Signature {
                    algorithm: "hash",
                    value: fingerprint,
                }],
            }],
        },
        location: VulnerabilityLocation {
            file: path,
            start_line,
            end_line,
        },
    }
}

/// The first one is what GitLab knows the check by.
fn identifiers(finding: &Finding) -> Vec<Identifier> {
    let check = finding.check;
    let own = Identifier {
        kind: "ciel",
        name: format!("Ciel {} {}", check.code, check.name),
        value: check.code,
        url: Some(docs_url(check)),
    };
    let controls = finding.frameworks().iter().map(|control| Identifier {
        kind: control.framework.id(),
        name: format!("{} {}", control.framework.id(), control.control),
        value: control.control,
        url: None,
    });
    std::iter::once(own)
        .chain(controls)
        .take(IDENTIFIERS)
        .collect()
}

/// A UUID of version 8 (RFC 9562: made as its author likes) of the first half of a fingerprint.
fn uuid(fingerprint: &str) -> String {
    let hex = fingerprint.trim_start_matches("sha256:");
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    format!(
        "{}-{}-8{}-8{}-{}",
        part(0..8),
        part(8..12),
        part(13..16),
        part(17..20),
        part(20..32)
    )
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Info => "Info",
    }
}
