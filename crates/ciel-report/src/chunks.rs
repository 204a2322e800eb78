//! Many items made into text on all threads, and written in their order.

use std::io::{self, Write};

use rayon::prelude::*;

/// Items that are made into text at once by one thread.
const CHUNK: usize = 512;
/// Chunks whose text is in memory at once.
const CHUNKS: usize = 32;

/// Makes items into text, on all threads where they are many, and writes the text in their order.
pub(crate) fn write_all<T: Sync, W: Write + ?Sized>(
    items: &[T],
    out: &mut W,
    make: impl Fn(&mut Vec<u8>, &T) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let text_of = |items: &[T]| {
        let mut text = Vec::new();
        for item in items {
            make(&mut text, item)?;
        }
        io::Result::Ok(text)
    };
    for part in items.chunks(CHUNK * CHUNKS) {
        let texts: Vec<Vec<u8>> = if part.len() <= CHUNK {
            vec![text_of(part)?]
        } else {
            part.par_chunks(CHUNK)
                .map(text_of)
                .collect::<Result<_, _>>()?
        };
        for text in texts {
            out.write_all(&text)?;
        }
    }
    Ok(())
}

/// Writes the items of a JSON list between its brackets, a line each, so that `grep` and `diff` see them.
pub(crate) fn write_json_items<T: Sync, S: serde::Serialize, W: Write + ?Sized>(
    items: &[T],
    out: &mut W,
    make: impl Fn(&T) -> S + Sync,
) -> io::Result<()> {
    let Some((first, others)) = items.split_first() else {
        return Ok(());
    };
    out.write_all(b"\n    ")?;
    serde_json::to_writer(&mut *out, &make(first))?;
    write_all(others, out, |text, item| {
        text.extend_from_slice(b",\n    ");
        Ok(serde_json::to_writer(text, &make(item))?)
    })?;
    out.write_all(b"\n  ")
}
