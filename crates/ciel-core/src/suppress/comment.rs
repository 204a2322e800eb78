use super::{CommentIgnore, Ignore, foreign};
use crate::{Span, limits};

const MARK: &str = "ciel: ignore[";

/// Finds `# ciel: ignore[CODE,…] reason` comments in YAML text, and those of other tools where they are to be honoured
/// (`with_foreign`), in their order. It looks at lines, not at structure: a match inside a string suppresses nothing but
/// that string's own line. Also tells whether these are all: past [`limits::SUPPRESSION_COMMENTS`] nothing is read.
#[must_use]
pub fn parse_comments(text: &str, with_foreign: bool) -> (Vec<CommentIgnore>, bool) {
    const MOST: usize = limits::SUPPRESSION_COMMENTS;
    let own = memchr::memmem::find_iter(text.as_bytes(), MARK.as_bytes());
    let own = own.filter_map(|at| own_comment(Comment::with(text, at)?));
    let mut comments: Vec<_> = own.take(MOST + 1).collect();
    if with_foreign {
        let room = (MOST + 1).saturating_sub(comments.len());
        comments.extend(foreign::comments(text).take(room));
        comments.sort_by_key(|comment| comment.span.start);
    }
    let is_all = comments.len() <= MOST;
    comments.truncate(MOST);
    (comments, is_all)
}

fn own_comment(comment: Comment<'_>) -> Option<CommentIgnore> {
    let words = comment.content().trim_start().strip_prefix(MARK)?;
    let (list, reason) = words.split_once(']')?;
    Some(comment.covering_entry(Ignore::of_list(list, reason)?))
}

/// A comment in a text: from its `#` to the end of its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'t> {
    text: &'t str,
    line_start: usize,
    hash: usize,
    line_end: usize,
}

impl<'t> Comment<'t> {
    /// The comment that a place of a text stands in: behind the last `#` before it, with nothing but blanks between.
    pub(super) fn with(text: &'t str, at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let line_start = memchr::memrchr(b'\n', bytes.get(..at)?).map_or(0, |before| before + 1);
        let line_end =
            memchr::memchr(b'\n', bytes.get(at..)?).map_or(text.len(), |after| at + after);
        let before = text.get(line_start..at)?;
        let hash = before.rfind('#')?;
        before.get(hash + 1..)?.trim().is_empty().then_some(Self {
            text,
            line_start,
            hash: line_start + hash,
            line_end,
        })
    }

    /// The comment that a place of a text stands in, wherever in it.
    pub(super) fn around(text: &'t str, at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let line_start = memchr::memrchr(b'\n', bytes.get(..at)?).map_or(0, |before| before + 1);
        let mut hashes = memchr::memchr_iter(b'#', bytes.get(line_start..at)?);
        let hash = hashes.find(|hash| {
            let before = hash
                .checked_sub(1)
                .and_then(|it| bytes.get(line_start + it));
            before.is_none_or(u8::is_ascii_whitespace)
        })?;
        Self::with(text, line_start + hash + 1)
    }

    /// Where its `#` stands.
    pub(super) fn start(self) -> usize {
        self.hash
    }

    /// What stands behind the `#`.
    pub(super) fn content(self) -> &'t str {
        self.text
            .get(self.hash + 1..self.line_end)
            .unwrap_or_default()
    }

    /// Suppresses on its own line if something stands before it, or else in the entry that follows.
    pub(super) fn covering_entry(self, ignore: Ignore) -> CommentIgnore {
        let before = self
            .text
            .get(self.line_start..self.hash)
            .unwrap_or_default();
        let covers = if before.trim().is_empty() {
            following_block(self.text, self.line_start, self.line_end)
        } else {
            (self.line_start, self.line_end)
        };
        self.covering(ignore, covers)
    }

    /// Suppresses in the document that it stands in.
    pub(super) fn covering_document(self, ignore: Ignore) -> CommentIgnore {
        let covers = document_around(self.text, self.line_start);
        self.covering(ignore, covers)
    }

    /// Suppresses in the whole text.
    pub(super) fn covering_file(self, ignore: Ignore) -> CommentIgnore {
        self.covering(ignore, (0, self.text.len()))
    }

    /// Suppresses on the line below.
    pub(super) fn covering_next_line(self, ignore: Ignore) -> CommentIgnore {
        let start = (self.line_end + 1).min(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let end = start + rest.find('\n').unwrap_or(rest.len());
        self.covering(ignore, (start, end))
    }

    /// Whether nothing but comments, blanks and a mark of a document stands above it.
    pub(super) fn heads_its_file(self) -> bool {
        let above = self.text.get(..self.hash).unwrap_or_default();
        above
            .lines()
            .map(str::trim)
            .all(|line| line.is_empty() || line.starts_with('#') || line == "---")
    }

    fn covering(self, ignore: Ignore, (start, end): (usize, usize)) -> CommentIgnore {
        CommentIgnore {
            ignore,
            covers: span(start, end),
            span: span(self.hash, self.line_end),
        }
    }
}

fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

/// The document of a stream that a place stands in.
fn document_around(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mark = memchr::memmem::rfind(bytes.get(..at).unwrap_or_default(), b"\n---");
    let start = mark.map_or(0, |before| before + 1);
    let mark = memchr::memmem::find(bytes.get(at..).unwrap_or_default(), b"\n---");
    let end = mark.map_or(text.len(), |after| at + after);
    (start, end)
}

/// The entry that begins on the first line after `line_end` that is neither blank nor a comment.
fn following_block(text: &str, line_start: usize, line_end: usize) -> (usize, usize) {
    let heads_document = text
        .get(..line_start)
        .unwrap_or_default()
        .lines()
        .rev()
        .take_while(|line| !line.starts_with("---"))
        .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    let mut first: Option<(usize, usize)> = None;
    let mut end = line_end;
    let mut at = (line_end + 1).min(text.len());
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        if heads_document {
            if line.starts_with("---") && first.is_some() {
                break;
            }
            first = first.or(Some((at, 0)));
            end = at + line.len();
        } else if !content.is_empty() && !content.starts_with('#') {
            match first {
                // The items of a list may stand at the indent of their key.
                Some((_, own))
                    if indent < own || (indent == own && !is_item_of(text, first, content)) =>
                {
                    break;
                }
                Some(_) => {}
                None => first = Some((at, indent)),
            }
            end = at + line.len();
        }
        at += line.len();
    }
    (first.map_or(line_end, |(start, _)| start), end)
}

fn is_item_of(text: &str, first: Option<(usize, usize)>, content: &str) -> bool {
    let head = first
        .and_then(|(start, _)| text.get(start..))
        .and_then(|rest| rest.lines().next());
    content.starts_with("- ")
        && head.is_some_and(|line| {
            line.trim_end().ends_with(':') && !line.trim_start().starts_with('-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<&str> {
        parse_comments(text, false)
            .0
            .iter()
            .map(|comment| comment.covers.slice(text))
            .collect()
    }

    #[test]
    fn trailing_comment_covers_its_line() {
        assert_eq!(
            covered("a: 1\nb: 2 # ciel: ignore[POD001] known\nc: 3\n"),
            ["b: 2 # ciel: ignore[POD001] known"]
        );
    }

    #[test]
    fn standalone_comment_covers_the_entry_below() {
        let text = "x: 0\nspec:\n  # ciel: ignore[POD001, NET] needs it\n  containers:\n  - name: a\n    image: b\n  volumes: []\n";
        assert_eq!(
            covered(text),
            ["  containers:\n  - name: a\n    image: b\n"]
        );
    }

    #[test]
    fn standalone_comment_covers_one_list_item() {
        let text = "spec:\n  containers:\n  # ciel: ignore[POD001]\n  - name: a\n    image: b\n  - name: c\n";
        assert_eq!(covered(text), ["  - name: a\n    image: b\n"]);
    }

    #[test]
    fn comment_above_the_first_entry_covers_the_document() {
        let text = "---\n# ciel: ignore[POD001] all\na: 1\nb: 2\n---\nc: 3\n";
        assert_eq!(covered(text), ["a: 1\nb: 2\n"]);
    }
}
