//! Capture files: where they come from, how far they have been read, and how they end.

use std::{
    fs::{self, File},
    io::{self, IsTerminal as _, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::bail;
use ciel_scap::{ReadError, Skipped};

use crate::{output, progress::ProgressLine};

/// Reads captures, and shows a person who waits how far it has come.
pub(super) struct Captures {
    bytes: Arc<AtomicU64>,
    _line: ProgressLine,
}

impl Captures {
    /// Begins with these files. Where lines go to the terminal anyway, nothing is shown between them.
    pub(super) fn new(files: &[PathBuf], target: Option<&Path>) -> Self {
        let bytes = Arc::new(AtomicU64::new(0));
        if target.is_none() && io::stdout().is_terminal() {
            return Self {
                bytes,
                _line: ProgressLine::none(),
            };
        }
        let sizes: io::Result<Vec<u64>> = files.iter().map(|file| size(file)).collect();
        let total = sizes.ok().map(|sizes| sizes.iter().sum::<u64>() >> 20);
        let read = Arc::clone(&bytes);
        let line = ProgressLine::show(move || {
            let megabytes = read.load(Ordering::Relaxed) >> 20;
            match total {
                Some(total) => format!("reading: {megabytes} of {total} MiB"),
                None => format!("reading: {megabytes} MiB"),
            }
        });
        Self { bytes, _line: line }
    }

    /// Where the bytes of a file come from.
    pub(super) fn open(&self, file: &Path) -> io::Result<impl Read + use<>> {
        let input: Box<dyn Read> = if file == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(file)?)
        };
        Ok(Counted {
            input,
            bytes: Arc::clone(&self.bytes),
        })
    }
}

/// Bytes of a file that is one.
fn size(file: &Path) -> io::Result<u64> {
    let metadata = fs::metadata(file)?;
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Counts what is read.
struct Counted {
    input: Box<dyn Read>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Refuses to write over what is to be read: a file is emptied when it is opened for writing.
pub(super) fn keep(files: &[PathBuf], target: Option<&Path>) -> anyhow::Result<()> {
    let Some(written) = target.and_then(|path| fs::canonicalize(path).ok()) else {
        return Ok(());
    };
    let is_read = |file: &PathBuf| fs::canonicalize(file).is_ok_and(|read| read == written);
    if files.iter().any(is_read) {
        bail!(
            "{} is read, and cannot be written at the same time: name another file",
            written.display()
        );
    }
    Ok(())
}

/// Says what was passed over.
pub(super) fn tell_skipped(file: &Path, skipped: Skipped) {
    if skipped.blocks + skipped.events > 0 {
        output::note(&format!(
            "note: {}: {} blocks and {} events of kinds that this version of Ciel does not know were passed over",
            file.display(),
            skipped.blocks,
            skipped.events
        ));
    }
}

/// Whether all was read; says what was not. What is no capture at all is an error.
pub(super) fn tell_end(file: &Path, end: Result<(), ReadError>) -> anyhow::Result<bool> {
    match end {
        Ok(()) => Ok(true),
        Err(error) if error.is_incomplete() => {
            output::note(&format!(
                "warning: {}: {error}; what is whole was read",
                file.display()
            ));
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
