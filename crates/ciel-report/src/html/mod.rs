//! `html`: one file for people, which asks the network for nothing.
//!
//! It reads whole without a script; the script that it carries filters, remembers the theme, and unfolds for print. The
//! policy in its head lets nothing run, load or style but that script and that sheet, by their hashes.

mod charts;
mod checks;
mod docs;
mod escape;
mod excerpt;
mod findings;
mod verdict;

use std::{
    collections::HashSet,
    io::{self, BufWriter, Write},
};

use askama::Template;
use ciel_core::{ControlResult, ControlStatus, Diagnostic, Severity};
use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use self::{
    charts::{Bar, Chart},
    checks::CheckView,
    escape::{Markup, inline},
    excerpt::Excerpts,
    findings::{ObjectView, Views, place},
    verdict::Verdict,
};
use crate::{Report, edits::Edits, format::Form, groups::groups, secrets::Secrets};

pub(crate) use escape::Plain;

pub(crate) const FORM: Form = Form {
    name: "html",
    purpose: "one HTML file, for a browser without a network",
    extension: "html",
    write: |report, _, out| write(report, out),
};

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// Findings that a report shows, worst first. It counts all; a browser would not show many more in good time.
const SHOWN: usize = 20_000;
/// With more findings than this, excerpts are shorter, and only checks say their controls and aliases.
const MANY: usize = 2_000;
/// Bytes that are read again to show fixes as differences; further ones are shown as patches.
const BUDGET: usize = 4 << 20;
/// Sources, diagnostics and suppressed findings that are listed.
const LISTED: usize = 2_000;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: Report<'a>,
    verdict: Verdict,
    policy: String,
    severities: Bar,
    charts: Vec<Chart>,
    objects: Vec<ObjectView<'a>>,
    /// Objects with findings, shown or not.
    all_objects: usize,
    shown: usize,
    checks: Vec<CheckView<'a>>,
    namespaces: Vec<&'a str>,
    suppressed: Vec<SuppressedView<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
    command: String,
}

/// A finding that is waved through.
struct SuppressedView<'a> {
    finding: &'a ciel_core::Finding,
    message: Markup,
    place: String,
    by: &'static str,
    reason: Markup,
}

/// What could not be read, or is odd.
struct DiagnosticView<'a> {
    diagnostic: &'a Diagnostic,
    place: String,
    message: Markup,
    help: Option<Markup>,
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let secrets = Secrets::of(report.findings);
    let mut out = BufWriter::with_capacity(1 << 16, out);
    page(report, &secrets).write_into(&mut out)?;
    out.flush()
}

fn page<'a>(report: &Report<'a>, secrets: &'a Secrets) -> Page<'a> {
    let groups = groups(report);
    let total = report.summary().total();
    let mut views = Views {
        report: *report,
        excerpts: Excerpts {
            secrets,
            context: if total > MANY { 1 } else { 2 },
        },
        with_ids: total <= MANY,
        ids: HashSet::new(),
        edits: Edits::of(report, BUDGET),
    };
    let mut objects = Vec::new();
    let mut shown = 0;
    for (group, number) in groups.iter().zip(1..) {
        if shown >= SHOWN {
            break;
        }
        shown += group.findings.len();
        objects.push(views.object(number, group));
    }
    let mut namespaces: Vec<_> = objects
        .iter()
        .map(|it| it.object.namespace.as_str())
        .collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    Page {
        report: *report,
        verdict: Verdict::of(report, groups.len()),
        policy: policy(),
        severities: charts::severities(report),
        charts: charts::charts(report),
        all_objects: groups.len(),
        shown,
        checks: checks::views(report, &objects),
        objects,
        namespaces,
        suppressed: suppressed(report),
        diagnostics: diagnostics(report),
        command: verdict::command(report.arguments),
    }
}

/// The policy for `<meta http-equiv>`: what this file brings along may run and style, by its hash, and nothing else.
fn policy() -> String {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn suppressed<'a>(report: &Report<'a>) -> Vec<SuppressedView<'a>> {
    let found = report.findings.iter().filter_map(|finding| {
        let suppression = finding.suppression.as_ref()?;
        Some(SuppressedView {
            finding,
            message: inline(&finding.message),
            place: finding
                .location
                .map_or_else(String::new, |at| place(report, at)),
            by: verdict::suppressed_by(suppression.kind),
            reason: inline(&suppression.reason),
        })
    });
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.finding.severity));
    found
}

fn diagnostics<'a>(report: &Report<'a>) -> Vec<DiagnosticView<'a>> {
    let view = |diagnostic: &'a Diagnostic| DiagnosticView {
        diagnostic,
        place: diagnostic
            .location
            .map_or_else(String::new, |at| place(report, at)),
        message: inline(&diagnostic.message),
        help: diagnostic.help.as_deref().map(inline),
    };
    let mut found: Vec<_> = report.diagnostics.iter().map(view).collect();
    found.sort_by_key(|it| !it.diagnostic.is_error);
    found
}

/// What templates call.
impl Page<'_> {
    fn severities_list(&self) -> [Severity; 5] {
        Severity::WORST_FIRST
    }

    fn listed<'v, T>(&self, items: &'v [T]) -> &'v [T] {
        items.get(..LISTED).unwrap_or(items)
    }

    /// Those that failed first.
    fn controls(&self) -> Vec<&ControlResult> {
        let controls = self.report.assessment.into_iter();
        let mut controls: Vec<_> = controls.flat_map(|it| &it.controls).collect();
        controls.sort_by_key(|control| control.status);
        controls
    }

    fn sources(&self) -> Vec<&ciel_core::Source> {
        let mut sources: Vec<_> = self.report.telling_sources().collect();
        sources.sort_by_key(|source| source.complete);
        sources
    }
}
