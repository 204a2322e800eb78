//! Reads the same inputs again and again, and what did not change only once.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use ciel_core::limits;

use crate::{
    Input, LoadError, LoadOptions, Loaded, Progress,
    assemble::Piece,
    file, load_in,
    walk::{FoundFile, Place},
};

/// What was read and rendered before, kept for the next time.
///
/// The first [`load`](Self::load) reads everything. A later one looks at each file's size and time of change, reads
/// the files that are new or differ, and renders the charts and kustomizations of which a file differs. The result is
/// the same as that of [`load`](crate::load()).
///
/// An editor gives the text of files that are not saved yet with [`set_text`](Self::set_text).
#[derive(Debug, Default)]
pub struct Session {
    kept: Mutex<HashMap<Key, Kept>>,
    texts: HashMap<PathBuf, Arc<str>>,
}

/// What is kept: a file that was read, under the name that the user gave it, or a folder that was rendered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    File(PathBuf, String),
    Render(PathBuf, Vec<PathBuf>),
}

#[derive(Debug)]
struct Kept {
    stamp: u64,
    pieces: Vec<Piece>,
    /// Whether the current run asked for it; what no run asks for is dropped.
    is_used: bool,
}

impl Session {
    /// Nothing is kept yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What a file holds instead of what is on the disk. It must be there, too: files that nobody saved are not found.
    pub fn set_text(&mut self, path: &Path, text: impl Into<Arc<str>>) {
        self.texts.insert(identity(path), text.into());
    }

    /// The file holds what is on the disk again.
    pub fn clear_text(&mut self, path: &Path) {
        self.texts.remove(&identity(path));
    }

    /// Reads everything that the user named, as [`load`](crate::load()) does.
    ///
    /// # Errors
    /// As [`load`](crate::load()).
    pub fn load(
        &mut self,
        inputs: &[Input],
        options: &LoadOptions,
        progress: &Progress,
    ) -> Result<Loaded, LoadError> {
        let loaded = load_in(inputs, options, progress, Some(self));
        let kept = self.kept.get_mut().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, kept| std::mem::take(&mut kept.is_used));
        loaded
    }

    /// A file's piece, read only if it changed.
    pub(crate) fn read(&self, found: FoundFile, progress: &Progress) -> Piece {
        let Place::Disk(path) = &found.place else {
            return file::read(found, progress);
        };
        if !self.texts.is_empty()
            && let Some(text) = self.texts.get(&identity(path))
        {
            return file::parse_text(&found.name, found.kind, Arc::clone(text));
        }
        let key = Key::File(path.clone(), found.name.clone());
        let stamp = stamp_of([path.as_path()]);
        let read = self.keep(key, stamp, || Ok(vec![file::read(found, progress)]));
        let (Ok(mut pieces) | Err(mut pieces)) = read;
        pieces.pop().unwrap_or(Piece::Skipped)
    }

    /// What a key stands for, made anew where the stamp is another or none. What could not be made is not kept.
    pub(crate) fn keep(
        &self,
        key: Key,
        stamp: Option<u64>,
        make: impl FnOnce() -> Result<Vec<Piece>, Vec<Piece>>,
    ) -> Result<Vec<Piece>, Vec<Piece>> {
        let Some(stamp) = stamp else {
            return make();
        };
        {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(kept) = kept.get_mut(&key).filter(|kept| kept.stamp == stamp) {
                kept.is_used = true;
                return Ok(kept.pieces.clone());
            }
        }
        let pieces = make()?;
        let entry = Kept {
            stamp,
            pieces: pieces.clone(),
            is_used: true,
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key, entry);
        Ok(pieces)
    }

    /// The stamp of everything that lies in some folders; none where an editor holds a file of them, or where it is too
    /// much to look at.
    pub(crate) fn stamp_of_folders(&self, folders: &HashSet<PathBuf>) -> Option<u64> {
        let is_edited = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
        if self.texts.keys().any(is_edited) {
            return None;
        }
        let mut paths = Vec::new();
        for folder in folders {
            let walk = ignore::WalkBuilder::new(folder)
                .standard_filters(false)
                .filter_entry(|entry| !crate::names::is_version_control(entry.file_name()))
                .build();
            paths.extend(walk.filter_map(Result::ok).map(ignore::DirEntry::into_path));
            if paths.len() > limits::FILES {
                return None;
            }
        }
        paths.sort_unstable();
        paths.dedup();
        stamp_of(paths.iter().map(PathBuf::as_path))
    }
}

/// Names, sizes and times of change; none where the system does not tell, or where a file changed so lately that its
/// time may not tell the next change.
fn stamp_of<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Option<u64> {
    /// Coarser than the clocks of file systems in use.
    const TICK: std::time::Duration = std::time::Duration::from_millis(20);
    let now = SystemTime::now();
    let mut hasher = DefaultHasher::new();
    for path in paths {
        let metadata = path.symlink_metadata().ok()?;
        let modified = metadata.modified().ok()?;
        if now
            .duration_since(modified)
            .is_ok_and(|passed| passed < TICK)
        {
            return None;
        }
        (path, metadata.len(), modified, metadata.is_dir()).hash(&mut hasher);
    }
    Some(hasher.finish())
}

/// Which file a path is.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
