//! `text`: for a person at a terminal.
//!
//! Written by hand and not with `annotate-snippets`: a scan of a large tree prints tens of thousands of excerpts, and
//! findings at one place share one.

use std::{
    cmp::Reverse,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};
use ciel_core::{Applicability, Diagnostic, Finding, Location, Severity, Source, Span};

use crate::{
    Report, change, controls,
    edits::Edits,
    format::Form,
    groups::{Group, groups, shared_path},
    secrets::Secrets,
    words::{Title, one_line, plural},
};

pub(crate) const FORM: Form = Form {
    name: "text",
    purpose: "for a person at a terminal (default)",
    extension: "txt",
    write,
};

/// How text is dressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextStyle {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Whether a person is watching: a clean run then says so.
    pub terminal: bool,
}

impl TextStyle {
    pub(crate) fn paint(self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }

    fn severity(self, severity: Severity) -> Style {
        self.paint(match severity {
            Severity::Critical => AnsiColor::Red.on_default().bold().underline(),
            Severity::High => AnsiColor::Red.on_default().bold(),
            Severity::Medium => AnsiColor::Yellow.on_default().bold(),
            Severity::Low => AnsiColor::Cyan.on_default(),
            Severity::Info => AnsiColor::BrightBlack.on_default(),
        })
    }

    pub(crate) fn level(self, is_error: bool) -> Style {
        self.severity(if is_error {
            Severity::High
        } else {
            Severity::Low
        })
    }

    fn bold(self) -> Style {
        self.paint(Style::new().bold())
    }

    fn dim(self) -> Style {
        self.paint(Style::new().dimmed())
    }
}

fn write(report: &Report<'_>, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(report, style);
    for group in groups(report) {
        write_group(&page, &group, out)?;
    }
    for diagnostic in report.diagnostics {
        write_diagnostic(report, style, diagnostic, out)?;
    }
    if let Some(assessment) = report.assessment {
        controls::write_text(assessment, style, out)?;
    }
    write_summary(report, style, out)
}

/// Fixes beyond these are told in words alone: `ciel fix` shows all changes.
const FIXES: usize = 50;
/// Bytes that are read again to show fixes.
const BUDGET: usize = 1 << 20;

/// What all parts of the text go by.
struct Page<'r, 'a> {
    report: &'r Report<'a>,
    secrets: Secrets,
    /// None where there are too many fixes to show them.
    edits: Option<Edits>,
    style: TextStyle,
}

impl<'r, 'a> Page<'r, 'a> {
    fn of(report: &'r Report<'a>, style: TextStyle) -> Self {
        let fixes = report.active().filter(|finding| finding.fix.is_some());
        let are_few = fixes.take(FIXES + 1).count() <= FIXES;
        Self {
            report,
            secrets: Secrets::of(report.findings),
            edits: are_few.then(|| Edits::of(report, BUDGET)),
            style,
        }
    }
}

fn write_group(page: &Page<'_, '_>, group: &Group<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Page { report, style, .. } = *page;
    let (bold, dim) = (style.bold(), style.dim());
    let object = group.object;
    let title = Title(object).to_string();
    write!(out, "{bold}{}{bold:#}", one_line(&title))?;
    let source = group
        .source
        .and_then(|id| report.sources.get(id.0 as usize));
    if let Some(source) = source {
        let rendered = if source.kind.is_rendered() {
            " (rendered)"
        } else {
            ""
        };
        let name = one_line(&source.name);
        write!(out, "  {dim}{name}{rendered}{dim:#}")?;
    }
    writeln!(out)?;
    for here in group.places() {
        for finding in here {
            write_finding(style, finding, out)?;
        }
        write_place(&page.secrets, style, source, here, out)?;
        for finding in here {
            write_advice(page, finding, out)?;
        }
    }
    writeln!(out)
}

fn write_finding(style: TextStyle, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let (severity, dim) = (style.severity(finding.severity), style.dim());
    writeln!(
        out,
        "  {severity}{:<8}{severity:#} {} {dim}[{} {}]{dim:#}",
        finding.severity,
        one_line(&finding.message),
        finding.check.code,
        finding.check.name
    )
}

/// The line where findings stand, with the place marked, and the path that they share.
fn write_place(
    secrets: &Secrets,
    style: TextStyle,
    source: Option<&Source>,
    findings: &[&Finding],
    out: &mut dyn Write,
) -> io::Result<()> {
    let dim = style.dim();
    let Some(first) = findings.first() else {
        return Ok(());
    };
    let path = one_line(shared_path(findings));
    let (Some(source), Some(location)) = (source, first.location) else {
        return writeln!(out, "         {dim}at{dim:#} {path}");
    };
    let start = source.line_column(location.span.start);
    let line = secrets.mask(source, location.source, start.line);
    let line = line.as_ref();
    writeln!(out, "    {dim}{:>4} │{dim:#} {}", start.line, shorten(line))?;
    let column = start.column as usize;
    let length = marked_length(source, location.span, line, column);
    if column + length > LINE_LIMIT {
        return Ok(());
    }
    let mark = style.severity(first.severity);
    let indent = column.saturating_sub(1);
    writeln!(
        out,
        "    {dim}     │{dim:#} {:indent$}{mark}{}{mark:#} {dim}{path}{dim:#}",
        "",
        "^".repeat(length)
    )
}

/// The line where something stands, with the place marked.
pub(crate) fn write_excerpt(
    source: &Source,
    span: Span,
    style: TextStyle,
    mark: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let dim = style.dim();
    let start = source.line_column(span.start);
    let line = source.line(start.line).unwrap_or_default();
    writeln!(out, "    {dim}{:>4} │{dim:#} {}", start.line, shorten(line))?;
    let column = start.column as usize;
    let length = marked_length(source, span, line, column);
    if column + length > LINE_LIMIT {
        return Ok(());
    }
    let indent = column.saturating_sub(1);
    let carets = "^".repeat(length);
    writeln!(
        out,
        "    {dim}     │{dim:#} {:indent$}{mark}{carets}{mark:#}",
        ""
    )
}

/// Longer lines are cut in excerpts.
const LINE_LIMIT: usize = 160;

fn shorten(line: &str) -> std::borrow::Cow<'_, str> {
    let is_plain = line.len() <= LINE_LIMIT && !line.contains(|letter: char| letter.is_control());
    if is_plain {
        return line.into();
    }
    // Control characters of a hostile manifest must not reach the terminal.
    let safe = |letter: char| {
        if letter.is_control() {
            if letter == '\t' { ' ' } else { '\u{FFFD}' }
        } else {
            letter
        }
    };
    let mut text: String = line.chars().map(safe).take(LINE_LIMIT).collect();
    if line.chars().nth(LINE_LIMIT).is_some() {
        text.push('…');
    }
    text.into()
}

/// How many columns to mark: to the end of the span, or of its first line but for a comment there.
fn marked_length(source: &Source, span: Span, line: &str, column: usize) -> usize {
    let text = span.slice(&source.text);
    let mut first_line = text.lines().next().unwrap_or_default();
    if first_line.len() < text.len() {
        first_line = first_line.split(" #").next().unwrap_or_default();
    }
    let rest = line
        .chars()
        .count()
        .saturating_sub(column.saturating_sub(1));
    first_line.trim_end().chars().count().min(rest).max(1)
}

fn write_advice(page: &Page<'_, '_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Page { report, style, .. } = *page;
    let dim = style.dim();
    if !finding.help.is_empty() {
        writeln!(
            out,
            "         {dim}= help:{dim:#} {}",
            one_line(&finding.help)
        )?;
    }
    for related in &finding.related {
        let object = Title(&related.object).to_string();
        let place = place(report, related.location);
        let place = place.map_or_else(String::new, |place| format!(" ({place})"));
        writeln!(
            out,
            "         {dim}= see:{dim:#}  {}{dim}{}{dim:#}: {}",
            one_line(&object),
            one_line(&place),
            one_line(&related.message)
        )?;
    }
    write_fix(page, finding, out)
}

fn write_fix(page: &Page<'_, '_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Some(fix) = finding.fix.as_deref() else {
        return Ok(());
    };
    let Page { report, style, .. } = *page;
    let dim = style.dim();
    let judge = match fix.applicability {
        Applicability::Safe => "",
        Applicability::Unsafe => " (judge it first)",
    };
    writeln!(
        out,
        "         {dim}= fix:{dim:#}  {}{dim}{judge}{dim:#}",
        one_line(&fix.description)
    )?;
    let Some(edits) = &page.edits else {
        return Ok(());
    };
    for line in change::lines(report, &page.secrets, edits, finding, fix) {
        let paint = style.paint(match line.element {
            "del" => AnsiColor::Red.on_default(),
            "ins" => AnsiColor::Green.on_default(),
            _ => Style::new().dimmed(),
        });
        writeln!(out, "           {paint}{}{paint:#}", shorten(&line.text))?;
    }
    Ok(())
}

fn write_diagnostic(
    report: &Report<'_>,
    style: TextStyle,
    diagnostic: &Diagnostic,
    out: &mut dyn Write,
) -> io::Result<()> {
    let severity = style.level(diagnostic.is_error);
    let place = place(report, diagnostic.location);
    let place = place.map_or_else(String::new, |place| format!("{place}: "));
    writeln!(
        out,
        "{severity}{}{severity:#}: {}{}",
        diagnostic.level(),
        one_line(&place),
        one_line(&diagnostic.message)
    )?;
    if let Some(help) = &diagnostic.help {
        let dim = style.dim();
        writeln!(out, "  {dim}= help:{dim:#} {}", one_line(help))?;
    }
    Ok(())
}

/// The source as given, with line and column where these are a file's.
fn place(report: &Report<'_>, location: Option<Location>) -> Option<String> {
    let (source, places) = report.places(location?)?;
    Some(places.map_or_else(
        || source.name.clone(),
        |(start, _)| format!("{}:{}:{}", source.name, start.line, start.column),
    ))
}

fn write_summary(report: &Report<'_>, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    let has_something_to_say = summary.total() > 0
        || summary.suppressed + summary.baseline > 0
        || !report.diagnostics.is_empty();
    if !has_something_to_say && summary.objects > 0 && !style.terminal {
        return Ok(());
    }
    let bold = style.bold();
    let counts: Vec<String> = Severity::WORST_FIRST
        .into_iter()
        .filter(|severity| summary.count(*severity) > 0)
        .map(|severity| {
            let color = style.severity(severity);
            format!("{color}{} {severity}{color:#}", summary.count(severity))
        })
        .collect();
    let found = if counts.is_empty() {
        "nothing found".to_owned()
    } else {
        counts.join(", ")
    };
    write!(
        out,
        "{bold}{found}{bold:#} in {}",
        plural(summary.objects, "object")
    )?;
    write!(
        out,
        " of {}",
        plural(report.telling_sources().count(), "source")
    )?;
    if report.skipped > 0 {
        write!(out, ", {} not Kubernetes", plural(report.skipped, "file"))?;
    }
    if summary.suppressed > 0 {
        write!(out, ", {} suppressed", summary.suppressed)?;
    }
    if summary.baseline > 0 {
        write!(out, ", {} known before", summary.baseline)?;
    }
    if let Some(elapsed) = report.elapsed {
        write!(out, ", {:.0?}", elapsed)?;
    }
    writeln!(out)?;
    write_next(report, style, out)
}

/// What the verdict rests on, and what to run next.
fn write_next(report: &Report<'_>, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let dim = style.dim();
    if report.is_incomplete() {
        let severity = style.severity(Severity::High);
        writeln!(
            out,
            "{severity}incomplete{severity:#}: what is named above as an error was not judged (exit code 3)"
        )?;
    }
    let Some(worst) = report
        .active()
        .min_by_key(|finding| Reverse(finding.severity))
    else {
        return Ok(());
    };
    if !report.complete {
        writeln!(
            out,
            "{dim}judged as a part: what other files may hold is not called absent; --complete judges it{dim:#}"
        )?;
    }
    writeln!(
        out,
        "{dim}next:{dim:#} ciel explain {}    {dim}what it means, and how to mend or suppress it{dim:#}",
        worst.check.code
    )
}
