//! Findings that somebody has decided to live with: `# ciel: ignore[POD001] reason` beside the line, and the
//! annotation `ciel.dev/ignore` on the object.

use crate::{Check, Selector, Span};

/// Where a suppression was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// A comment in the source.
    Comment,
    /// An annotation of the object or of its pod template.
    Annotation,
    /// The configuration file.
    Config,
}

/// Why a finding is waved through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Where it was written.
    pub kind: SuppressionKind,
    /// The author's reason; empty where none was given.
    pub reason: String,
}

/// The annotation that suppresses findings of its object: lines (or parts between semicolons) of
/// `CODE[,CODE…] [reason]`.
pub const ANNOTATION: &str = "ciel.dev/ignore";

/// Checks that are waved through, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// Which checks.
    pub selectors: Vec<Selector>,
    /// The author's reason; empty where none was given.
    pub reason: String,
}

impl Ignore {
    /// Whether it names this check.
    #[must_use]
    pub fn matches(&self, check: &Check) -> bool {
        self.selectors
            .iter()
            .any(|selector| selector.matches(check))
    }

    fn new(list: &str, reason: &str) -> Option<Self> {
        let selectors: Vec<_> = list
            .split(',')
            .map(Selector::new)
            .filter(|selector| !selector.as_str().is_empty())
            .collect();
        (!selectors.is_empty()).then(|| Self {
            selectors,
            reason: reason.trim().to_owned(),
        })
    }
}

/// Reads the value of [`ANNOTATION`].
#[must_use]
pub fn parse_annotation(value: &str) -> Vec<Ignore> {
    value
        .split(['\n', ';'])
        .filter_map(|entry| {
            let entry = entry.trim();
            // A list may have blanks behind its commas: the reason begins at the first blank that follows none.
            let mut end = entry.len();
            for (at, _) in entry.match_indices([' ', '\t']) {
                if !entry
                    .get(..at)
                    .unwrap_or_default()
                    .trim_end()
                    .ends_with(',')
                {
                    end = at;
                    break;
                }
            }
            let (list, reason) = entry.split_at_checked(end)?;
            Ignore::new(list, reason)
        })
        .collect()
}

/// A comment that suppresses findings on some lines of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentIgnore {
    /// Which checks, and why.
    pub ignore: Ignore,
    /// The lines that it covers: the comment's own line if something stands before it; otherwise the entry that
    /// follows, with all lines that are indented deeper. Above the first entry of a document: the whole document.
    pub covers: Span,
    /// Where the comment itself stands.
    pub span: Span,
}

const MARK: &str = "ciel: ignore[";

/// Finds `# ciel: ignore[CODE,…] reason` comments in YAML text. It looks at lines, not at structure: a match
/// inside a string suppresses nothing but that string's own line.
#[must_use]
pub fn parse_comments(text: &str) -> Vec<CommentIgnore> {
    memchr::memmem::find_iter(text.as_bytes(), MARK.as_bytes())
        .filter_map(|at| parse_comment(text, at))
        .collect()
}

fn parse_comment(text: &str, at: usize) -> Option<CommentIgnore> {
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |before| before + 1);
    let line_end = text
        .get(at..)?
        .find('\n')
        .map_or(text.len(), |after| at + after);
    let before_mark = text.get(line_start..at)?;
    let hash = before_mark.rfind('#')?;
    if !before_mark.get(hash + 1..)?.trim().is_empty() {
        return None;
    }
    let (list, reason) = text.get(at + MARK.len()..line_end)?.split_once(']')?;
    let ignore = Ignore::new(list, reason)?;
    let before = before_mark.get(..hash)?;
    let (start, end) = if before.trim().is_empty() {
        following_block(text, line_start, line_end)
    } else {
        (line_start, line_end)
    };
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Some(CommentIgnore {
        ignore,
        covers: Span::new(offset(start), offset(end)),
        span: Span::new(offset(line_start + hash), offset(line_end)),
    })
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
        parse_comments(text)
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

    #[test]
    fn annotation_has_lists_and_reasons() {
        let parsed = parse_annotation("POD001, POD002 node agent\nNET001");
        assert_eq!(parsed.len(), 2);
        assert_eq!(parsed[0].selectors.len(), 2);
        assert_eq!(parsed[0].reason, "node agent");
        assert_eq!(parsed[1].reason, "");
    }
}
