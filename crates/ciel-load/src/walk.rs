//! From what the user named to the files to look at.

use std::{
    collections::HashSet,
    fs::Metadata,
    path::{Path, PathBuf},
};

use ciel_core::{Diagnostic, SourceKind, limits};
use ignore::WalkBuilder;
use tempfile::TempDir;

use crate::{
    Input, LoadError, Progress, archive,
    assemble::Piece,
    file::{self, cannot_be_read},
    names,
    tree::Tree,
};

/// Files to look at, in order.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<FoundFile>,
    pub(crate) trees: Vec<Tree>,
    /// What could not be looked into.
    pub(crate) unseen: Vec<Piece>,
    /// Whether a folder or an archive is among the inputs.
    pub(crate) whole: bool,
    /// Archives that were unpacked; they go when this goes.
    pub(crate) unpacked: Vec<TempDir>,
    seen: HashSet<PathBuf>,
}

/// A file to look at.
#[derive(Debug)]
pub(crate) struct FoundFile {
    /// What the user calls it.
    pub(crate) name: String,
    pub(crate) kind: SourceKind,
    pub(crate) place: Place,
    /// The folder that it was found in, as an index of [`Found::trees`].
    pub(crate) tree: Option<usize>,
}

/// Where the bytes of a file are.
#[derive(Debug)]
pub(crate) enum Place {
    Disk(PathBuf),
    Memory(Vec<u8>),
}

/// Looks up every input.
pub(crate) fn find(inputs: &[Input], progress: &Progress) -> Result<Found, LoadError> {
    let mut found = Found::default();
    for input in inputs {
        match input {
            Input::Stdin => found.add_stdin(progress),
            Input::Bytes { name, bytes } => {
                found.add_bytes(name.clone(), SourceKind::File, bytes.clone(), progress);
            }
            Input::Path(path) => found.add_path(path, inputs.len() > 1, progress)?,
        }
    }
    Ok(found)
}

impl Found {
    /// Adds a file, unless there are too many.
    pub(crate) fn push(&mut self, file: FoundFile, progress: &Progress) {
        match self.files.len().cmp(&limits::FILES) {
            std::cmp::Ordering::Less => {
                progress.add_found();
                self.files.push(file);
            }
            std::cmp::Ordering::Equal => {
                let message = format!("more than {} files; the rest is not read", limits::FILES);
                let piece = Piece::unseen(&*file.name, file.kind, Diagnostic::error(message));
                self.unseen.push(piece);
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    /// Adds a folder and gives its index.
    pub(crate) fn push_tree(&mut self, tree: Tree) -> usize {
        self.trees.push(tree);
        self.trees.len() - 1
    }

    fn add_stdin(&mut self, progress: &Progress) {
        if !self.seen.insert(PathBuf::from("-")) {
            return;
        }
        match file::read_stdin() {
            Ok(bytes) => self.add_bytes("-".to_owned(), SourceKind::Stdin, bytes, progress),
            Err(error) => self.add_unseen("-".to_owned(), SourceKind::Stdin, &error),
        }
    }

    /// Bytes that cannot be read twice: an archive or a file.
    fn add_bytes(&mut self, name: String, kind: SourceKind, bytes: Vec<u8>, progress: &Progress) {
        match archive::format_of(&bytes) {
            Some(format) => {
                self.whole = true;
                let reader = Box::new(std::io::Cursor::new(bytes));
                archive::open(self, &name, reader, format, 0, progress);
            }
            None => self.push(
                FoundFile {
                    name,
                    kind,
                    place: Place::Memory(bytes),
                    tree: None,
                },
                progress,
            ),
        }
    }

    fn add_path(
        &mut self,
        path: &Path,
        several: bool,
        progress: &Progress,
    ) -> Result<(), LoadError> {
        let name = path.display().to_string();
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(LoadError::Missing(name));
            }
            Err(error) => {
                self.add_unseen(name, SourceKind::File, &error);
                return Ok(());
            }
        };
        // Where several inputs overlap, each file is read once.
        let real = several.then(|| path.canonicalize().ok()).flatten();
        if metadata.is_dir() {
            self.whole = true;
            self.add_folder(path, real.as_deref(), progress);
        } else if real.is_none_or(|real| self.seen.insert(real)) {
            self.add_file(name, path, &metadata, progress);
        }
        Ok(())
    }

    fn add_file(&mut self, name: String, path: &Path, metadata: &Metadata, progress: &Progress) {
        // A pipe (`<(helm template …)`) gives its bytes once.
        if !metadata.is_file() {
            match file::read_file(path) {
                Ok(bytes) => self.add_bytes(name, SourceKind::File, bytes, progress),
                Err(error) => self.add_unseen(name, SourceKind::File, &error),
            }
            return;
        }
        let file_name = path.file_name().unwrap_or_default();
        let is_project = names::is_chart(file_name) || names::is_kustomization(file_name);
        let tree = is_project.then(|| {
            let folder = path.parent().unwrap_or_else(|| Path::new(""));
            self.push_tree(Tree::of_folder(folder))
        });
        if !is_project && !names::is_manifest(file_name) {
            match archive::peek(path) {
                Ok(Some((format, reader))) => {
                    self.whole = true;
                    archive::open(self, &name, reader, format, 0, progress);
                    return;
                }
                Ok(None) => {}
                Err(error) if error.kind() == std::io::ErrorKind::Unsupported => {
                    let diagnostic = Diagnostic::error(error.to_string())
                        .with_help("unpack it, and scan what is in it");
                    let piece = Piece::unseen(name, SourceKind::Archive, diagnostic);
                    return self.unseen.push(piece);
                }
                Err(error) => return self.add_unseen(name, SourceKind::File, &error),
            }
        }
        let file = FoundFile {
            name,
            kind: SourceKind::File,
            place: Place::Disk(path.to_owned()),
            tree,
        };
        self.push(file, progress);
    }

    fn add_folder(&mut self, folder: &Path, real: Option<&Path>, progress: &Progress) {
        let tree = Tree::of_folder(folder);
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .parents(true)
            .git_ignore(true)
            .require_git(false)
            .add_custom_ignore_filename(".cielignore")
            .filter_entry(|entry| !names::is_version_control(entry.file_name()))
            .build();
        let mut paths = Vec::new();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    let name = entry.file_name();
                    let is_wanted = names::is_manifest(name)
                        || names::is_kustomization(name)
                        || names::is_archive(name);
                    if is_wanted && entry.file_type().is_some_and(|it| it.is_file()) {
                        paths.push(entry.into_path());
                    }
                }
                Err(error) => self.add_walk_error(&tree, &error),
            }
            if paths.len() > limits::FILES {
                break;
            }
        }
        paths.sort_unstable();
        let index = self.push_tree(tree);
        let charts: HashSet<PathBuf> = paths
            .iter()
            .filter(|path| path.file_name().is_some_and(names::is_chart))
            .filter_map(|path| path.parent().map(Path::to_owned))
            .collect();
        for path in paths {
            let rest = path.strip_prefix(folder).unwrap_or(&path);
            if real.is_some_and(|real| !self.seen.insert(real.join(rest))) {
                continue;
            }
            let Some(tree) = self.trees.get(index) else {
                break;
            };
            let name = tree.name(rest);
            if names::is_archive(path.file_name().unwrap_or_default()) {
                if !is_subchart(&path, &charts) {
                    self.add_archive_in_folder(name, &path, progress);
                }
                continue;
            }
            let file = FoundFile {
                name,
                kind: SourceKind::File,
                place: Place::Disk(path),
                tree: Some(index),
            };
            self.push(file, progress);
        }
    }

    /// An archive that nobody named is left alone, unless it is a packaged chart: helm writes `NAME/Chart.yaml` first.
    fn add_archive_in_folder(&mut self, name: String, path: &Path, progress: &Progress) {
        let opened = match archive::peek(path) {
            Ok(opened) => opened,
            Err(error) if error.kind() == std::io::ErrorKind::Unsupported => None,
            Err(error) => return self.add_unseen(name, SourceKind::Archive, &error),
        };
        if let Some((format, mut reader)) = opened {
            let is_chart = archive::first_member(&mut reader, format).is_some_and(|first| {
                first.file_name().is_some_and(names::is_chart) && first.components().count() == 2
            });
            if is_chart {
                return archive::open(self, &name, reader, format, 0, progress);
            }
        }
        tracing::debug!(file = name, "skipped: an archive within a folder");
        self.unseen.push(Piece::Skipped);
    }

    fn add_walk_error(&mut self, tree: &Tree, error: &ignore::Error) {
        let path = error_path(error).unwrap_or(&tree.folder);
        let name = tree.name(path.strip_prefix(&tree.folder).unwrap_or(path));
        match error.io_error() {
            Some(io) => self.add_unseen(name, SourceKind::File, io),
            None => {
                let diagnostic = Diagnostic::error(format!("cannot be looked into: {error}"));
                let piece = Piece::unseen(name, SourceKind::File, diagnostic);
                self.unseen.push(piece);
            }
        }
    }

    fn add_unseen(&mut self, name: String, kind: SourceKind, error: &std::io::Error) {
        self.unseen
            .push(Piece::unseen(name, kind, cannot_be_read(error)));
    }
}

/// Whether an archive lies in the `charts` folder of a chart.
fn is_subchart(path: &Path, charts: &HashSet<PathBuf>) -> bool {
    path.parent()
        .filter(|folder| folder.file_name().is_some_and(|name| name == "charts"))
        .and_then(Path::parent)
        .is_some_and(|chart| charts.contains(chart))
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        _ => None,
    }
}
