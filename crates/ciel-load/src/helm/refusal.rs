//! What helm says when it does not render a chart.

use std::sync::Arc;

use ciel_core::{Diagnostic, Span};

use super::{Chart, render::Trouble};
use crate::file;

/// What helm said, at the place that it speaks of. `what`: what came of it.
pub(super) fn trouble(chart: &Chart, what: &str, message: &str) -> Trouble {
    let text = format!("{what}: {}", short(message));
    let mut diagnostic = Diagnostic::error(text);
    diagnostic.help = help(chart, message);
    let place = template(message).and_then(|(rest, line)| {
        let bytes = file::read_file(&chart.folder.join(rest)).ok()?;
        let text: Arc<str> = crate::text::decode(bytes).ok()?.into();
        Some((chart.name_of(rest), line_span(&text, line), text))
    });
    match place {
        Some((name, span, text)) => Trouble {
            name,
            text,
            diagnostics: vec![(span, diagnostic)],
        },
        None => Trouble::of_chart(chart, diagnostic),
    }
}

/// The message itself, no longer than a person reads.
pub(super) fn short(message: &str) -> String {
    const MOST: usize = 1000;
    let message = message
        .lines()
        .find_map(|line| line.strip_prefix("Error: "))
        .unwrap_or(message);
    message.trim().chars().take(MOST).collect()
}

/// The charts that are not in `charts/`, if that is what helm complains of.
pub(super) fn missing_charts(message: &str) -> Option<Vec<&str>> {
    let (_, names) = message.split_once("missing in charts/ directory:")?;
    let names = names.lines().next().unwrap_or_default();
    Some(names.split(',').map(str::trim).collect())
}

/// Whether other values than the defaults may help.
pub(super) fn wants_values(message: &str) -> bool {
    [
        "execution error",
        "values don't meet",
        "error calling",
        "nil pointer",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}

fn help(chart: &Chart, message: &str) -> Option<String> {
    let folder = chart.folder_name();
    if message.contains("missing in charts/ directory") {
        Some(format!(
            "fetch what it depends on: `helm dependency build {folder}`"
        ))
    } else if message.contains("chart requires kubeVersion") {
        Some("say which Kubernetes it is for: `--kube-version`".to_owned())
    } else if wants_values(message) {
        Some(format!(
            "if it wants values: `helm template {folder} --values FILE | ciel scan -`"
        ))
    } else {
        None
    }
}

/// The template that a message speaks of first, as a path within the chart, and the line in it (1 where it does not
/// say): `(CHART/templates/web.yaml:4:20)`, `template: CHART/templates/web.yaml:4:20: executing …`, `YAML parse error
/// on CHART/templates/web.yaml: …`.
pub(super) fn template(message: &str) -> Option<(&str, usize)> {
    const FOLDER: &str = "/templates/";
    let at = message.find(FOLDER)?;
    let is_end = |it: char| it.is_whitespace() || matches!(it, '(' | ')' | '"' | '<' | '>' | ':');
    let (before, after) = message.split_at_checked(at)?;
    let start = before.rfind(is_end).map_or(0, |it| it + 1);
    let end = at + after.find(is_end).unwrap_or(after.len());
    let (_, rest) = message.get(start..end)?.split_once('/')?;
    let line = message
        .get(end..)
        .and_then(|it| it.strip_prefix(':'))
        .and_then(|it| it.split(|it: char| !it.is_ascii_digit()).next())
        .and_then(|it| it.parse().ok())
        .unwrap_or(1);
    Some((rest, line))
}

/// The span of a line (from 1) of a text.
fn line_span(text: &str, line: usize) -> Span {
    let offset = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let mut start = 0;
    for (index, content) in text.split_inclusive('\n').enumerate() {
        if index + 1 == line {
            let end = start + content.trim_end().len();
            return Span::new(offset(start), offset(end));
        }
        start += content.len();
    }
    Span::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_charts_are_read_from_messages() {
        let message = "Error: An error occurred while checking for chart dependencies. You may need to run `helm \
            dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: a, b\n";
        assert_eq!(missing_charts(message), Some(vec!["a", "b"]));
    }

    #[test]
    fn places_are_read_from_messages() {
        for (message, expected) in [
            (
                "execution error at (web/templates/a.yaml:4:20): image.tag is required",
                Some(("templates/a.yaml", 4)),
            ),
            (
                "YAML parse error on web/templates/b.yaml: error converting YAML to JSON",
                Some(("templates/b.yaml", 1)),
            ),
            (
                "parse error at (web/templates/c.yaml:2): unclosed action",
                Some(("templates/c.yaml", 2)),
            ),
            (
                "template: web/charts/db/templates/d.yaml:4:12: executing \"web/charts/db/templates/d.yaml\" at <include>",
                Some(("charts/db/templates/d.yaml", 4)),
            ),
            ("Chart.yaml file is missing", None),
        ] {
            assert_eq!(template(message), expected, "{message}");
        }
    }
}
