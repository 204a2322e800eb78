//! Capture files: where they come from, and how they end.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use ciel_scap::{ReadError, Skipped};

use crate::output;

/// Where the bytes come from.
pub(super) fn open(file: &Path) -> io::Result<Box<dyn Read>> {
    Ok(if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(file)?)
    })
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
