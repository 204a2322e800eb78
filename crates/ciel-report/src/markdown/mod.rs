//! `markdown`: a comment for a pull request, or the summary of a step.
//!
//! GitHub takes 65,536 characters for a comment. The worst findings come first, and a last line says what was left out.

pub(crate) mod escape;

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use ciel_core::{Assessment, Check, ControlStatus, Diagnostic, Finding, Severity};

use crate::{
    Report, controls,
    format::Form,
    words::{Place, Title, docs_url, plural, shortened},
};

pub(crate) const FORM: Form = Form {
    name: "markdown",
    purpose: "a comment for a pull request, at most 65,536 characters",
    extension: "md",
    write: |report, _, out| write(report, out),
};

/// Most bytes, and so most characters too.
const LIMIT: usize = 65_536;
/// Of these, what is kept for the end: links of checks are counted by themselves.
const END: usize = 1_000;
/// Longest message in a table, in bytes before it is escaped.
const MESSAGE: usize = 600;
/// Longest name of an object or a file, likewise.
const NAME: usize = 300;
/// What could not be read is shown up to here.
const DIAGNOSTICS: usize = 20;

/// A text that does not grow over its limit.
struct Page {
    text: String,
    /// Checks whose links stand at the end.
    checks: BTreeSet<&'static str>,
    links: String,
}

impl Page {
    fn room(&self) -> usize {
        LIMIT.saturating_sub(END + self.text.len() + self.links.len())
    }

    /// Adds a part if it fits, together with the link of the check that it names.
    fn add(&mut self, part: &str, check: Option<&'static Check>) -> bool {
        let new = check.filter(|check| !self.checks.contains(check.code));
        let link = new.map_or_else(String::new, |it| {
            format!("[{}]: {}\n", it.code, docs_url(it))
        });
        if part.len() + link.len() > self.room() {
            return false;
        }
        self.text.push_str(part);
        self.links.push_str(&link);
        self.checks.extend(new.map(|check| check.code));
        true
    }
}

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    let mut page = Page {
        text: heading(report),
        checks: BTreeSet::new(),
        links: String::new(),
    };
    write_diagnostics(report, &mut page);
    if let Some(assessment) = report.assessment {
        write_controls(assessment, &mut page);
    }
    let mut shown = 0;
    for severity in Severity::WORST_FIRST {
        if summary.count(severity) > 0 {
            shown += write_severity(report, severity, summary.count(severity), &mut page);
        }
    }
    let left_out = summary.total().saturating_sub(shown);
    if left_out > 0 {
        page.text.push_str(&format!(
            "**{} left out**: a comment holds no more. `ciel scan --format html=report.html` shows all.\n\n",
            plural(left_out, "finding")
        ));
    }
    page.text.push_str(&page.links);
    out.write_all(page.text.as_bytes())
}

/// What was found, in numbers.
fn heading(report: &Report<'_>) -> String {
    let summary = report.summary();
    let found = Severity::WORST_FIRST
        .into_iter()
        .filter(|severity| summary.count(*severity) > 0)
        .map(|severity| format!("{} {severity}", summary.count(severity)));
    let found: Vec<String> = found.collect();
    let found = if found.is_empty() {
        "nothing found".to_owned()
    } else {
        found.join(", ")
    };
    let mut text = format!(
        "## Ciel: {found}\n\n{} of {}",
        plural(summary.objects, "object"),
        plural(report.telling_sources().count(), "source")
    );
    if summary.suppressed > 0 {
        text.push_str(&format!(
            ", {} suppressed",
            plural(summary.suppressed, "finding")
        ));
    }
    if summary.incomplete > 0 {
        let sources = plural(summary.incomplete, "source");
        text.push_str(&format!(", {sources} not read whole"));
    }
    text.push_str(&format!(". Ciel {}.\n\n", escape::message(report.version)));
    if summary.total() > 0 {
        text.push_str("| Severity | Findings |\n|---|--:|\n");
        for severity in Severity::WORST_FIRST {
            if summary.count(severity) > 0 {
                text.push_str(&format!("| {severity} | {} |\n", summary.count(severity)));
            }
        }
        text.push('\n');
    }
    text
}

fn write_diagnostics(report: &Report<'_>, page: &mut Page) {
    let errors = || report.diagnostics.iter().filter(|it| it.is_error);
    if errors().next().is_none() {
        return;
    }
    page.add("**Not judged:**\n\n", None);
    for diagnostic in errors().take(DIAGNOSTICS) {
        page.add(&line_of(report, diagnostic), None);
    }
    let others = errors().count().saturating_sub(DIAGNOSTICS);
    if others > 0 {
        page.add(&format!("- and {others} more\n"), None);
    }
    page.add("\n", None);
}

/// The share that passed, and a folded table of what came of each control.
fn write_controls(assessment: &Assessment, page: &mut Page) {
    let mut text = format!(
        "**{}**: {}\n\n<details><summary>Controls</summary>\n\n| | Control | Why |\n|---|---|---|\n",
        assessment.title,
        controls::sentence(assessment)
    );
    for status in ControlStatus::ALL {
        let controls = assessment.controls.iter();
        for control in controls.filter(|control| control.status == status) {
            text.push_str(&format!(
                "| {} | {} {} | {} |\n",
                status.as_words(),
                escape::message(control.id),
                escape::message(control.title),
                escape::message(&control.reason)
            ));
        }
    }
    text.push_str("\n</details>\n\n");
    // The findings are what a pull request is about: the table must leave them most of the room.
    if text.len() > LIMIT / 2 || !page.add(&text, None) {
        let sentence = controls::sentence(assessment);
        page.add(&format!("**{}**: {sentence}\n\n", assessment.title), None);
    }
}

fn line_of(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.location.and_then(|at| Place::at(report, at));
    let place = place.map_or_else(String::new, |place| {
        format!("{}: ", escape::code(&shortened(&place.to_string(), NAME)))
    });
    let message = escape::message(&shortened(&diagnostic.message, MESSAGE));
    format!("- {place}{message}\n")
}

/// A folded table of the findings of a severity; the worst one is open. Returns how many it shows.
fn write_severity(report: &Report<'_>, severity: Severity, count: usize, page: &mut Page) -> usize {
    const CLOSE: &str = "\n</details>\n\n";
    let is_worst = page.checks.is_empty();
    let open = if is_worst { " open" } else { "" };
    let head = format!(
        "<details{open}><summary><b>{severity}</b>: {}</summary>\n\n\
         | Check | Where | What |\n|---|---|---|\n",
        plural(count, "finding")
    );
    let findings = || report.active().filter(|it| it.severity == severity);
    let first_row = findings().next().map(|it| row(report, it));
    let least = head.len() + CLOSE.len() + first_row.map_or(0, |row| row.len());
    // No empty table at the end of a full page. The link may still be too long, but then the page is full for all.
    if least + MESSAGE > page.room() {
        return 0;
    }
    page.add(&head, None);
    let mut shown = 0;
    for finding in findings() {
        // What closes the table is taken from the room that is kept for the end.
        if !page.add(&row(report, finding), Some(finding.check)) {
            break;
        }
        shown += 1;
    }
    page.text.push_str(CLOSE);
    shown
}

fn row(report: &Report<'_>, finding: &Finding) -> String {
    let check = finding.check;
    let place = Place::of(report, finding);
    let title = Title(&finding.object).to_string();
    let title = escape::code(&shortened(&title, NAME));
    let place = if place.is_file || finding.location.is_some() {
        format!("<br>{}", escape::code(&shortened(&place.to_string(), NAME)))
    } else {
        String::new()
    };
    let mut what = escape::message(&shortened(&finding.message, MESSAGE));
    if !finding.help.is_empty() {
        what.push_str("<br>→ ");
        what.push_str(&escape::message(&shortened(&finding.help, MESSAGE)));
    }
    format!(
        "| [{}] {} | {title}{place} | {what} |\n",
        check.code, check.name
    )
}
