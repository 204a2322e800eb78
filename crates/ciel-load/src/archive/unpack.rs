//! Writes an archive's files into a folder of their own.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use ciel_core::limits;
use tempfile::TempDir;

use super::{Format, ReadSeek, member};

/// Unpacks regular files, and nothing else, into a new folder that goes with the value. No link is made, so no path
/// can lead out of it.
pub(super) fn unpack(reader: &mut Box<dyn ReadSeek>, format: Format) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("ciel-archive-").tempdir()?;
    let mut failed = None;
    let read = member::each(reader, format, &mut |path, _, content| {
        failed = write(&folder.path().join(path), content).err();
        failed.is_none()
    });
    match failed {
        Some(error) => Err(error),
        None => read.map(|()| folder).map_err(io::Error::other),
    }
}

fn write(path: &Path, content: &mut dyn Read) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)?;
    let written = io::copy(&mut content.take(limits::FILE_BYTES + 1), &mut file)?;
    if written > limits::FILE_BYTES {
        return Err(io::Error::other(format!(
            "{} is larger than {} bytes",
            path.display(),
            limits::FILE_BYTES
        )));
    }
    Ok(())
}

/// The path of the first file in an archive.
pub(crate) fn first_member(reader: &mut Box<dyn ReadSeek>, format: Format) -> Option<PathBuf> {
    let mut first = None;
    let _ = member::each(reader, format, &mut |path, _, _| {
        first = Some(path.to_owned());
        false
    });
    first
}
