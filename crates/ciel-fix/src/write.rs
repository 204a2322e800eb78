//! Values as text, in the style of a document.

use serde_json::Value;

use crate::{
    scalar::{self, Place},
    style::Style,
};

/// Whether a value is a mapping or sequence with something in it, which takes lines of its own in block style.
pub(crate) fn takes_lines(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    }
}

/// Writes values in block style.
pub(crate) struct Block<'s> {
    pub(crate) style: &'s Style,
    pub(crate) line_break: &'static str,
}

impl Block<'_> {
    /// A key and its value in a column, with the line's break.
    pub(crate) fn entry(&self, key: &str, value: &Value, column: usize) -> String {
        let mut text = String::new();
        self.push_indent(&mut text, column);
        self.push_entry(&mut text, key, value, column);
        text
    }

    /// An item, with its dash in a column, and the line's break.
    pub(crate) fn item(&self, value: &Value, column: usize) -> String {
        let mut text = String::new();
        self.push_indent(&mut text, column);
        self.push_item(&mut text, value, column);
        text
    }

    /// The lines of a value that takes lines of its own, below a key in a column.
    pub(crate) fn lines_below(&self, value: &Value, column: usize) -> String {
        let mut text = String::new();
        self.push_lines(&mut text, value, column);
        text
    }

    /// A value behind a dash or on the line that it begins on: its first line without indentation, the others in
    /// their column, without the last line's break.
    pub(crate) fn inline(&self, value: &Value, column: usize) -> String {
        let mut text = String::new();
        match value {
            Value::Object(map) if !map.is_empty() => self.push_map(&mut text, map, column, true),
            Value::Array(list) if !list.is_empty() => self.push_list(&mut text, list, column, true),
            _ => return self.leaf(value),
        }
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
        text
    }

    fn leaf(&self, value: &Value) -> String {
        flow(value, Place::Block, self.style.quote)
    }

    fn push_entry(&self, text: &mut String, key: &str, value: &Value, column: usize) {
        text.push_str(&scalar::key(key, Place::Block));
        text.push(':');
        if takes_lines(value) {
            text.push_str(self.line_break);
            self.push_lines(text, value, column);
        } else {
            text.push(' ');
            text.push_str(&self.leaf(value));
            text.push_str(self.line_break);
        }
    }

    fn push_lines(&self, text: &mut String, value: &Value, column: usize) {
        match value {
            Value::Object(map) => self.push_map(text, map, column + self.style.step, false),
            Value::Array(list) => self.push_list(text, list, column + self.style.list, false),
            _ => {}
        }
    }

    fn push_map(
        &self,
        text: &mut String,
        map: &serde_json::Map<String, Value>,
        column: usize,
        mut begun: bool,
    ) {
        for (key, value) in map {
            if !std::mem::take(&mut begun) {
                self.push_indent(text, column);
            }
            self.push_entry(text, key, value, column);
        }
    }

    fn push_list(&self, text: &mut String, list: &[Value], column: usize, mut begun: bool) {
        for item in list {
            if !std::mem::take(&mut begun) {
                self.push_indent(text, column);
            }
            self.push_item(text, item, column);
        }
    }

    fn push_item(&self, text: &mut String, value: &Value, column: usize) {
        text.push('-');
        let width = self.style.dash.max(2);
        self.push_indent(text, width - 1);
        text.push_str(&self.inline(value, column + width));
        text.push_str(self.line_break);
    }

    fn push_indent(&self, text: &mut String, columns: usize) {
        text.extend(std::iter::repeat_n(' ', columns));
    }
}

/// A value on one line.
pub(crate) fn flow(value: &Value, place: Place, quote: char) -> String {
    let inner = if place == Place::Block {
        Place::Flow
    } else {
        place
    };
    match value {
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let value = flow(value, inner, quote);
                format!("{}: {value}", scalar::key(key, inner))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => {
            let items = list.iter().map(|item| flow(item, inner, quote));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        _ => scalar::write(value, place, quote),
    }
}

/// A value in JSON over several lines, the first one without indentation. `indent`: that of its line; `unit`: what is
/// added to it.
pub(crate) fn json(value: &Value, indent: &str, unit: &str, line_break: &str) -> String {
    let inner = format!("{indent}{unit}");
    let (open, close, parts): (char, char, Vec<String>) = match value {
        Value::Object(map) if !map.is_empty() => {
            let entry = |(key, value): (&String, &Value)| {
                let value = json(value, &inner, unit, line_break);
                format!("{}: {value}", Value::from(key.as_str()))
            };
            ('{', '}', map.iter().map(entry).collect())
        }
        Value::Array(list) if !list.is_empty() => {
            let item = |value| json(value, &inner, unit, line_break);
            ('[', ']', list.iter().map(item).collect())
        }
        _ => return value.to_string(),
    };
    let parts = parts.join(&format!(",{line_break}{inner}"));
    format!("{open}{line_break}{inner}{parts}{line_break}{indent}{close}")
}
