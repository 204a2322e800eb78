//! Reads and parses single files.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use ciel_core::{Source, SourceKind, limits};
use flate2::read::MultiGzDecoder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::{
    Progress,
    assemble::{Piece, ReadPiece},
    classify, text,
    walk::{FoundFile, cannot_be_read},
};

/// From how many files on a second thread pays for its start.
const WORTH_THREADS: usize = 8;

/// Reads every file, in the order given.
pub(crate) fn read_all(files: &[FoundFile], progress: &Progress) -> Vec<Piece> {
    if files.len() < WORTH_THREADS {
        files.iter().map(|file| read(file, progress)).collect()
    } else {
        files.par_iter().map(|file| read(file, progress)).collect()
    }
}

fn read(file: &FoundFile, progress: &Progress) -> Piece {
    let (kind, bytes) = match &file.path {
        Some(path) => (SourceKind::File, read_file(path)),
        None => (SourceKind::Stdin, read_limited(io::stdin().lock(), 0)),
    };
    let bytes = bytes.and_then(gunzip);
    progress.add_read(bytes.as_ref().map_or(0, Vec::len));
    match bytes {
        Ok(bytes) => parse(&file.name, kind, bytes),
        Err(error) => {
            tracing::debug!(file = file.name, %error, "cannot be read");
            Piece::unseen(&*file.name, kind, cannot_be_read(&error))
        }
    }
}

/// Bytes of a file become a piece of the result.
pub(crate) fn parse(name: &str, kind: SourceKind, bytes: Vec<u8>) -> Piece {
    let text: Arc<str> = match text::decode(bytes) {
        Ok(text) => text.into(),
        Err(error) if classify::means_to_hold_objects(&error.lossy) => {
            return Piece::unseen(name, kind, error.diagnostic);
        }
        Err(_) => return Piece::Skipped,
    };
    parse_text(name, kind, text)
}

/// A text becomes a piece of the result.
pub(crate) fn parse_text(name: &str, kind: SourceKind, text: Arc<str>) -> Piece {
    if !classify::may_hold_objects(&text) {
        return Piece::Skipped;
    }
    let ciel_yaml::Parsed {
        mut documents,
        mut diagnostics,
    } = ciel_yaml::parse(&text);
    documents.retain(classify::is_object_document);
    if documents.is_empty() {
        diagnostics.retain(|(_, it)| it.is_error);
        if diagnostics.is_empty() || !classify::means_to_hold_objects(&text) {
            return Piece::Skipped;
        }
    }
    Piece::Read(ReadPiece {
        source: Source::new(name, kind, text),
        documents,
        diagnostics,
        in_the_dark: false,
    })
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    read_limited(file, size)
}

/// Reads to the end. `size`: how many bytes are expected.
fn read_limited(reader: impl Read, size: u64) -> io::Result<Vec<u8>> {
    if size > limits::FILE_BYTES {
        return Err(too_large());
    }
    // One byte more than expected, so that the end shows without another round of growing.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    reader
        .take(limits::FILE_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits::FILE_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> io::Error {
    io::Error::other(format!("more than {} bytes", limits::FILE_BYTES))
}

fn gunzip(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        read_limited(MultiGzDecoder::new(bytes.as_slice()), 0)
    } else {
        Ok(bytes)
    }
}
