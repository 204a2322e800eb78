use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use ciel_core::{Diagnostic, Source, SourceKind, Span};

use super::{Chart, split};
use crate::{
    LoadOptions,
    assemble::{Piece, ReadPiece},
    file, program,
};

/// Kubernetes that charts are rendered for where nobody says another. Helm itself may believe in any: it goes by how it
/// was built.
const KUBE_VERSION: &str = "1.37.0";

/// The program and what it is told.
#[derive(Debug)]
pub(crate) struct Helm<'a> {
    options: &'a LoadOptions,
    program: OnceLock<Option<PathBuf>>,
}

impl<'a> Helm<'a> {
    /// As the options say.
    pub(crate) fn new(options: &'a LoadOptions) -> Self {
        Self {
            options,
            program: OnceLock::new(),
        }
    }

    /// Where the program is, looked up once, when it is first wanted.
    pub(crate) fn program(&self) -> Option<&Path> {
        let given = self.options.render.helm.as_deref();
        let find = || program::find(given, "CIEL_HELM", "helm");
        self.program.get_or_init(find).as_deref()
    }

    fn kube_version(&self) -> &str {
        self.options.kube_version.as_deref().unwrap_or(KUBE_VERSION)
    }
}

/// What a chart holds: a piece for each of its files that makes objects, or one that says why there are none.
pub(crate) fn render(chart: &Chart, helm: &Helm<'_>) -> Vec<Piece> {
    match run(chart, helm) {
        Ok(rendered) => pieces(chart, &rendered),
        Err((name, text, span, diagnostic)) => vec![Piece::Read(ReadPiece {
            source: Source::new(name, SourceKind::Helm, text),
            documents: Vec::new(),
            diagnostics: vec![(span, diagnostic)],
            in_the_dark: true,
        })],
    }
}

/// What went wrong: a source's name, its text, the place, and what to say.
type Trouble = (String, Arc<str>, Span, Diagnostic);

fn run(chart: &Chart, helm: &Helm<'_>) -> Result<String, Trouble> {
    let whole = |diagnostic| {
        (
            chart.file_name.clone(),
            Arc::clone(&chart.text),
            chart.span(),
            diagnostic,
        )
    };
    let Some(program) = helm.program() else {
        return Err(whole(
            Diagnostic::error("the chart is not rendered: there is no `helm` on PATH").with_help(
                format!(
                    "install helm, name it in CIEL_HELM, or render it elsewhere: `helm template {} | ciel scan -`",
                    chart.folder_name()
                ),
            ),
        ));
    };
    let failed = |what: String| {
        whole(Diagnostic::error(format!(
            "the chart is not rendered: {what}"
        )))
    };
    let scratch = tempfile::Builder::new()
        .prefix("ciel-helm-")
        .tempdir()
        .map_err(|error| failed(format!("no temporary folder: {error}")))?;
    let folder = std::path::absolute(&chart.folder).unwrap_or_else(|_| chart.folder.clone());
    let arguments: Vec<OsString> = vec![
        "template".into(),
        chart.release().into(),
        folder.into(),
        "--include-crds".into(),
        "--namespace=default".into(),
        format!("--kube-version={}", helm.kube_version()).into(),
    ];
    match program::run(program, &arguments, scratch.path()) {
        Ok(output) => String::from_utf8(output)
            .map_err(|_| failed("helm printed bytes that are no UTF-8".to_owned())),
        Err(program::Failure::Refused(message)) => Err(refusal(chart, &message)),
        Err(failure) => Err(failed(format!("{}: {failure}", program.display()))),
    }
}

fn pieces(chart: &Chart, rendered: &str) -> Vec<Piece> {
    split::by_template(rendered)
        .into_iter()
        .filter(|(path, _)| {
            let path = chart.folder.join(path);
            chart.only.is_empty() || chart.only.iter().any(|part| path.starts_with(part))
        })
        .map(|(path, text)| file::parse_text(&chart.name_of(&path), SourceKind::Helm, text.into()))
        // A template that makes nothing was rendered all the same.
        .filter(|piece| !matches!(piece, Piece::Skipped))
        .collect()
}

/// What helm said, at the place that it speaks of.
fn refusal(chart: &Chart, message: &str) -> Trouble {
    let message = message
        .lines()
        .find_map(|line| line.strip_prefix("Error: "))
        .unwrap_or(message)
        .trim();
    let short: String = message.chars().take(1000).collect();
    let mut diagnostic = Diagnostic::error(format!("the chart is not rendered: {short}"));
    diagnostic.help = help(chart, message);
    let place = place(message).and_then(|(path, line)| {
        let (_, rest) = path.split_once('/')?;
        let bytes = file::read_file(&chart.folder.join(rest)).ok()?;
        let text: Arc<str> = crate::text::decode(bytes).ok()?.into();
        let span = line_span(&text, line);
        Some((chart.name_of(rest), text, span))
    });
    match place {
        Some((name, text, span)) => (name, text, span, diagnostic),
        None => (
            chart.file_name.clone(),
            Arc::clone(&chart.text),
            chart.span(),
            diagnostic,
        ),
    }
}

fn help(chart: &Chart, message: &str) -> Option<String> {
    let folder = chart.folder_name();
    if message.contains("missing in charts/ directory") {
        Some(format!(
            "fetch what it depends on: `helm dependency build {folder}`"
        ))
    } else if message.contains("chart requires kubeVersion") {
        Some("say which Kubernetes it is for: `--kube-version`".to_owned())
    } else if message.contains("execution error") || message.contains("values don't meet") {
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
