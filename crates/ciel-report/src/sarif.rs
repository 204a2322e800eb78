//! SARIF 2.1.0 (OASIS standard), as GitHub code scanning and editors read it.
//!
//! Written by hand: the crates for SARIF are idle, and the part of the format that a scanner needs is small.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use ciel_core::{Check, Diagnostic, Finding, Location, Severity, suppress::SuppressionKind};
use serde_json::{Value, json};

use crate::{Report, format::Form};

pub(crate) const FORM: Form = Form {
    name: "sarif",
    purpose: "SARIF 2.1.0, for GitHub code scanning and editors",
    extension: "sarif",
    write: |report, _, out| write(report, out),
};

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, &Check> = BTreeMap::new();
    for finding in report.findings {
        rules.insert(finding.check.code, finding.check);
    }
    let index: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| result(report, finding, &index))
        .collect();
    let sarif = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "ciel",
                "version": report.version,
                "semanticVersion": report.version,
                "informationUri": "https://github.com/ciel-security/ciel",
                "rules": rules.values().map(|check| rule(check)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !report.is_incomplete(),
                "toolExecutionNotifications":
                    report.diagnostics.iter().map(|it| notification(report, it)).collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &sarif)?;
    out.write_all(b"\n")
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// GitHub's scale: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, below low.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
        Severity::Info => "0.5",
    }
}

fn rule(check: &Check) -> Value {
    let mut tags = vec!["security".to_owned(), check.topic.as_str().to_owned()];
    tags.extend(
        check
            .frameworks
            .iter()
            .map(|control| format!("{}/{}", control.framework.id(), control.control)),
    );
    json!({
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": first_paragraph(check.docs)},
        "help": {"text": check.docs, "markdown": check.docs},
        "defaultConfiguration": {"level": level(check.severity)},
        "properties": {"tags": tags, "security-severity": security_severity(check.severity), "precision": "high"},
    })
}

fn first_paragraph(docs: &str) -> String {
    let body = docs
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || line.starts_with('#'));
    body.take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn result(report: &Report<'_>, finding: &Finding, index: &BTreeMap<&str, usize>) -> Value {
    let object = &finding.object;
    let mut location = finding
        .location
        .and_then(|at| physical(report, at))
        .unwrap_or_else(|| json!({}));
    let full_name = [
        object.namespace.as_str(),
        object.kind.as_str(),
        object.name.as_str(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("/");
    if let Some(fields) = location.as_object_mut() {
        fields.insert(
            "logicalLocations".to_owned(),
            json!([{"name": object.name, "fullyQualifiedName": format!("{full_name}{}", finding.path), "kind": "object"}]),
        );
    }
    let related = finding.related.iter().zip(1..).filter_map(|(related, id)| {
        let mut location = physical(report, related.location?)?;
        let fields = location.as_object_mut()?;
        fields.insert("id".to_owned(), json!(id));
        fields.insert("message".to_owned(), json!({"text": related.message}));
        Some(location)
    });
    let mut message = finding.message.clone();
    if !finding.help.is_empty() {
        message.push_str(": ");
        message.push_str(&finding.help);
    }
    let mut result = json!({
        "ruleId": finding.check.code,
        "ruleIndex": index.get(finding.check.code),
        "level": level(finding.severity),
        "message": {"text": message},
        "locations": [location],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": {"ciel/v1": finding.fingerprint()},
        "properties": {"severity": finding.severity.as_str(), "security-severity": security_severity(finding.severity)},
    });
    if let (Some(suppression), Some(fields)) = (&finding.suppression, result.as_object_mut()) {
        let kind = match suppression.kind {
            SuppressionKind::Comment | SuppressionKind::Annotation => "inSource",
            SuppressionKind::Config => "external",
        };
        fields.insert(
            "suppressions".to_owned(),
            json!([{"kind": kind, "justification": suppression.reason}]),
        );
    }
    if let (true, Some(fields)) = (finding.is_known, result.as_object_mut()) {
        fields.insert("baselineState".to_owned(), "unchanged".into());
    }
    result
}

fn physical(report: &Report<'_>, location: Location) -> Option<Value> {
    let (source, places) = report.places(location)?;
    let mut physical = json!({"artifactLocation": {"uri": uri(&source.name)}});
    if let (Some((start, end)), Some(fields)) = (places, physical.as_object_mut()) {
        fields.insert(
            "region".to_owned(),
            json!({
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            }),
        );
    }
    Some(json!({"physicalLocation": physical}))
}

/// A path as a URI reference (RFC 3986): what a path may not hold is percent-encoded, backslashes are slashes.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'!'
            | b'@'
            | b'+'
            | b','
            | b'=' => {
                uri.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn notification(report: &Report<'_>, diagnostic: &Diagnostic) -> Value {
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push_str(": ");
        message.push_str(help);
    }
    let locations: Vec<Value> = diagnostic
        .location
        .and_then(|at| physical(report, at))
        .into_iter()
        .collect();
    json!({"level": diagnostic.level(), "message": {"text": message}, "locations": locations})
}
