//! From what the user named to the files to read.

use std::{
    collections::HashSet,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use ciel_core::{Diagnostic, SourceKind, limits};
use ignore::WalkBuilder;

use crate::{Input, LoadError, Progress, assemble::Piece};

/// Files to read, in order.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<FoundFile>,
    /// Folders that could not be looked into.
    pub(crate) unreadable: Vec<Piece>,
    /// Whether a folder is among the inputs.
    pub(crate) whole: bool,
    seen: HashSet<PathBuf>,
}

/// A file to read.
#[derive(Debug)]
pub(crate) struct FoundFile {
    /// What the user knows it as.
    pub(crate) name: String,
    /// Where it is; none for standard input.
    pub(crate) path: Option<PathBuf>,
}

/// Folders in which version control keeps its own files.
const VERSION_CONTROL: &[&str] = &[".git", ".hg", ".svn", ".bzr", ".jj"];

/// What files that may hold objects are called.
const EXTENSIONS: &[&str] = &["yaml", "yml", "json", "jsonl", "ndjson"];

/// Looks up every input.
pub(crate) fn find(inputs: &[Input], progress: &Progress) -> Result<Found, LoadError> {
    let mut found = Found::default();
    for input in inputs {
        match input {
            Input::Stdin => {
                if found.seen.insert(PathBuf::from("-")) {
                    found.push("-".to_owned(), None, progress);
                }
            }
            Input::Path(path) => found.add_path(path, inputs.len() > 1, progress)?,
        }
    }
    Ok(found)
}

impl Found {
    fn push(&mut self, name: String, path: Option<PathBuf>, progress: &Progress) {
        progress.add_found();
        self.files.push(FoundFile { name, path });
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
                self.add_unreadable(name, &error);
                return Ok(());
            }
        };
        // Where several inputs overlap, each file is read once.
        let identity = several.then(|| path.canonicalize().ok()).flatten();
        if metadata.is_dir() {
            self.whole = true;
            self.add_folder(path, identity.as_deref(), progress);
        } else if identity.is_none_or(|identity| self.seen.insert(identity)) {
            self.push(name, Some(path.to_owned()), progress);
        }
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path, identity: Option<&Path>, progress: &Progress) {
        let start = self.files.len();
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .parents(true)
            .git_ignore(true)
            .require_git(false)
            .add_custom_ignore_filename(".cielignore")
            .filter_entry(|entry| !is_version_control(entry.file_name()))
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.add_walk_error(folder, &error);
                    continue;
                }
            };
            let is_file = entry.file_type().is_some_and(|it| it.is_file());
            if !is_file || !is_candidate(entry.file_name()) {
                continue;
            }
            if self.files.len() >= limits::FILES {
                let message = format!("more than {} files; the rest is not read", limits::FILES);
                self.unreadable.push(Piece::unseen(
                    folder.display().to_string(),
                    SourceKind::File,
                    Diagnostic::error(message),
                ));
                break;
            }
            let path = entry.into_path();
            let rest = path.strip_prefix(folder).unwrap_or(&path);
            if identity.is_some_and(|identity| !self.seen.insert(identity.join(rest))) {
                continue;
            }
            self.push(join_name(folder, rest), Some(path), progress);
        }
        if let Some(files) = self.files.get_mut(start..) {
            files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        }
    }

    fn add_walk_error(&mut self, folder: &Path, error: &ignore::Error) {
        let name = error_path(error).map_or_else(
            || folder.display().to_string(),
            |path| join_name(folder, path.strip_prefix(folder).unwrap_or(path)),
        );
        match error.io_error() {
            Some(io) => self.add_unreadable(name, io),
            None => {
                let diagnostic = Diagnostic::error(format!("cannot be looked into: {error}"));
                self.unreadable
                    .push(Piece::unseen(name, SourceKind::File, diagnostic));
            }
        }
    }

    fn add_unreadable(&mut self, name: String, error: &std::io::Error) {
        self.unreadable
            .push(Piece::unseen(name, SourceKind::File, cannot_be_read(error)));
    }
}

/// What to say of a file that the system does not give out.
pub(crate) fn cannot_be_read(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot be read: {error}"))
}

/// The name of a file in a folder: the folder as given, joined with the rest of the way; `.` is left away.
fn join_name(folder: &Path, rest: &Path) -> String {
    // Components leave away what a trailing or doubled slash adds; a leading `./` before more is the user's own.
    if folder.components().eq(Path::new(".").components()) {
        rest.display().to_string()
    } else {
        folder.join(rest).display().to_string()
    }
}

fn is_version_control(name: &OsStr) -> bool {
    VERSION_CONTROL.iter().any(|known| name == *known)
}

/// Whether a file in a folder is looked at, by its name.
fn is_candidate(name: &OsStr) -> bool {
    let name = Path::new(name);
    let has_extension = |name: &Path, wanted: &[&str]| {
        name.extension().is_some_and(|extension| {
            wanted
                .iter()
                .any(|wanted| extension.eq_ignore_ascii_case(wanted))
        })
    };
    has_extension(name, EXTENSIONS)
        || (has_extension(name, &["gz"])
            && name
                .file_stem()
                .is_some_and(|stem| has_extension(Path::new(stem), EXTENSIONS)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_path_as_given_and_the_rest() {
        for (folder, expected) in [
            (".", "a/b.yaml"),
            ("./", "a/b.yaml"),
            ("deploy", "deploy/a/b.yaml"),
            ("deploy/", "deploy/a/b.yaml"),
            ("./deploy", "./deploy/a/b.yaml"),
            ("..", "../a/b.yaml"),
            ("/srv", "/srv/a/b.yaml"),
        ] {
            assert_eq!(
                join_name(Path::new(folder), Path::new("a/b.yaml")),
                expected,
                "{folder}"
            );
        }
    }

    #[test]
    fn extensions_are_known_in_any_case() {
        for name in ["a.yaml", "a.YML", "a.json", "a.ndjson", "a.yaml.gz"] {
            assert!(is_candidate(OsStr::new(name)), "{name}");
        }
        for name in ["a.md", "yaml", "a.gz", "a.tar.gz", ".yaml"] {
            assert!(!is_candidate(OsStr::new(name)), "{name}");
        }
    }
}
