//! kubectl's way to find the documents of a stream: at each line that begins with `---`, whatever the lines
//! around it are. So a document that is no YAML cannot spoil its neighbours.

use ciel_core::Span;

/// One document's text, or why it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Without the separator's line.
    pub(crate) span: Span,
    /// What stands on the separator's line before this document and is neither blank nor a comment.
    pub(crate) bad_separator: Option<Span>,
}

/// Iterates over the documents of a text, from `at` on.
pub(crate) fn split(text: &str, at: usize) -> Split<'_> {
    Split {
        text,
        at: Some(at),
        bad_separator: None,
    }
}

/// See [`split`].
pub(crate) struct Split<'t> {
    text: &'t str,
    at: Option<usize>,
    bad_separator: Option<Span>,
}

impl Iterator for Split<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let start = self.at?;
        let bytes = self.text.as_bytes();
        let rest = bytes.get(start..)?;
        let end = if rest.starts_with(b"---") {
            Some(start)
        } else {
            memchr::memmem::find(rest, b"\n---").map(|found| start + found + 1)
        };
        let bad_separator = self.bad_separator.take();
        self.at = end.map(|separator| {
            let after = separator + 3;
            let line = bytes.get(after..).unwrap_or_default();
            let line_end =
                memchr::memchr(b'\n', line).map_or(bytes.len(), |found| after + found + 1);
            let tail = self.text.get(after..line_end).unwrap_or_default();
            let content = tail.trim();
            if !content.is_empty() && !content.starts_with('#') {
                let begin = after + (tail.len() - tail.trim_start().len());
                self.bad_separator = Some(span(begin, begin + content.len()));
            }
            line_end
        });
        Some(Chunk {
            span: span(start, end.unwrap_or(bytes.len())),
            bad_separator,
        })
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(
        u32::try_from(start).unwrap_or(u32::MAX),
        u32::try_from(end).unwrap_or(u32::MAX),
    )
}
