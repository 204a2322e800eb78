//! `json` and `jsonl`: schema `ciel.findings/v1`.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write},
};

use ciel_core::{
    Diagnostic, Evidence, Finding, Fix, Location, ObjectRef, PatchOp, Severity, Source,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{Report, Summary, chunks, controls, format::Form};

pub(crate) const FORM: Form = Form {
    name: "json",
    purpose: "one JSON document for programs, schema ciel.findings/v1",
    extension: "json",
    write: |report, _, out| write(report, out),
};

pub(crate) const LINES_FORM: Form = Form {
    name: "jsonl",
    purpose: "the same, one finding a line",
    extension: "jsonl",
    write: |report, _, out| write_lines(report, out),
};

const SCHEMA: &str = "ciel.findings/v1";

#[derive(Serialize)]
struct JsonTool<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct JsonSource<'a> {
    name: &'a str,
    kind: &'static str,
    objects: usize,
    complete: bool,
}

#[derive(Serialize)]
struct JsonSummary {
    objects: usize,
    findings: JsonCounts,
    suppressed: usize,
    baseline: usize,
    incomplete: usize,
    #[serde(rename = "skippedFiles")]
    skipped_files: usize,
    #[serde(rename = "absencesJudged")]
    absences_judged: bool,
}

#[derive(Serialize)]
struct JsonCounts {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    info: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonObject<'a> {
    api_version: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    namespace: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonLocation<'a> {
    source: &'a str,
    #[serde(flatten)]
    region: Option<JsonRegion>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsonRegion {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    object: JsonObject<'a>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<JsonLocation<'a>>,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
enum JsonPatchOp<'a> {
    Add { path: &'a str, value: Value },
    Replace { path: &'a str, value: &'a Value },
    Remove { path: &'a str },
}

#[derive(Serialize)]
struct JsonFix<'a> {
    description: &'a str,
    applicability: &'static str,
    patch: Vec<JsonPatchOp<'a>>,
}

struct JsonEvidence<'a>(&'a Evidence);

impl Serialize for JsonEvidence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}

#[derive(Serialize)]
struct JsonControl {
    framework: &'static str,
    control: &'static str,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    help: &'a str,
    object: JsonObject<'a>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<JsonLocation<'a>>,
    related: Vec<JsonRelated<'a>>,
    evidence: JsonEvidence<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<JsonFix<'a>>,
    aliases: BTreeMap<&'static str, Vec<&'static str>>,
    frameworks: Vec<JsonControl>,
    fingerprint: String,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<JsonLocation<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum JsonLine<'a> {
    Finding(Box<JsonFinding<'a>>),
    Diagnostic(JsonDiagnostic<'a>),
    Compliance(controls::JsonCompliance<'a>),
    Summary(JsonSummary),
}

/// One object; in its lists each item has a line of its own, so that `grep` and `diff` see findings.
fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    // The serializer writes a few bytes at a time: what takes them should be a buffer and not a call.
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let tool = JsonTool {
        name: "ciel",
        version: report.version,
    };
    write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": ")?;
    serde_json::to_writer(&mut out, &tool)?;
    out.write_all(b",\n  \"sources\": [")?;
    write_items(&mut out, report.telling_sources().map(source))?;
    out.write_all(b"],\n  \"summary\": ")?;
    serde_json::to_writer(&mut out, &summary(report))?;
    if let Some(assessment) = report.assessment {
        out.write_all(b",\n  \"compliance\": ")?;
        serde_json::to_writer(&mut out, &controls::json(assessment))?;
    }
    out.write_all(b",\n  \"findings\": [")?;
    let findings: Vec<&Finding> = report.active().collect();
    chunks::write_json_items(&findings, &mut out, |it| finding(report, it))?;
    out.write_all(b"],\n  \"diagnostics\": [")?;
    write_items(
        &mut out,
        report.diagnostics.iter().map(|it| diagnostic(report, it)),
    )?;
    out.write_all(b"]\n}\n")?;
    out.flush()
}

fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let findings: Vec<&Finding> = report.active().collect();
    chunks::write_all(&findings, &mut out, |text, it| {
        let line = JsonLine::Finding(Box::new(finding(report, it)));
        serde_json::to_writer(&mut *text, &line)?;
        text.push(b'\n');
        Ok(())
    })?;
    let diagnostics = report
        .diagnostics
        .iter()
        .map(|it| JsonLine::Diagnostic(diagnostic(report, it)));
    let compliance = report.assessment.iter();
    let compliance = compliance.map(|assessment| JsonLine::Compliance(controls::json(assessment)));
    let last = std::iter::once_with(|| JsonLine::Summary(summary(report)));
    for line in diagnostics.chain(compliance).chain(last) {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Writes the items of a list, a line each.
fn write_items<T: Serialize>(
    out: &mut impl Write,
    items: impl Iterator<Item = T>,
) -> io::Result<()> {
    let mut separator: &[u8] = b"\n    ";
    let mut is_empty = true;
    for item in items {
        out.write_all(separator)?;
        serde_json::to_writer(&mut *out, &item)?;
        separator = b",\n    ";
        is_empty = false;
    }
    if is_empty {
        Ok(())
    } else {
        out.write_all(b"\n  ")
    }
}

fn source(source: &Source) -> JsonSource<'_> {
    JsonSource {
        name: &source.name,
        kind: source.kind.as_str(),
        objects: source.objects,
        complete: source.complete,
    }
}

fn summary(report: &Report<'_>) -> JsonSummary {
    let summary: Summary = report.summary();
    JsonSummary {
        objects: summary.objects,
        findings: JsonCounts {
            critical: summary.count(Severity::Critical),
            high: summary.count(Severity::High),
            medium: summary.count(Severity::Medium),
            low: summary.count(Severity::Low),
            info: summary.count(Severity::Info),
        },
        suppressed: summary.suppressed,
        baseline: summary.baseline,
        incomplete: summary.incomplete,
        skipped_files: report.skipped,
        absences_judged: report.complete,
    }
}

fn object(object: &ObjectRef) -> JsonObject<'_> {
    JsonObject {
        api_version: &object.api_version,
        kind: &object.kind,
        namespace: &object.namespace,
        name: &object.name,
    }
}

fn location<'a>(report: &Report<'a>, location: Location) -> Option<JsonLocation<'a>> {
    let (source, places) = report.places(location)?;
    let region = places.map(|(start, end)| JsonRegion {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    });
    Some(JsonLocation {
        source: &source.name,
        region,
    })
}

fn patch_op(op: &PatchOp) -> JsonPatchOp<'_> {
    match op {
        PatchOp::Add { path, value } => JsonPatchOp::Add {
            path,
            value: value.to_value(),
        },
        PatchOp::Replace { path, value } => JsonPatchOp::Replace { path, value },
        PatchOp::Remove { path } => JsonPatchOp::Remove { path },
    }
}

fn patch(fix: &Fix) -> JsonFix<'_> {
    JsonFix {
        description: &fix.description,
        applicability: fix.applicability.as_str(),
        patch: fix.patch.iter().map(patch_op).collect(),
    }
}

fn finding<'a>(report: &Report<'a>, finding: &'a Finding) -> JsonFinding<'a> {
    let check = finding.check;
    let mut aliases: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for alias in finding.aliases() {
        aliases
            .entry(alias.tool.as_str())
            .or_default()
            .push(alias.id);
    }
    let related = finding.related.iter().map(|related| JsonRelated {
        object: object(&related.object),
        path: &related.path,
        location: related.location.and_then(|at| location(report, at)),
        message: &related.message,
    });
    let control = |control: &ciel_core::Control| JsonControl {
        framework: control.framework.id(),
        control: control.control,
    };
    JsonFinding {
        code: check.code,
        name: check.name,
        severity: finding.severity.as_str(),
        message: &finding.message,
        help: &finding.help,
        object: object(&finding.object),
        path: &finding.path,
        location: finding.location.and_then(|at| location(report, at)),
        related: related.collect(),
        evidence: JsonEvidence(&finding.evidence),
        fix: finding.fix.as_deref().map(patch),
        aliases,
        frameworks: finding.frameworks().iter().map(control).collect(),
        fingerprint: finding.fingerprint(),
    }
}

fn diagnostic<'a>(report: &Report<'a>, diagnostic: &'a Diagnostic) -> JsonDiagnostic<'a> {
    JsonDiagnostic {
        severity: diagnostic.level(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        location: diagnostic.location.and_then(|at| location(report, at)),
    }
}
