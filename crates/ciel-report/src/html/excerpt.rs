use std::ops::Range;

use ciel_core::{Location, Source};

use super::escape::{Markup, plain};
use crate::{hush::hush, secrets::Secrets};

/// Bytes of a line that are shown, around what is marked; the rest of a longer one is left out.
const LINE_BYTES: usize = 200;
/// Bytes that are shown before what is marked, where that stands far in a long line.
const LEAD_BYTES: usize = 60;

/// Lines of a source around a place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) lines: Vec<Line>,
}

/// One line of an excerpt.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u32,
    /// With `<mark>` around the flagged part, on the first line of the place.
    pub(super) text: Markup,
    /// Whether the place is on it.
    pub(super) flagged: bool,
}

/// Where an excerpt comes from, and how much of it there may be.
#[derive(Clone, Copy)]
pub(super) struct Excerpts<'a> {
    pub(super) secrets: &'a Secrets,
    /// Lines before and behind the place.
    pub(super) context: u32,
}

impl Excerpts<'_> {
    /// The lines around a place. Lines of another document are not shown, and what may be a secret beside it is masked.
    pub(super) fn around(self, source: &Source, at: Location) -> Excerpt {
        let first = source.line_column(at.span.start).line;
        let mut numbers = first..first + 1;
        for _ in 0..self.context {
            if let Some(before) = numbers.start.checked_sub(1)
                && source.line(before).is_some_and(belongs)
            {
                numbers.start = before;
            }
            if source.line(numbers.end).is_some_and(belongs) {
                numbers.end += 1;
            }
        }
        let lines = numbers.filter_map(|number| self.line(source, at, first, number));
        Excerpt {
            lines: lines.collect(),
        }
    }

    fn line(self, source: &Source, at: Location, first: u32, number: u32) -> Option<Line> {
        let start = source.line_start(number)? as usize;
        let line = start..start + source.line(number)?.len();
        let flagged = number == first;
        let mark = if flagged {
            marked(source, at, &line)
        } else {
            line.start..line.start
        };
        let shown = window(source, &line, &mark);
        let part = |range: Range<usize>| {
            let range =
                range.start.clamp(shown.start, shown.end)..range.end.clamp(shown.start, shown.end);
            self.secrets.mask_range(source, at.source, range)
        };
        let text = if flagged {
            format!(
                "{}<mark>{}</mark>{}",
                plain(&part(line.start..mark.start)),
                plain(&part(mark.clone())),
                plain(&part(mark.end..line.end))
            )
        } else {
            let before = number.checked_sub(1).and_then(|it| source.line(it));
            plain(&hush(part(line.clone()), before)).0
        };
        let ellipsis = |is_cut| if is_cut { "…" } else { "" };
        let text = format!(
            "{}{text}{}",
            ellipsis(shown.start > line.start),
            ellipsis(shown.end < line.end)
        );
        Some(Line {
            number,
            text: Markup(text),
            flagged,
        })
    }
}

/// Whether a line may be context: not the border between two documents.
fn belongs(line: &str) -> bool {
    !line.starts_with("---") && !line.starts_with("...")
}

/// What of a line is flagged: to the end of the place, or of its first line but for a comment there.
fn marked(source: &Source, at: Location, line: &Range<usize>) -> Range<usize> {
    let start = (at.span.start as usize).clamp(line.start, line.end);
    let end = at.span.end as usize;
    let rest = source.text.get(start..line.end).unwrap_or_default();
    if end <= line.end {
        return start..end.max(start);
    }
    let code = rest.split(" #").next().unwrap_or_default().trim_end();
    start..start + code.len()
}

/// The part of a line that is shown: all of it, or what stands around the mark.
fn window(source: &Source, line: &Range<usize>, mark: &Range<usize>) -> Range<usize> {
    if line.len() <= LINE_BYTES {
        return line.clone();
    }
    let far = mark.start - line.start > LINE_BYTES - LEAD_BYTES;
    let start = if far {
        mark.start - LEAD_BYTES
    } else {
        line.start
    };
    let start = source.text.floor_char_boundary(start).max(line.start);
    let end = source.text.floor_char_boundary(start + LINE_BYTES);
    start..end.clamp(start, line.end)
}
