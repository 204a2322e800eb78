use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use ciel_core::{Diagnostic, Source, SourceKind, Span};

use super::{Chart, attempts::Attempts, split};
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

/// What a chart holds: a piece for each of its files that makes objects, and pieces that say what is missing.
pub(crate) fn render(chart: &Chart, helm: &Helm<'_>) -> Vec<Piece> {
    let Some(program) = helm.program() else {
        return vec![no_helm(chart).into_piece()];
    };
    let scratch = tempfile::Builder::new().prefix("ciel-helm-").tempdir();
    let scratch = match scratch {
        Ok(scratch) => scratch,
        Err(error) => {
            let message = format!("the chart is not rendered: no temporary folder: {error}");
            let trouble = Trouble::of_chart(chart, Diagnostic::error(message));
            return vec![trouble.into_piece()];
        }
    };
    let mut attempts = Attempts::new(chart, program, helm.kube_version(), scratch.path());
    let rendered = attempts.run();
    let mut pieces: Vec<Piece> = attempts
        .troubles
        .into_iter()
        .map(Trouble::into_piece)
        .collect();
    pieces.extend(objects(chart, &rendered, &attempts.moved));
    pieces
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

fn no_helm(chart: &Chart) -> Trouble {
    let diagnostic = Diagnostic::error("the chart is not rendered: there is no `helm` on PATH");
    let help = format!(
        "install helm, name it in CIEL_HELM, or render it elsewhere: `helm template {} | ciel scan -`",
        chart.folder_name()
    );
    Trouble::of_chart(chart, diagnostic.with_help(help))
}

/// A piece for each file that makes objects.
fn objects(chart: &Chart, rendered: &str, moved: &[(String, String)]) -> Vec<Piece> {
    let is_wanted = |path: &str| {
        let path = chart.folder.join(path);
        chart.only.is_empty() || chart.only.iter().any(|part| path.starts_with(part))
    };
    split::by_template(rendered)
        .into_iter()
        .filter(|(path, _)| is_wanted(path))
        .map(|(path, text)| {
            let name = name_of(chart, &path, moved);
            file::parse_text(&name, SourceKind::Helm, text.into())
        })
        // A template that makes nothing was rendered all the same.
        .filter(|piece| !matches!(piece, Piece::Skipped))
        .collect()
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
