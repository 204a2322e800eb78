//! Values of YAML as yaml-cpp, which Falco reads with, gives them: a scalar is the text that was written.

use ciel_core::Span;
use ciel_yaml::{Kind, Node};

use super::{Context, ItemType, LoadError, Mark};

/// Line starts of a text.
pub(crate) struct Lines(Vec<u32>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = breaks.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
        Self(std::iter::once(0).chain(starts).collect())
    }

    pub(crate) fn mark(&self, span: Span) -> Mark {
        let line = self
            .0
            .partition_point(|&start| start <= span.start)
            .saturating_sub(1);
        let start = self.0.get(line).copied().unwrap_or_default();
        Mark {
            offset: span.start,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: span.start.saturating_sub(start),
        }
    }
}

/// The text of a scalar; nothing for null and containers.
pub(crate) fn text<'d>(node: Node<'d>) -> Option<&'d str> {
    match node.kind() {
        Kind::String => Some(node.scalar_text()),
        Kind::Bool | Kind::Integer | Kind::Float => {
            let written = node.span().slice(node.document().text());
            // Behind a tag or between quotes the value is not what is written there.
            let is_plain = !written.starts_with(['"', '\'', '!', '&', '|', '>']);
            Some(if is_plain {
                written
            } else {
                node.scalar_text()
            })
        }
        Kind::Null | Kind::Sequence | Kind::Mapping => None,
    }
}

/// yaml-cpp's booleans, quoted or not.
fn boolean(text: &str) -> Option<bool> {
    let is_cased = |word: &str| {
        text == word || text == word.to_ascii_uppercase() || {
            let mut chars = text.chars();
            let first = chars.next();
            let rest = chars.as_str();
            first.is_some_and(|c| word.starts_with(c.to_ascii_lowercase()))
                && word.get(1..) == Some(rest)
        }
    };
    const WORDS: [(&str, &str); 4] = [("y", "n"), ("yes", "no"), ("true", "false"), ("on", "off")];
    WORDS.iter().find_map(|(yes, no)| {
        if is_cased(yes) {
            Some(true)
        } else if is_cased(no) {
            Some(false)
        } else {
            None
        }
    })
}

/// yaml-cpp's unsigned numbers: decimal, hexadecimal behind `0x`, octal behind `0`.
fn unsigned(text: &str) -> Option<u32> {
    let digits = text.trim_matches([' ', '\t', '\n', '\r']);
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let (digits, radix) = match digits
        .strip_prefix("0x")
        .or_else(|| digits.strip_prefix("0X"))
    {
        Some(hexadecimal) => (hexadecimal, 16),
        None if digits.len() > 1 && digits.starts_with('0') => (digits, 8),
        None => (digits, 10),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u32::from_str_radix(digits, radix).ok()
}

/// A mapping of a rule file, with the way to it.
pub(crate) struct Item<'d, 'l> {
    pub(crate) node: Node<'d>,
    pub(crate) lines: &'l Lines,
    pub(crate) context: Context,
}

impl<'d, 'l> Item<'d, 'l> {
    pub(crate) fn get(&self, key: &str) -> Option<Node<'d>> {
        self.node.get_raw(key)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The same mapping as another item.
    pub(crate) fn named(&self, item: ItemType, name: &str, parent: &Context) -> Item<'d, 'l> {
        Item {
            node: self.node,
            lines: self.lines,
            context: self.place(self.node, item, name, parent),
        }
    }

    /// The way to a node.
    pub(crate) fn place(
        &self,
        node: Node<'_>,
        item: ItemType,
        name: &str,
        parent: &Context,
    ) -> Context {
        let span = node.span();
        parent.below(item, name, self.lines.mark(span), span)
    }

    fn scalar<T>(
        &self,
        key: &str,
        decode: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, LoadError> {
        let Some(node) = self.get(key) else {
            return Ok(None);
        };
        if node.is_null() {
            let message = format!("Mapping for key '{key}' is empty");
            return Err(LoadError::yaml(message, &self.context));
        }
        let fail = |message: &str| {
            let context = self.place(node, ItemType::ValueFor, key, &self.context);
            LoadError::yaml(message, &context)
        };
        let text = text(node).ok_or_else(|| fail("Value is not a scalar value"))?;
        if text.is_empty() {
            return Err(fail("Value must be non-empty"));
        }
        let value = decode(text).ok_or_else(|| fail("Can't decode YAML scalar value"))?;
        Ok(Some(value))
    }

    fn required<T>(&self, key: &str, value: Option<T>) -> Result<T, LoadError> {
        value.ok_or_else(|| {
            let message = format!("Item has no mapping for key '{key}'");
            LoadError::yaml(message, &self.context)
        })
    }

    pub(crate) fn optional_text(&self, key: &str) -> Result<Option<String>, LoadError> {
        self.scalar(key, |text| Some(text.to_owned()))
    }

    pub(crate) fn text(&self, key: &str) -> Result<String, LoadError> {
        let value = self.optional_text(key)?;
        self.required(key, value)
    }

    pub(crate) fn optional_bool(&self, key: &str) -> Result<Option<bool>, LoadError> {
        self.scalar(key, boolean)
    }

    pub(crate) fn bool(&self, key: &str) -> Result<bool, LoadError> {
        let value = self.optional_bool(key)?;
        self.required(key, value)
    }

    pub(crate) fn optional_unsigned(&self, key: &str) -> Result<Option<u32>, LoadError> {
        self.scalar(key, unsigned)
    }

    pub(crate) fn unsigned(&self, key: &str) -> Result<u32, LoadError> {
        let value = self.optional_unsigned(key)?;
        self.required(key, value)
    }

    /// The scalars of a sequence.
    pub(crate) fn optional_texts(&self, key: &str) -> Result<Option<Vec<String>>, LoadError> {
        let Some(node) = self.get(key) else {
            return Ok(None);
        };
        let context = || self.place(node, ItemType::ValueFor, key, &self.context);
        if !node.is_sequence() {
            return Err(LoadError::yaml("Value is not a sequence", &context()));
        }
        let mut texts = Vec::with_capacity(node.len());
        for item in node.items() {
            let text = text(item).ok_or_else(|| {
                let context = self.place(item, ItemType::ListItem, "", &context());
                LoadError::yaml("sequence value is not scalar", &context)
            })?;
            texts.push(text.to_owned());
        }
        Ok(Some(texts))
    }

    pub(crate) fn texts(&self, key: &str) -> Result<Vec<String>, LoadError> {
        let value = self.optional_texts(key)?;
        self.required(key, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_those_of_yaml_cpp() {
        for (text, expected) in [
            ("true", Some(true)),
            ("True", Some(true)),
            ("TRUE", Some(true)),
            ("tRUE", None),
            ("off", Some(false)),
            ("N", Some(false)),
            ("1", None),
        ] {
            assert_eq!(boolean(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_those_of_yaml_cpp() {
        for (text, expected) in [
            ("15", Some(15)),
            ("0x10", Some(16)),
            ("010", Some(8)),
            ("0", Some(0)),
            ("-1", None),
            ("0.57.0", None),
            ("99999999999", None),
        ] {
            assert_eq!(unsigned(text), expected, "{text}");
        }
    }
}
