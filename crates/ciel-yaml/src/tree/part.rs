//! Where a part of a scalar's value stands in the source.

use std::ops::Range;

use ciel_core::Span;

use super::Node;

/// Bytes of a value's part that are looked for in the source where it is written in another way.
const NEEDLE_BYTES: usize = 200;

impl Node<'_> {
    /// Where a part of the scalar's value stands, given as bytes of [`scalar_text`](Self::scalar_text): in the line of
    /// a block scalar, within the quotes of a string. A part of several lines is given up to the end of its first.
    ///
    /// Where the value is written otherwise than it reads (escapes, folded lines), the place of the same letters, or
    /// else of the whole node.
    #[must_use]
    pub fn span_of(self, part: Range<usize>) -> Span {
        let raw = self.document.raw(self.id);
        let value = self.scalar_text();
        let whole = self.span();
        if part == (0..value.len()) {
            return whole;
        }
        let rest = value.get(part.clone()).unwrap_or_default();
        let first = rest.lines().next().unwrap_or_default();
        let found = if raw.owned {
            let source = whole.slice(&self.document.text);
            let place = if source.starts_with('|') {
                in_literal(source, value, part.start)
            } else {
                in_source(source, first)
            };
            place.map(|place| whole.start as usize + place)
        } else {
            Some(raw.text_start as usize + part.start)
        };
        let span = found.and_then(|start| {
            let end = u32::try_from(start + first.len()).ok()?;
            Some(Span::new(u32::try_from(start).ok()?, end.min(whole.end)))
        });
        span.filter(|span| span.start >= whole.start && span.start <= span.end)
            .unwrap_or(whole)
    }
}

/// A place of a value in the literal block scalar that has it, both in bytes.
fn in_literal(source: &str, value: &str, place: usize) -> Option<usize> {
    let before = value.as_bytes().get(..place)?;
    let line = memchr::memchr_iter(b'\n', before).count();
    let column = place - memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    // Line 0 of the value stands behind the line of the `|`.
    let (end, _) = memchr::memchr_iter(b'\n', source.as_bytes())
        .zip(0..=line)
        .last()?;
    let start = end + 1;
    let written = source.get(start..)?.lines().next()?;
    let reads = value.get(place - column..)?.lines().next()?;
    Some(start + written.len().checked_sub(reads.len())? + column)
}

/// Where letters of a value stand in a source that writes it in some way.
fn in_source(source: &str, letters: &str) -> Option<usize> {
    let mut end = letters.len().min(NEEDLE_BYTES);
    while !letters.is_char_boundary(end) {
        end -= 1;
    }
    let needle = letters.get(..end).filter(|needle| !needle.is_empty())?;
    memchr::memmem::find(source.as_bytes(), needle.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    #[track_caller]
    fn check(text: &str, part: &str, expected: &str) {
        let text: Arc<str> = text.into();
        let parsed = crate::parse(&text);
        let node = parsed.documents[0].root().get("a").unwrap();
        let start = node.scalar_text().find(part).unwrap();
        let span = node.span_of(start..start + part.len());
        assert_eq!(span.slice(&text), expected);
        let before = &text[..span.start as usize];
        let line = before.matches('\n').count();
        let first = part.lines().next().unwrap();
        assert!(text.lines().nth(line).unwrap().contains(first));
    }

    #[test]
    fn parts_stand_where_they_are_written() {
        check("a: |\n  one\n  two\n\n    three\n  four\n", "two", "two");
        check(
            "a: |\n  one\n  two\n\n    three\n  four\n",
            "three",
            "three",
        );
        check("a: |2-\n    one\n  two\n", "two", "two");
        check("a: |\r\n  one\r\n  two\r\n", "two", "two");
        check("a: plain text\n", "text", "text");
        check("a: \"one\\ntwo three\"\n", "two", "two");
        check("a: 'it''s two'\n", "two", "two");
        check("a: >\n  one\n  two\n  three\n", "two", "two");
        check("a: |\n  one\n  two\n  three\n", "one\ntwo", "one");
    }
}
