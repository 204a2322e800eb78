//! What the text looks like around a place: lines, columns, comments.

/// A text, looked at line by line.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'t>(pub(crate) &'t str);

impl<'t> Lines<'t> {
    /// A part of the text; empty where the offsets do not fit.
    pub(crate) fn slice(self, start: usize, end: usize) -> &'t str {
        self.0.get(start..end).unwrap_or_default()
    }

    pub(crate) fn byte(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied()
    }

    /// Where the line of an offset begins.
    pub(crate) fn start(self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |found| found + 1)
    }

    /// Where the line of an offset ends, before its break.
    pub(crate) fn end(self, at: usize) -> usize {
        let next = self.next(at);
        let line = self.slice(at, next);
        at + line.trim_end_matches(['\n', '\r']).len()
    }

    /// Where the line after that of an offset begins; the text's end for the last one.
    pub(crate) fn next(self, at: usize) -> usize {
        let rest = self.slice(at, self.0.len());
        rest.find('\n').map_or(self.0.len(), |found| at + found + 1)
    }

    /// Bytes from the line's beginning.
    pub(crate) fn column(self, at: usize) -> usize {
        at - self.start(at).min(at)
    }

    /// What stands on the line before an offset.
    pub(crate) fn before(self, at: usize) -> &'t str {
        self.slice(self.start(at), at)
    }

    /// What stands on the line from an offset on, without the break.
    pub(crate) fn after(self, at: usize) -> &'t str {
        self.slice(at, self.end(at))
    }

    /// Whether only blanks, and perhaps a comment, stand on the line from an offset on.
    pub(crate) fn ends_here(self, at: usize) -> bool {
        let rest = self.after(at);
        let trimmed = rest.trim_start_matches([' ', '\t']);
        trimmed.is_empty()
            || (trimmed.starts_with('#') && (trimmed.len() < rest.len() || self.column(at) == 0))
    }

    /// The column of the comment, if the line that begins at an offset is nothing else.
    pub(crate) fn comment_line(self, start: usize) -> Option<usize> {
        let line = self.after(start);
        let trimmed = line.trim_start_matches(' ');
        trimmed
            .starts_with('#')
            .then_some(line.len() - trimmed.len())
    }

    /// Whether the line that begins at an offset is there and holds only blanks.
    pub(crate) fn is_blank_line(self, start: usize) -> bool {
        start < self.0.len() && self.after(start).trim().is_empty()
    }

    /// Where the line before the one that begins at an offset begins.
    pub(crate) fn previous(self, start: usize) -> Option<usize> {
        Some(self.start(start.checked_sub(1)?))
    }

    /// The break that the text uses at an offset: that of the line before, or else the text's first one.
    pub(crate) fn line_break(self, at: usize) -> &'static str {
        let near = self.slice(0, self.start(at));
        let near = if near.is_empty() {
            self.slice(0, self.next(0))
        } else {
            near
        };
        if near.ends_with("\r\n") { "\r\n" } else { "\n" }
    }
}

/// Whether a part of the text that lies between values holds a comment. Where it holds values too, a `#` in one of
/// them may be taken for one.
pub(crate) fn has_comment(part: &str) -> bool {
    part.split('\n')
        .any(|line| line.starts_with('#') || line.contains(" #") || line.contains("\t#"))
}

/// What remains of a part between values without blanks and comments.
pub(crate) fn tokens(part: &str) -> String {
    part.split('\n')
        .flat_map(|line| {
            let comment = line
                .match_indices('#')
                .map(|(at, _)| at)
                .find(|&at| at == 0 || matches!(line.as_bytes().get(at - 1), Some(b' ' | b'\t')));
            line.get(..comment.unwrap_or(line.len()))
                .unwrap_or_default()
                .chars()
        })
        .filter(|letter| !letter.is_whitespace())
        .collect()
}
