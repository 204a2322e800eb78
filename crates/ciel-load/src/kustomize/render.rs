use std::{
    ffi::OsString,
    path::{Component, Path, PathBuf},
    sync::{Arc, OnceLock},
};

use ciel_core::{Diagnostic, Source, SourceKind, Span};

use super::{Graph, Kustomization, Root, origin};
use crate::{
    RenderOptions,
    assemble::{Piece, ReadPiece},
    file,
    helm::Helm,
    program,
};

/// The folder of the kustomization around the one that is rendered.
const OVERLAY: &str = "overlay";

/// The programs.
#[derive(Debug)]
pub(crate) struct Kustomize<'a> {
    options: &'a RenderOptions,
    helm: &'a Helm<'a>,
    program: OnceLock<Option<Program>>,
}

#[derive(Debug)]
enum Program {
    Kustomize(PathBuf),
    Kubectl(PathBuf),
}

impl<'a> Kustomize<'a> {
    /// As the options say.
    pub(crate) fn new(options: &'a RenderOptions, helm: &'a Helm<'a>) -> Self {
        Self {
            options,
            helm,
            program: OnceLock::new(),
        }
    }

    /// Whether there is a program that can render this root.
    pub(crate) fn can_render(&self, root: &Root) -> bool {
        root.troubles.is_empty()
            && self.program().is_some()
            && (root.charts.is_empty() || self.helm.program().is_some())
    }

    fn program(&self) -> Option<&Program> {
        let given = (
            self.options.kustomize.as_deref(),
            self.options.kubectl.as_deref(),
        );
        let find = || {
            program::find(given.0, "CIEL_KUSTOMIZE", "kustomize")
                .map(Program::Kustomize)
                .or_else(|| program::find(given.1, "CIEL_KUBECTL", "kubectl").map(Program::Kubectl))
        };
        self.program.get_or_init(find).as_ref()
    }
}

/// What a kustomization holds: a piece for each file that makes objects. Where it cannot be rendered, pieces that say
/// why.
pub(crate) fn render(
    graph: &Graph,
    root: &Root,
    kustomize: &Kustomize<'_>,
    name_of: &dyn Fn(&Path) -> Option<String>,
) -> Result<Vec<Piece>, Vec<Piece>> {
    let Some(kustomization) = graph.node(root.node) else {
        return Ok(Vec::new());
    };
    if !root.troubles.is_empty() {
        return Err(troubles(graph, root, kustomization));
    }
    let scratch = tempfile::Builder::new()
        .prefix("ciel-kustomize-")
        .tempdir()
        .map_err(|error| {
            failed(
                kustomization,
                &format!("no temporary folder: {error}"),
                None,
            )
        })?;
    let folder = scratch
        .path()
        .canonicalize()
        .unwrap_or_else(|_| scratch.path().to_owned());
    let rendered = run(kustomize, root, kustomization, &folder)
        .map_err(|(message, help)| failed(kustomization, &message, help))?;
    let pieces = origin::by_file(&rendered, &folder.join(OVERLAY))
        .into_iter()
        .map(|(path, text)| {
            let name = if path.as_os_str().is_empty() {
                kustomization.name.clone()
            } else {
                name_of(&path).unwrap_or_else(|| path.display().to_string())
            };
            file::parse_text(&name, SourceKind::Kustomize, text.into())
        })
        .filter(|piece| !matches!(piece, Piece::Skipped))
        .collect();
    Ok(pieces)
}

type Refusal = (String, Option<String>);

fn run(
    kustomize: &Kustomize<'_>,
    root: &Root,
    kustomization: &Kustomization,
    scratch: &Path,
) -> Result<String, Refusal> {
    let elsewhere = format!(
        "render it elsewhere: `kustomize build {} | ciel scan -`",
        kustomization.folder_name()
    );
    let Some(program) = kustomize.program() else {
        return Err((
            "there is neither `kustomize` nor `kubectl` on PATH".to_owned(),
            Some(format!(
                "install one, name it in CIEL_KUSTOMIZE or CIEL_KUBECTL, or {elsewhere}"
            )),
        ));
    };
    let (program, subcommand) = match program {
        Program::Kustomize(path) => (path, "build"),
        Program::Kubectl(path) => (path, "kustomize"),
    };
    let mut arguments: Vec<OsString> = vec![subcommand.into()];
    if !root.charts.is_empty() {
        let Some(helm) = kustomize.helm.program() else {
            return Err((
                "it inflates a chart, and there is no `helm` on PATH".to_owned(),
                Some(format!(
                    "install helm, name it in CIEL_HELM, or {elsewhere}"
                )),
            ));
        };
        arguments.push("--enable-helm".into());
        arguments.push("--helm-command".into());
        arguments.push(helm.into());
    }
    let overlay = scratch.join(OVERLAY);
    write_overlay(&overlay, kustomization.folder())
        .map_err(|error| (format!("no temporary file: {error}"), None))?;
    arguments.push(overlay.into());
    match program::run(program, &arguments, scratch) {
        Ok(output) => String::from_utf8(output)
            .map_err(|_| ("kustomize printed bytes that are no UTF-8".to_owned(), None)),
        Err(program::Failure::Refused(message)) => Err((shortened(&message), None)),
        Err(failure) => Err((format!("{}: {failure}", program.display()), None)),
    }
}

/// Writes a kustomization whose only resource is the one to render, and which asks for origins.
fn write_overlay(overlay: &Path, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir(overlay)?;
    let path = relative(overlay, folder);
    // JSON strings are YAML strings.
    let path = serde_json::Value::from(path.to_string_lossy());
    let text = format!("buildMetadata: [originAnnotations]\nresources:\n- {path}\n");
    std::fs::write(overlay.join("kustomization.yaml"), text)
}

/// The way from one absolute path to another: kustomize takes no absolute ones.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

/// What kustomize said, without the user's home or the overlay that nobody knows of.
fn shortened(message: &str) -> String {
    let message = message
        .lines()
        .find_map(|line| line.strip_prefix("Error: "))
        .or_else(|| {
            message
                .lines()
                .find_map(|line| line.strip_prefix("error: "))
        })
        .unwrap_or(message)
        .trim();
    message.chars().take(1000).collect()
}

fn failed(kustomization: &Kustomization, message: &str, help: Option<String>) -> Vec<Piece> {
    let mut diagnostic = Diagnostic::error(format!("the kustomization is not rendered: {message}"));
    diagnostic.help = help;
    vec![piece(kustomization, vec![(Span::default(), diagnostic)])]
}

/// What stands in the way of a root, each at the kustomization that says it.
fn troubles(graph: &Graph, root: &Root, kustomization: &Kustomization) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut nodes: Vec<usize> = root.troubles.iter().map(|(node, ..)| *node).collect();
    nodes.sort_unstable();
    nodes.dedup();
    for node in nodes {
        let Some(of) = graph.node(node) else {
            continue;
        };
        let diagnostics = root
            .troubles
            .iter()
            .filter(|(at, ..)| *at == node)
            .map(|(_, span, diagnostic)| {
                let message = format!(
                    "the kustomization `{}` is not rendered: {}",
                    kustomization.folder_name(),
                    diagnostic.message
                );
                let help = format!(
                    "render it elsewhere: `kustomize build {} | ciel scan -`",
                    kustomization.folder_name()
                );
                (*span, Diagnostic::error(message).with_help(help))
            })
            .collect();
        pieces.push(piece(of, diagnostics));
    }
    pieces
}

fn piece(kustomization: &Kustomization, diagnostics: Vec<(Span, Diagnostic)>) -> Piece {
    let text = Arc::clone(&kustomization.text);
    Piece::Read(ReadPiece {
        source: Source::new(&*kustomization.name, SourceKind::Kustomize, text),
        documents: Vec::new(),
        diagnostics,
        in_the_dark: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_folders_are_relative() {
        for (from, to, expected) in [
            ("/tmp/x", "/work/a", "../../work/a"),
            ("/tmp/x", "/tmp/y/z", "../y/z"),
            ("/tmp/x", "/tmp", ".."),
        ] {
            assert_eq!(
                relative(Path::new(from), Path::new(to)),
                Path::new(expected)
            );
        }
    }
}
