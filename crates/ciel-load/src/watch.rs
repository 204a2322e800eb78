//! Tells when what the user named has changed.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::Duration,
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::Input;

/// How long nothing must happen for a change to count as done: editors write a file in several steps, and version
/// control writes many files.
const QUIET: Duration = Duration::from_millis(40);

/// Sees changes of files and folders.
#[derive(Debug)]
pub struct Watcher {
    changes: Receiver<notify::Result<Event>>,
    /// The files that were named by themselves; of their folders nothing else counts.
    files: BTreeSet<PathBuf>,
    folders: Vec<PathBuf>,
    // Stops to watch when it goes.
    _inner: RecommendedWatcher,
}

/// Why changes cannot be seen.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// Standard input and bytes are read once.
    #[error("standard input cannot be watched: name files or folders")]
    NotAPath,
    /// The system refuses, as where there are more folders than it will watch.
    #[error("`{path}` cannot be watched")]
    Refused {
        /// What was to be watched.
        path: PathBuf,
        /// What the system says.
        source: notify::Error,
    },
    /// The system has stopped to tell.
    #[error("the system no longer tells of changes")]
    Ended,
}

impl Watcher {
    /// Begins to watch. What happens from now on is seen, also before the first question.
    ///
    /// # Errors
    /// Where an input is no path, or the system refuses.
    pub fn new(inputs: &[Input]) -> Result<Self, WatchError> {
        let (sender, changes) = mpsc::channel();
        let refused = |path: &Path, source| WatchError::Refused {
            path: path.to_owned(),
            source,
        };
        let mut inner =
            notify::recommended_watcher(sender).map_err(|error| refused(Path::new("."), error))?;
        let (mut files, mut folders) = (BTreeSet::new(), Vec::new());
        for input in inputs {
            let Input::Path(path) = input else {
                return Err(WatchError::NotAPath);
            };
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            let (folder, mode) = if path.is_dir() {
                folders.push(path.clone());
                (path, RecursiveMode::Recursive)
            } else {
                // Editors put a new file in the place of the old one, which a watch on the file would not survive.
                files.insert(path.clone());
                let folder = path.parent().unwrap_or(&path).to_owned();
                (folder, RecursiveMode::NonRecursive)
            };
            inner
                .watch(&folder, mode)
                .map_err(|error| refused(&folder, error))?;
        }
        Ok(Self {
            changes,
            files,
            folders,
            _inner: inner,
        })
    }

    /// Waits until something has changed and nothing more does, and says what it was.
    ///
    /// # Errors
    /// Where the system tells no more.
    pub fn wait(&self) -> Result<BTreeSet<PathBuf>, WatchError> {
        let mut changed = BTreeSet::new();
        while changed.is_empty() {
            let event = self.changes.recv().map_err(|_| WatchError::Ended)?;
            self.note(event, &mut changed);
        }
        loop {
            match self.changes.recv_timeout(QUIET) {
                Ok(event) => self.note(event, &mut changed),
                Err(RecvTimeoutError::Timeout) => return Ok(changed),
                Err(RecvTimeoutError::Disconnected) => return Err(WatchError::Ended),
            }
        }
    }

    fn note(&self, event: notify::Result<Event>, changed: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else {
            // Events were lost: anything may have changed.
            changed.extend(self.folders.iter().chain(&self.files).cloned());
            return;
        };
        // That a file is read is no change.
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        if event.need_rescan() {
            changed.extend(self.folders.iter().chain(&self.files).cloned());
        }
        changed.extend(event.paths.into_iter().filter(|path| self.is_named(path)));
    }

    fn is_named(&self, path: &Path) -> bool {
        let is_hidden = |path: &Path| path.components().any(|it| it.as_os_str() == ".git");
        self.files.contains(path)
            || self
                .folders
                .iter()
                .filter_map(|folder| path.strip_prefix(folder).ok())
                .any(|rest| !is_hidden(rest))
    }
}
