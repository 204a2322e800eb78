//! Where in a rule file something stands: from the whole file to the one value, as Falco tells it.

use std::sync::Arc;

use ciel_core::Span;

use crate::condition::Position;

/// What a place is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ItemType {
    /// The value of a key.
    ValueFor,
    /// All exceptions of a rule.
    Exceptions,
    /// One exception, or a part of one.
    Exception,
    /// All values of an exception.
    ExceptionValues,
    /// One value of an exception.
    ExceptionValue,
    /// A whole file.
    RulesContent,
    /// An item of the file.
    RulesContentItem,
    /// The version of the engine that the file wants.
    RequiredEngineVersion,
    /// The plugins that the file wants.
    RequiredPluginVersions,
    /// One of them.
    RequiredPluginVersionsEntry,
    /// Another plugin that serves as well.
    RequiredPluginVersionsAlternative,
    /// A list.
    List,
    /// An item of a list.
    ListItem,
    /// A macro.
    Macro,
    /// A macro's condition.
    MacroCondition,
    /// A rule.
    Rule,
    /// A rule's condition.
    RuleCondition,
    /// A part of a condition.
    ConditionExpression,
    /// A rule's output.
    RuleOutput,
    /// A rule's priority.
    RulePriority,
    /// What is overridden.
    Overrides,
}

impl ItemType {
    /// Falco's words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValueFor => "value for",
            Self::Exceptions => "exceptions",
            Self::Exception => "exception",
            Self::ExceptionValues => "exception values",
            Self::ExceptionValue => "exception value",
            Self::RulesContent => "rules content",
            Self::RulesContentItem => "rules content item",
            Self::RequiredEngineVersion => "required_engine_version",
            Self::RequiredPluginVersions => "required plugin versions",
            Self::RequiredPluginVersionsEntry => "required plugin versions entry",
            Self::RequiredPluginVersionsAlternative => "required plugin versions alternative",
            Self::List => "list",
            Self::ListItem => "list item",
            Self::Macro => "macro",
            Self::MacroCondition => "macro condition",
            Self::Rule => "rule",
            Self::RuleCondition => "rule condition",
            Self::ConditionExpression => "condition expression",
            Self::RuleOutput => "rule output",
            Self::RulePriority => "rule priority",
            Self::Overrides => "overrides",
        }
    }
}

/// A place as Falco counts it: offset, line and column in bytes, from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// Byte offset.
    pub offset: u32,
    /// Line.
    pub line: u32,
    /// Column in bytes.
    pub column: u32,
}

/// One step of the way to a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// What it is.
    pub item: ItemType,
    /// The name of the item, or nothing.
    pub item_name: String,
    /// The file, or the beginning of the condition.
    pub source: Arc<str>,
    /// Where.
    pub mark: Mark,
    /// What it covers, where it is a place of a file.
    pub span: Option<Span>,
}

/// The way to a place, shared with those to places below it.
#[derive(Clone, Debug)]
pub struct Context(Arc<Step>);

#[derive(Debug)]
struct Step {
    parent: Option<Context>,
    location: Location,
    /// The text that the mark points into, if it is not the file's.
    condition: Option<Arc<str>>,
}

impl Context {
    /// A whole file.
    pub(crate) fn file(name: &str) -> Self {
        Self(Arc::new(Step {
            parent: None,
            location: Location {
                item: ItemType::RulesContent,
                item_name: String::new(),
                source: Arc::from(name),
                mark: Mark::default(),
                span: None,
            },
            condition: None,
        }))
    }

    /// A place in the same file, below this one.
    pub(crate) fn below(&self, item: ItemType, item_name: &str, mark: Mark, span: Span) -> Self {
        Self(Arc::new(Step {
            parent: Some(self.clone()),
            location: Location {
                item,
                item_name: item_name.to_owned(),
                source: Arc::clone(self.file_name()),
                mark,
                span: Some(span),
            },
            condition: None,
        }))
    }

    /// A place in a condition. Falco adds the parser's place to that of the item, and counts both from different ends.
    pub(crate) fn in_condition(&self, position: Position, condition: &Arc<str>) -> Self {
        const SHOWN: usize = 20;
        let mut name = condition.to_string();
        if name.len() > SHOWN {
            let mut end = SHOWN - 3;
            while !name.is_char_boundary(end) {
                end -= 1;
            }
            name.truncate(end);
            name.push_str("...");
        }
        let base = self.0.location.mark;
        Self(Arc::new(Step {
            parent: Some(self.clone()),
            location: Location {
                item: ItemType::ConditionExpression,
                item_name: String::new(),
                source: Arc::from(format!("\"{}\"", name.replace(['\n', '\r'], " "))),
                mark: Mark {
                    offset: base.offset.saturating_add(position.offset),
                    line: base.line.saturating_add(position.line),
                    column: base.column.saturating_add(position.column),
                },
                span: None,
            },
            condition: Some(Arc::clone(condition)),
        }))
    }

    /// The file that it is about.
    #[must_use]
    pub fn file_name(&self) -> &Arc<str> {
        let mut step = self;
        while let Some(parent) = &step.0.parent {
            step = parent;
        }
        &step.0.location.source
    }

    /// The steps, from the file on.
    #[must_use]
    pub fn locations(&self) -> Vec<&Location> {
        let mut locations = vec![&self.0.location];
        let mut step = self;
        while let Some(parent) = &step.0.parent {
            step = parent;
            locations.push(&step.0.location);
        }
        locations.reverse();
        locations
    }

    /// What the innermost place of the file covers.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let locations = self.locations();
        locations.iter().rev().find_map(|location| location.span)
    }

    /// What in the file is wrong: the culprit, where it stands within the innermost place; otherwise that place.
    #[must_use]
    pub fn place(&self, text: &str, culprit: Option<&str>) -> Option<Span> {
        let span = self.span()?;
        let culprit = culprit.filter(|culprit| !culprit.is_empty());
        let found = culprit.and_then(|culprit| {
            let within = span.slice(text);
            let at = word(within, culprit)?;
            let start = span.start.saturating_add(u32::try_from(at).ok()?);
            let length = u32::try_from(culprit.len()).ok()?;
            Some(Span::new(start, start.saturating_add(length)))
        });
        Some(found.unwrap_or(span))
    }

    /// What the place is part of, in words: `rule 'x', rule condition`.
    #[must_use]
    pub fn words(&self) -> String {
        let locations = self.locations();
        // What says nothing to a person who sees the place.
        let says = |location: &&&Location| {
            let is_value = location.item == ItemType::ValueFor && location.item_name.is_empty();
            location.item != ItemType::ConditionExpression && !is_value
        };
        let steps = locations.iter().skip(1).filter(says).map(|location| {
            let item = location.item.as_str();
            if location.item_name.is_empty() {
                item.to_owned()
            } else {
                format!("{item} '{}'", location.item_name)
            }
        });
        steps.collect::<Vec<_>>().join(", ")
    }

    /// The line of the place, and one with a mark under it, as Falco shows them; `text` is that of the file.
    #[must_use]
    pub fn snippet(&self, text: &str) -> String {
        let text = self
            .0
            .condition
            .as_deref()
            .filter(|it| !it.is_empty())
            .unwrap_or(text);
        let offset = self.0.location.mark.offset as usize;
        snippet(text.as_bytes(), offset)
    }
}

/// Where a word stands in a text by itself; if nowhere, where it stands at all.
fn word(text: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let stands_alone = |at: &usize| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(is_part) && !behind.is_some_and(is_part)
    };
    let mut all = text.match_indices(word).map(|(at, _)| at);
    all.find(stands_alone).or_else(|| text.find(word))
}

fn snippet(text: &[u8], offset: usize) -> String {
    /// Bytes shown before and after the place.
    const HALF: usize = 80;
    const NOTHING: &str = "<No context available>\n";
    let byte = |at: usize| text.get(at).copied().unwrap_or(b'\n');
    if text.is_empty() {
        return NOTHING.to_owned();
    }
    let mut place = offset.min(text.len());
    while place > 0 && (place >= text.len() || byte(place) == b'\n') {
        place -= 1;
    }
    let mut from = place;
    while from > 0 && byte(from) != b'\n' && place - from < HALF {
        from -= 1;
    }
    let mut to = place;
    while to + 1 < text.len() && byte(to) != b'\n' && to - place < HALF {
        to += 1;
    }
    if byte(from) == b'\n' {
        from += 1;
    }
    if to > from && byte(to) == b'\n' {
        to -= 1;
    }
    let Some(line) = text.get(from..=to).filter(|line| !line.is_empty()) else {
        return NOTHING.to_owned();
    };
    let mut line = line.to_vec();
    let ellipsis = |line: &mut Vec<u8>, start: usize| {
        for dot in line.iter_mut().skip(start).take(3) {
            *dot = b'.';
        }
    };
    if place.saturating_sub(from) >= HALF {
        ellipsis(&mut line, 0);
    }
    if to.saturating_sub(place) >= HALF {
        let start = line.len().saturating_sub(3);
        ellipsis(&mut line, start);
    }
    let mut shown = String::from_utf8_lossy(&line).into_owned();
    shown.push('\n');
    shown.push_str(&" ".repeat(place.saturating_sub(from)));
    shown.push_str("^\n");
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_shown_with_a_mark() {
        for (text, offset, expected) in [
            ("- foo\n", 2, "- foo\n  ^\n"),
            ("a\nb: c\n", 5, "b: c\n   ^\n"),
            ("abc", 100, "abc\n  ^\n"),
            ("", 0, "<No context available>\n"),
            ("\n\n", 1, "<No context available>\n"),
        ] {
            let shown = snippet(text.as_bytes(), offset);
            if text.trim().is_empty() && !text.is_empty() {
                assert!(!shown.is_empty());
            } else {
                assert_eq!(shown, expected, "{text:?}");
            }
        }
    }

    #[test]
    fn long_lines_are_cut() {
        let text = "x".repeat(500);
        let shown = snippet(text.as_bytes(), 250);
        assert!(shown.starts_with("...x"), "{shown}");
        assert!(
            shown
                .lines()
                .next()
                .is_some_and(|line| line.ends_with("x..."))
        );
    }
}
