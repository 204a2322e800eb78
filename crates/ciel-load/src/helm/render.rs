use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use ciel_core::{Diagnostic, Source, SourceKind, Span};
use tempfile::TempDir;

use super::{
    Chart, refusal, split,
    vendor::{self, Vendored},
};
use crate::{
    LoadOptions,
    assemble::{Piece, ReadPiece},
    file,
    program::{self, Failure},
};

/// Kubernetes that charts are rendered for where nobody says another. Helm itself may believe in any: it goes by how it
/// was built.
const KUBE_VERSION: &str = "1.37.0";

/// How many of a chart's files of test values are tried where it does not render with its defaults.
const TRIED_VALUES: usize = 5;

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

/// What a chart holds: a piece for each of its files that makes objects, and one that says what is missing.
pub(crate) fn render(chart: &Chart, helm: &Helm<'_>) -> Vec<Piece> {
    match run(chart, helm) {
        Ok(rendered) => pieces(chart, rendered),
        Err(trouble) => vec![trouble.into_piece()],
    }
}

/// What helm made of a chart.
struct Rendered {
    text: String,
    /// Where parts of the chart come from, as [`Vendored::moved`].
    moved: Vec<(String, String)>,
    /// What to know of it, at places of `Chart.yaml`.
    notes: Vec<(Span, Diagnostic)>,
}

/// What went wrong, and where.
pub(super) struct Trouble {
    pub(super) name: String,
    pub(super) text: Arc<str>,
    pub(super) diagnostics: Vec<(Span, Diagnostic)>,
}

impl Trouble {
    /// Of the chart as a whole.
    pub(super) fn of_chart(chart: &Chart, diagnostic: Diagnostic) -> Self {
        Self {
            name: chart.file_name.clone(),
            text: Arc::clone(&chart.text),
            diagnostics: vec![(chart.span(), diagnostic)],
        }
    }

    fn into_piece(self) -> Piece {
        let in_the_dark = self.diagnostics.iter().any(|(_, it)| it.is_error);
        Piece::Read(ReadPiece {
            source: Source::new(self.name, SourceKind::Helm, self.text),
            documents: Vec::new(),
            diagnostics: self.diagnostics,
            in_the_dark,
        })
    }
}

/// Renders with what the chart has; if need be without the dependencies that are not here; if need be with values that
/// its authors test it with.
fn run(chart: &Chart, helm: &Helm<'_>) -> Result<Rendered, Trouble> {
    let Some(program) = helm.program() else {
        return Err(no_helm(chart));
    };
    let failed = |what: String| {
        let message = format!("the chart is not rendered: {what}");
        Trouble::of_chart(chart, Diagnostic::error(message))
    };
    let scratch = tempfile::Builder::new()
        .prefix("ciel-helm-")
        .tempdir()
        .map_err(|error| failed(format!("no temporary folder: {error}")))?;
    let attempt = Attempt {
        chart,
        program,
        kube_version: helm.kube_version(),
        scratch: &scratch,
    };
    let folder = std::path::absolute(&chart.folder).unwrap_or_else(|_| chart.folder.clone());
    let mut notes = Vec::new();
    let mut moved = Vec::new();
    let mut result = attempt.run(&folder, None);
    if let Err(Failure::Refused(message)) = &result
        && let Some(missing) = refusal::missing_charts(message)
        && let Ok(vendored) = vendor::vendor(chart, &missing, scratch.path())
    {
        let second = attempt.run(&vendored.folder, None);
        let second = attempt.or_with_test_values(second, &vendored.folder, &mut notes);
        // Where that does not help either, what was said first says more.
        if second.is_ok() {
            notes.extend(lost(chart, &vendored));
            moved = vendored.moved;
            result = second;
        }
    } else {
        result = attempt.or_with_test_values(result, &folder, &mut notes);
    }
    match result {
        Ok(output) => String::from_utf8(output)
            .map(|text| Rendered { text, moved, notes })
            .map_err(|_| failed("helm printed bytes that are no UTF-8".to_owned())),
        Err(Failure::Refused(message)) => Err(refusal::trouble(chart, &message)),
        Err(failure) => Err(failed(format!("{}: {failure}", program.display()))),
    }
}

struct Attempt<'a> {
    chart: &'a Chart,
    program: &'a Path,
    kube_version: &'a str,
    scratch: &'a TempDir,
}

impl Attempt<'_> {
    fn run(&self, folder: &Path, values: Option<&Path>) -> Result<Vec<u8>, Failure> {
        let mut arguments: Vec<OsString> = vec![
            "template".into(),
            self.chart.release().into(),
            folder.into(),
            "--include-crds".into(),
            "--namespace=default".into(),
            format!("--kube-version={}", self.kube_version).into(),
        ];
        if let Some(values) = values {
            arguments.push("--values".into());
            arguments.push(values.into());
        }
        program::run(self.program, &arguments, self.scratch.path())
    }

    /// A chart that wants values often has some to be tested with (`ci/NAME-values.yaml`, as chart-testing reads them).
    fn or_with_test_values(
        &self,
        result: Result<Vec<u8>, Failure>,
        folder: &Path,
        notes: &mut Vec<(Span, Diagnostic)>,
    ) -> Result<Vec<u8>, Failure> {
        let Err(Failure::Refused(message)) = &result else {
            return result;
        };
        if !refusal::wants_values(message) {
            return result;
        }
        let found = test_values(folder).into_iter().find_map(|values| {
            let output = self.run(folder, Some(&values)).ok()?;
            Some((values, output))
        });
        let Some((values, output)) = found else {
            return result;
        };
        let message = format!(
            "rendered with the values of `ci/{}`: with its defaults the chart does not render: {}",
            values.file_name().unwrap_or_default().display(),
            refusal::short(message)
        );
        notes.push((self.chart.span(), Diagnostic::warning(message)));
        Ok(output)
    }
}

fn test_values(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.join("ci").read_dir() else {
        return Vec::new();
    };
    let mut values: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with("-values.yaml"))
        .collect();
    values.sort_unstable();
    values.truncate(TRIED_VALUES);
    values
}

fn lost(chart: &Chart, vendored: &Vendored) -> Option<(Span, Diagnostic)> {
    let (_, span) = vendored.lost.first()?;
    let names: Vec<String> = vendored
        .lost
        .iter()
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let message = format!(
        "charts that this one depends on are not here, and what they make is not judged: {}",
        names.join(", ")
    );
    let help = format!(
        "fetch them: `helm dependency build {}`",
        chart.folder_name()
    );
    Some((*span, Diagnostic::error(message).with_help(help)))
}

fn no_helm(chart: &Chart) -> Trouble {
    let diagnostic = Diagnostic::error("the chart is not rendered: there is no `helm` on PATH");
    let help = format!(
        "install helm, name it in CIEL_HELM, or render it elsewhere: `helm template {} | ciel scan -`",
        chart.folder_name()
    );
    Trouble::of_chart(chart, diagnostic.with_help(help))
}

fn pieces(chart: &Chart, rendered: Rendered) -> Vec<Piece> {
    let is_wanted = |path: &str| {
        let path = chart.folder.join(path);
        chart.only.is_empty() || chart.only.iter().any(|part| path.starts_with(part))
    };
    let mut pieces: Vec<Piece> = split::by_template(&rendered.text)
        .into_iter()
        .filter(|(path, _)| is_wanted(path))
        .map(|(path, text)| {
            let name = name_of(chart, &path, &rendered.moved);
            file::parse_text(&name, SourceKind::Helm, text.into())
        })
        // A template that makes nothing was rendered all the same.
        .filter(|piece| !matches!(piece, Piece::Skipped))
        .collect();
    if !rendered.notes.is_empty() {
        let notes = Trouble {
            name: chart.file_name.clone(),
            text: Arc::clone(&chart.text),
            diagnostics: rendered.notes,
        };
        pieces.insert(0, notes.into_piece());
    }
    pieces
}

/// What the user calls a file that helm names.
fn name_of(chart: &Chart, path: &str, moved: &[(String, String)]) -> String {
    let original = moved
        .iter()
        .find_map(|(from, to)| Some((path.strip_prefix(from.as_str())?, to)));
    match original {
        None => chart.name_of(path),
        Some((rest, to)) => {
            let name = PathBuf::from(chart.name_of(&format!("{to}{rest}")));
            crate::tree::shortened(&name).display().to_string()
        }
    }
}
