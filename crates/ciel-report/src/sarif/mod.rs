//! SARIF 2.1.0 (OASIS standard), as GitHub code scanning and editors read it.
//!
//! Written by hand: the crates for SARIF are idle, and the part of the format that a scanner needs is small.

mod fixes;
mod place;
mod result;
mod rules;

use std::{
    io::{self, BufWriter, Write},
    time::Duration,
};

use ciel_core::{Diagnostic, Finding, Severity, Timestamp};
use serde_json::{Value, json};

use self::{place::Place, rules::Catalogue};
use crate::{Report, chunks, controls, edits::Edits, format::Form, words::HOME};

pub(crate) const FORM: Form = Form {
    name: "sarif",
    purpose: "SARIF 2.1.0, for GitHub code scanning and editors",
    extension: "sarif",
    write: |report, _, out| write(report, out),
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let catalogue = Catalogue::of(report.findings);
    let findings: Vec<&Finding> = report.findings.iter().collect();
    let edits = Edits::of(report, fixes::BUDGET);
    writeln!(
        out,
        "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"2.1.0\",\n  \"runs\": [{{"
    )?;
    for (name, value) in [
        ("tool", tool(report, &catalogue)),
        ("taxonomies", catalogue.taxonomies()),
        ("invocations", json!([invocation(report)])),
        (
            "originalUriBaseIds",
            json!({place::ROOT: {"description": {"text": "Where the scan ran."}}}),
        ),
        ("columnKind", "unicodeCodePoints".into()),
        ("properties", properties(report)),
    ] {
        // An empty list says nothing.
        if value.as_array().is_none_or(|items| !items.is_empty()) && !value.is_null() {
            write!(out, "  \"{name}\": ")?;
            serde_json::to_writer(&mut out, &value)?;
            out.write_all(b",\n")?;
        }
    }
    out.write_all(b"  \"results\": [")?;
    chunks::write_json_items(&findings, &mut out, |finding| {
        let fix = fixes::of(report, finding, &edits);
        result::of(report, &catalogue, finding, fix)
    })?;
    out.write_all(b"]\n  }]\n}\n")?;
    out.flush()
}

/// What came of a framework's controls, for which SARIF has no place of its own.
fn properties(report: &Report<'_>) -> Value {
    report.assessment.map_or(
        Value::Null,
        |assessment| json!({"compliance": controls::json(assessment)}),
    )
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

fn tool(report: &Report<'_>, catalogue: &Catalogue) -> Value {
    let mut driver = json!({
        "name": "ciel",
        "version": report.version,
        "semanticVersion": report.version,
        "informationUri": HOME,
        "rules": catalogue.rules(),
    });
    let supported = catalogue.supported_taxonomies();
    if let (false, Some(fields)) = (supported.is_empty(), driver.as_object_mut()) {
        fields.insert("supportedTaxonomies".to_owned(), supported.into());
    }
    json!({"driver": driver})
}

fn invocation(report: &Report<'_>) -> Value {
    let notifications: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|it| notification(report, it))
        .collect();
    let mut invocation = json!({
        "executionSuccessful": !report.is_incomplete(),
        "toolExecutionNotifications": notifications,
    });
    if let (Some(start), Some(fields)) = (report.time, invocation.as_object_mut()) {
        let took = report.elapsed.as_ref().map_or(0, Duration::as_secs);
        let end = Timestamp(start.0.saturating_add_unsigned(took));
        fields.insert("startTimeUtc".to_owned(), start.to_rfc3339().into());
        fields.insert("endTimeUtc".to_owned(), end.to_rfc3339().into());
    }
    invocation
}

fn notification(report: &Report<'_>, diagnostic: &Diagnostic) -> Value {
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push_str(": ");
        message.push_str(help);
    }
    let place = diagnostic.location.and_then(|at| Place::at(report, at));
    let locations: Vec<Place> = place.into_iter().collect();
    json!({"level": diagnostic.level(), "message": {"text": message}, "locations": locations})
}
