//! Reads and parses single files.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use ciel_core::{Diagnostic, Source, SourceKind, Span, limits};
use flate2::read::MultiGzDecoder;
use memchr::memmem;

use crate::{
    Progress,
    assemble::{Piece, ReadPiece},
    classify, text,
    walk::{FoundFile, Place},
};

/// Reads and parses a file.
pub(crate) fn read(file: FoundFile, progress: &Progress) -> Piece {
    let bytes = match file.place {
        Place::Disk(path) => read_file(&path),
        Place::Memory(bytes) => Ok(bytes),
    };
    let bytes = bytes.and_then(gunzip);
    progress.add_read(bytes.as_ref().map_or(0, Vec::len));
    match bytes {
        Ok(bytes) => parse(&file.name, file.kind, bytes),
        Err(error) => {
            tracing::debug!(file = file.name, %error, "cannot be read");
            Piece::unseen(file.name, file.kind, cannot_be_read(&error))
        }
    }
}

/// Bytes become a piece of the result.
pub(crate) fn parse(name: &str, kind: SourceKind, bytes: Vec<u8>) -> Piece {
    match text::decode(bytes) {
        Ok(text) => parse_text(name, kind, text.into()),
        Err(error) if classify::means_to_hold_objects(&error.lossy) => {
            Piece::unseen(name, kind, error.diagnostic)
        }
        Err(_) => {
            tracing::debug!(file = name, "skipped: no text");
            Piece::Skipped
        }
    }
}

/// A text becomes a piece of the result.
pub(crate) fn parse_text(name: &str, kind: SourceKind, text: Arc<str>) -> Piece {
    if !classify::may_hold_objects(&text) {
        tracing::debug!(file = name, "skipped: no apiVersion and kind");
        return Piece::Skipped;
    }
    let text = without_logs(text);
    let ciel_yaml::Parsed {
        mut documents,
        mut diagnostics,
    } = ciel_yaml::parse(&text);
    documents.retain(classify::is_object_document);
    if documents.is_empty() {
        diagnostics.retain(|(_, it)| it.is_error);
        if diagnostics.is_empty() || !classify::means_to_hold_objects(&text) {
            tracing::debug!(file = name, "skipped: no objects");
            return Piece::Skipped;
        }
    }
    hint_at_templates(&text, &mut diagnostics);
    Piece::Read(ReadPiece {
        source: Source::new(name, kind, text),
        documents,
        diagnostics,
        in_the_dark: false,
    })
}

/// `kubectl cluster-info dump` puts the logs of containers between its objects. Their lines are emptied, so that the
/// objects stay on theirs.
fn without_logs(text: Arc<str>) -> Arc<str> {
    const START: &str = "==== START logs for container ";
    const END: &str = "==== END logs for container ";
    if memmem::find(text.as_bytes(), START.as_bytes()).is_none() {
        return text;
    }
    let mut is_log = false;
    let mut emptied = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        is_log |= line.starts_with(START);
        if !is_log {
            emptied.push_str(line);
        } else if line.ends_with('\n') {
            emptied.push('\n');
        }
        is_log &= !line.starts_with(END);
    }
    emptied.into()
}

/// Says what people often mean to scan where a text does not parse.
fn hint_at_templates(text: &str, diagnostics: &mut [(Span, Diagnostic)]) {
    let errors = diagnostics.iter_mut().map(|(_, it)| it);
    for error in errors.filter(|it| it.is_error && it.help.is_none()) {
        if !text.contains("{{") {
            return;
        }
        error.help = Some("if this is a template, render it and scan what comes out".to_owned());
    }
}

/// Standard input to its end.
pub(crate) fn read_stdin() -> io::Result<Vec<u8>> {
    read_limited(io::stdin().lock(), 0)
}

/// A file to its end.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    read_limited(file, size)
}

/// Reads to the end. `size`: how many bytes are expected.
pub(crate) fn read_limited(reader: impl Read, size: u64) -> io::Result<Vec<u8>> {
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

/// What to say of a file that the system does not give out.
pub(crate) fn cannot_be_read(error: &io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot be read: {error}"))
}
