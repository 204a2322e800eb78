//! `csv`: RFC 4180, one finding a line, for spreadsheets; behind them one control a line, where a framework was asked for.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use ciel_core::{ControlResult, Finding, suppress::SuppressionKind};

use crate::{
    Report, chunks,
    format::Form,
    words::{Place, lines},
};

pub(crate) const FORM: Form = Form {
    name: "csv",
    purpose: "a table for spreadsheets, suppressed findings too",
    extension: "csv",
    write: |report, _, out| write(report, out),
};

const COLUMNS: [&str; 22] = [
    "severity",
    "code",
    "name",
    "message",
    "help",
    "apiVersion",
    "kind",
    "namespace",
    "object",
    "path",
    "source",
    "line",
    "column",
    "endLine",
    "endColumn",
    "frameworks",
    "suppressed",
    "reason",
    "fingerprint",
    "documentation",
    "record",
    "status",
];

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut header = writer(&mut *out);
    header.write_record(COLUMNS)?;
    header.flush()?;
    drop(header);
    let findings: Vec<&Finding> = report.findings.iter().collect();
    chunks::write_all(&findings, &mut *out, |text, finding| {
        let mut line = writer(text);
        line.write_record(cells(report, finding).iter().map(|cell| cell.as_bytes()))?;
        line.flush()
    })?;
    let mut lines = writer(out);
    if let Some(assessment) = report.assessment {
        for control in &assessment.controls {
            let cells = control_cells(assessment.framework.id(), control);
            lines.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
        }
    }
    lines.flush()
}

fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .buffer_capacity(1 << 10)
        .from_writer(out)
}

fn cells<'a>(report: &Report<'a>, finding: &'a Finding) -> [Cow<'a, str>; 22] {
    let check = finding.check;
    let object = &finding.object;
    let place = finding.location.and_then(|at| Place::at(report, at));
    let region = place.as_ref().and_then(|place| place.region);
    let number =
        |pick: fn(_) -> u32| region.map_or(Cow::default(), |it| pick(it).to_string().into());
    let controls = finding.frameworks().iter();
    let controls: Vec<String> = controls
        .map(|it| format!("{}:{}", it.framework.id(), it.control))
        .collect();
    let suppression = finding.suppression.as_ref();
    let known = if finding.is_known { "baseline" } else { "" };
    let kind = suppression.map_or(known, |it| match it.kind {
        SuppressionKind::Comment => "comment",
        SuppressionKind::Annotation => "annotation",
        SuppressionKind::Config => "configuration",
    });
    [
        finding.severity.as_str().into(),
        check.code.into(),
        check.name.into(),
        cell(&finding.message),
        cell(&finding.help),
        cell(&object.api_version),
        cell(&object.kind),
        cell(&object.namespace),
        cell(&object.name),
        cell(&finding.path),
        place.map_or(Cow::default(), |it| cell(&it.path).into_owned().into()),
        number(|(start, _)| start.line),
        number(|(start, _)| start.column),
        number(|(_, end)| end.line),
        number(|(_, end)| end.column),
        controls.join(" ").into(),
        kind.into(),
        suppression.map_or(Cow::default(), |it| cell(&it.reason)),
        finding.fingerprint().into(),
        crate::words::docs_url(check).into(),
        "finding".into(),
        match (suppression, finding.is_known) {
            (Some(_), _) => "suppressed",
            (None, true) => "baseline",
            (None, false) => "failed",
        }
        .into(),
    ]
}

/// A control: its title stands where a check's name does, and the reason where the message does.
fn control_cells<'a>(framework: &str, control: &'a ControlResult) -> [Cow<'a, str>; 22] {
    let mut cells: [Cow<'a, str>; 22] = Default::default();
    let filled = [
        ("name", Cow::Borrowed(control.title)),
        ("message", cell(&control.reason)),
        ("frameworks", format!("{framework}:{}", control.id).into()),
        ("record", "control".into()),
        ("status", control.status.as_str().into()),
    ];
    for (column, text) in filled {
        let mut named = COLUMNS.iter().zip(&mut cells);
        if let Some((_, own)) = named.find(|(name, _)| **name == column) {
            *own = text;
        }
    }
    cells
}

/// A text that no spreadsheet takes for a formula: an apostrophe before what would begin one.
fn cell(text: &str) -> Cow<'_, str> {
    let text = lines(text);
    // Blanks do not save a formula from being one.
    let begins = text.trim_start().chars().next();
    let is_formula = begins
        .is_some_and(|first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
        || text.starts_with(['\t', '\n']);
    if is_formula {
        format!("'{text}").into()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_text() {
        for (text, safe) in [
            ("=HYPERLINK(\"http://a\")", "'=HYPERLINK(\"http://a\")"),
            ("  @SUM(A1)", "'  @SUM(A1)"),
            ("-", "'-"),
            ("\t=1", "'\t=1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), safe);
        }
    }
}
