//! From paths to documents: files, folders, archives, Helm charts, Kustomize folders.
//!
//! [`load`] takes what the user named and gives back every source that holds Kubernetes objects, with its documents
//! and with what could not be read. It decides which files are Kubernetes files; what the objects in them mean is
//! for others to say.
//!
//! # Which files are read
//! - A folder is read recursively, hidden folders included (as `kubectl apply -R` does), but for the folders in
//!   which version control keeps its own files (`.git`, `.hg`, …). `.gitignore` and `.cielignore` are honoured, in
//!   a git repository or not, also those of the folders above. Symbolic links within a folder are not followed.
//! - In folders, files named `.yaml`, `.yml`, `.json`, `.jsonl`, `.ndjson` are looked at, in any case, and the same
//!   with `.gz` behind it. A file that is named by the user is read whatever its name.
//! - A file that holds no `apiVersion` and `kind` is no Kubernetes file: it is counted ([`Loaded::skipped`]) and left
//!   alone, even where it does not parse.
//!
//! # Archives
//! A named `.tar`, `.tar.gz` or `.zip` is known by its content; so are archives on standard input. One archive within
//! another is unfolded, deeper ones are told of. An archive that merely lies in a folder is left alone and counted (it
//! is more often somebody's build than somebody's manifests), unless it is a packaged chart.
//!
//! # Charts and kustomizations
//! - A folder with `Chart.yaml` is rendered with `helm template`, with its default values, into the namespace `default`.
//!   Its templates, subcharts, values, tests and what lies in `files` are helm's. Manifests in other folders of it are
//!   read, unless a template reaches for files (`.Files`): then whatever lies there may be one of them.
//! - Helm renders all of a chart or nothing. Where it renders nothing, it is run again: without charts that are not
//!   here (those of neighbouring folders are found), with the values that the chart is tested with (`ci/*-values.yaml`),
//!   without the templates that do not render. What was lost is said.
//! - A kustomization that no other refers to is rendered with `kustomize build`. The files that it uses are not read by
//!   themselves. A component that nobody uses is not rendered; its resources are read, its patches are no objects.
//! - Nothing is fetched: what lies elsewhere is told of.
//! - What cannot be rendered makes its source incomplete. A kustomization's resources are then read as they are; a
//!   chart's templates are never parsed.
//! - Sources are named after the file that made the objects (`web/templates/deployment.yaml`), with the rendered text.
//!
//! Architecture invariant: sources come out in the order of the inputs and, within one, of their paths, however many
//! threads read them.

mod archive;
mod assemble;
mod classify;
mod file;
mod git;
mod helm;
mod kustomize;
mod names;
mod options;
mod plan;
mod program;
mod progress;
mod run;
mod session;
mod text;
mod tree;
mod walk;
mod watch;

use ciel_core::{Diagnostic, Source};
use ciel_yaml::Document;

pub use git::{GitError, Revision, at_revision};
pub use options::{Input, LoadOptions, RenderOptions};
pub use progress::{Phase, Progress};
pub use session::Session;
pub use watch::{WatchError, Watcher};

use assemble::Assembly;

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Every source that holds objects or that could not be read. A [`SourceId`](ciel_core::SourceId) in
    /// [`diagnostics`](Self::diagnostics) is an index in this list.
    pub files: Vec<LoadedFile>,
    /// What could not be read, and what authors should know of their files.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that hold no Kubernetes objects: counted and left alone.
    pub skipped: usize,
    /// Whether the input is all there is, so that what is absent from it may be judged. Where the options do not say
    /// it: some input is a folder or an archive, and no part of it stayed in the dark. (A document that does not
    /// parse does not count: no cluster would take it either.)
    pub complete: bool,
}

/// One source and the objects in it.
#[derive(Debug)]
pub struct LoadedFile {
    /// The text and its name.
    pub source: Source,
    /// Those of its documents that are objects, or lists of them.
    pub documents: Vec<Document>,
}

/// Why nothing can be concluded at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A path that the user named is not there.
    #[error("`{0}` does not exist")]
    Missing(String),
}

/// Reads everything that the user named.
///
/// # Errors
/// Where a named path does not exist. Everything else that goes wrong is told by [`Loaded::diagnostics`], and the
/// rest is still read.
pub fn load(
    inputs: &[Input],
    options: &LoadOptions,
    progress: &Progress,
) -> Result<Loaded, LoadError> {
    load_in(inputs, options, progress, None)
}

/// Reads, with what a session has kept.
fn load_in(
    inputs: &[Input],
    options: &LoadOptions,
    progress: &Progress,
    session: Option<&Session>,
) -> Result<Loaded, LoadError> {
    progress.enter(Phase::Finding);
    let mut found = walk::find(inputs, progress)?;
    let mut assembly = Assembly::default();
    for piece in run::run(&mut found, options, progress, session) {
        assembly.add(piece);
    }
    for piece in found.unseen {
        assembly.add(piece);
    }
    progress.enter(Phase::Done);
    Ok(assembly.finish(options.complete, found.whole))
}
