//! What helm says when it does not render a chart.

use std::sync::Arc;

use ciel_core::{Diagnostic, Span};

use super::{Chart, render::Trouble};
use crate::file;

/// What helm said, at the place that it speaks of.
pub(super) fn trouble(chart: &Chart, message: &str) -> Trouble {
    let text = format!("the chart is not rendered: {}", short(message));
    let mut diagnostic = Diagnostic::error(text);
    diagnostic.help = help(chart, message);
    let place = place(message).and_then(|(path, line)| {
        let (_, rest) = path.split_once('/')?;
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

/// The first `(PATH:LINE:COLUMN)` or `on PATH:` of helm's message, PATH within a chart.
fn place(message: &str) -> Option<(&str, usize)> {
    let in_brackets = message.split('(').skip(1).find_map(|part| {
        let (inner, _) = part.split_once(')')?;
        let mut parts = inner.split(':');
        let (path, line) = (parts.next()?, parts.next()?);
        (path.contains("/templates/")).then_some((path, line.parse().ok()?))
    });
    let after_on = || {
        let (_, rest) = message.split_once("error on ")?;
        let (path, _) = rest.split_once(':')?;
        path.contains("/templates/").then_some((path, 1))
    };
    in_brackets.or_else(after_on)
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
                Some(("web/templates/a.yaml", 4)),
            ),
            (
                "YAML parse error on web/templates/b.yaml: error converting YAML to JSON",
                Some(("web/templates/b.yaml", 1)),
            ),
            (
                "parse error at (web/templates/c.yaml:2): unclosed action",
                Some(("web/templates/c.yaml", 2)),
            ),
            ("Chart.yaml file is missing", None),
        ] {
            assert_eq!(place(message), expected, "{message}");
        }
    }
}
