//! Files that are changed in place.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use ciel_core::{Source, SourceKind};

/// Whether a file holds what was scanned, byte by byte: not compressed, in UTF-8, not changed since.
///
/// # Errors
/// Why it must not be changed.
pub(super) fn check(source: &Source, named: &[PathBuf]) -> anyhow::Result<()> {
    if source.kind == SourceKind::Stdin {
        return Ok(());
    }
    let path = Path::new(&source.name);
    let metadata = fs::symlink_metadata(path).context("it cannot be looked at")?;
    // A folder's own links are not followed when it is read, so that this one has come since.
    if metadata.is_symlink() && !named.iter().any(|named| named == path) {
        bail!("it has become a symbolic link");
    }
    let metadata = fs::metadata(path).context("it cannot be looked at")?;
    if !metadata.is_file() {
        bail!("it is no plain file");
    }
    if metadata.permissions().readonly() {
        bail!("it is read-only");
    }
    let bytes = fs::read(path).context("it cannot be read")?;
    if bytes != source.text.as_bytes() {
        bail!(
            "its bytes are not the text that was scanned: it is compressed, not UTF-8, or has changed since"
        );
    }
    Ok(())
}

/// Gives a file another text: a new file with the same permissions takes its place, so that nobody sees half of it.
/// A symbolic link stays one.
///
/// # Errors
/// Where the folder or the file cannot be written.
pub(super) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let real = path.canonicalize().context("it is gone")?;
    let folder = real.parent().context("it has no folder")?;
    let permissions = fs::metadata(&real)?.permissions();
    let mut new = tempfile::Builder::new()
        .prefix(".ciel-fix-")
        .tempfile_in(folder)
        .with_context(|| format!("no file can be made in {}", folder.display()))?;
    new.write_all(text.as_bytes())?;
    new.as_file().set_permissions(permissions)?;
    new.as_file().sync_all()?;
    new.persist(&real)?;
    Ok(())
}
