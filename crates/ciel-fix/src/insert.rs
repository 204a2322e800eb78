//! Keys and items that were not there.

use ciel_yaml::Node;
use serde_json::{Map, Value};

use crate::{
    Edit, Refusal,
    edit::Ranked,
    lines,
    plan::Site,
    scalar::{self, Place},
    walk::{Found, end, is_flow, start},
    write,
};

/// Lines from which on an entry is long: what is new does not hide behind it.
const LONG: usize = 10;

/// Keys from which on it is no chance that they are in the order of the alphabet.
const SORTED: usize = 3;

impl Site<'_> {
    /// Puts a key into a mapping that has none of this name.
    pub(crate) fn insert_entry(
        &self,
        mapping: &Found<'_>,
        path: &str,
        key: &str,
        value: &Value,
    ) -> Result<Vec<Ranked>, Refusal> {
        let node = mapping.node;
        if node.is_empty() {
            let whole = Value::Object(Map::from_iter([(key.to_owned(), value.clone())]));
            return self.replace(mapping, path, &whole);
        }
        if is_flow(self.text, node) {
            let place = self.place(&[node]);
            let colon = if self.style.compact { ":" } else { ": " };
            let key = format!("{}{colon}", scalar::key(key, place));
            return self.insert_in_brackets(node, path, &key, value);
        }
        let column = self.column_of_entries(node, path)?;
        let at = self.place_of_entry(node, key, column, path)?;
        let lines = self.block(at).entry(key, value, column);
        Ok(vec![self.put_lines(at, lines, column)])
    }

    /// Puts an item into a sequence, before the one of an index.
    pub(crate) fn insert_item(
        &self,
        sequence: &Found<'_>,
        path: &str,
        index: usize,
        value: &Value,
    ) -> Result<Vec<Ranked>, Refusal> {
        let node = sequence.node;
        if node.is_empty() {
            let whole = Value::Array(vec![value.clone()]);
            return self.replace_inline(sequence, path, &whole);
        }
        if is_flow(self.text, node) {
            if index < node.len() {
                return Err(Refusal::Layout(path.to_owned()));
            }
            return self.insert_in_brackets(node, path, "", value);
        }
        let column = self.column_of_entries(node, path)?;
        let at = match index.checked_sub(1) {
            None if self.text.before(start(node)).trim().is_empty() => self.text.start(start(node)),
            None => return Err(Refusal::Layout(path.to_owned())),
            Some(before) => {
                let item = node.item(before).unwrap_or(node);
                let at = if index == node.len() {
                    end(node)
                } else {
                    end(item)
                };
                self.behind(at, item, column, path)?
            }
        };
        let lines = self.block(at).item(value, column);
        Ok(vec![self.put_lines(at, lines, column)])
    }

    /// The column of a block collection; what stands before it on its line is no more than dashes.
    fn column_of_entries(&self, node: Node<'_>, path: &str) -> Result<usize, Refusal> {
        let before = self.text.before(start(node));
        if before.bytes().all(|byte| matches!(byte, b' ' | b'-')) {
            Ok(before.len())
        } else {
            Err(Refusal::Layout(path.to_owned()))
        }
    }

    /// Where the line of a new key goes: into the order of the alphabet where there is one, before what is long where
    /// that is last, and else to the end.
    fn place_of_entry(
        &self,
        mapping: Node<'_>,
        key: &str,
        column: usize,
        path: &str,
    ) -> Result<usize, Refusal> {
        let entries: Vec<_> = mapping.entries().collect();
        let index = if self.are_own(mapping, &entries) {
            let sorted = entries.is_sorted_by_key(|(key, _)| key.scalar_text());
            let next = if sorted && (self.style.sorted || entries.len() >= SORTED) {
                entries.iter().position(|(it, _)| it.scalar_text() > key)
            } else {
                self.first_long(&entries)
            };
            next.unwrap_or(entries.len())
        } else {
            entries.len()
        };
        let before = index.checked_sub(1).and_then(|it| entries.get(it));
        match (before, entries.first()) {
            (Some((_, value)), _) if index < entries.len() => {
                self.behind(end(*value), *value, column, path)
            }
            (None, Some((first, _))) if self.stands_alone(start(*first)) => {
                Ok(self.text.start(start(*first)))
            }
            _ => {
                let last = entries.last().map_or(mapping, |(_, value)| *value);
                self.behind(end(mapping), last, column, path)
            }
        }
    }

    /// Whether something is the first on its line, and no comment stands above it.
    fn stands_alone(&self, at: usize) -> bool {
        let line = self.text.start(at);
        let above = self.text.previous(line);
        self.text.before(at).trim().is_empty()
            && above.is_none_or(|above| self.text.comment_line(above).is_none())
    }

    /// Whether entries stand one behind the other in their mapping, none of them brought in from elsewhere.
    fn are_own(&self, mapping: Node<'_>, entries: &[(Node<'_>, Node<'_>)]) -> bool {
        let mut at = start(mapping);
        entries.iter().all(|(key, value)| {
            let follows = start(*key) >= at && start(*value) >= end(*key);
            at = end(*value);
            follows && at <= end(mapping)
        })
    }

    /// The first long entry, if the last one is long.
    fn first_long(&self, entries: &[(Node<'_>, Node<'_>)]) -> Option<usize> {
        let is_long = |(key, value): &(Node<'_>, Node<'_>)| {
            let lines = self.text.slice(start(*key), end(*value)).matches('\n');
            value.is_sequence() && lines.count() >= LONG
        };
        entries.last().filter(|last| is_long(last))?;
        entries.iter().position(is_long)
    }

    /// Puts an entry or item behind the last one of a collection with brackets. `key`: with its colon; empty for items.
    fn insert_in_brackets(
        &self,
        node: Node<'_>,
        path: &str,
        key: &str,
        value: &Value,
    ) -> Result<Vec<Ranked>, Refusal> {
        let layout = || Refusal::Layout(path.to_owned());
        let (first, last) = self.ends(node).ok_or_else(layout)?;
        let close = end(node).saturating_sub(1);
        let rest = self.text.slice(last, close);
        let comma = match lines::tokens(rest).as_str() {
            "" => None,
            "," => rest.find(',').map(|at| last + at),
            _ => return Err(layout()),
        };
        let indent = self.text.before(first);
        let has_lines =
            indent.trim().is_empty() && self.text.slice(start(node), first).contains('\n');
        let behind = comma.map_or(last, |comma| comma + 1);
        let ranked = |edit| self.ranked(edit, 0);
        if !has_lines || !self.text.ends_here(behind) {
            let value = self.brackets(value, self.place(&[node]));
            let space = if self.style.compact { "" } else { " " };
            let text = match comma {
                None => format!(",{space}{key}{value}"),
                Some(_) => format!("{space}{key}{value},"),
            };
            return Ok(vec![ranked(Edit::insert(behind, text))]);
        }
        let line_break = self.text.line_break(first);
        let value = self.bracket_lines(value, indent, line_break);
        let line = format!("{line_break}{indent}{key}{value}");
        Ok(match comma {
            Some(_) => vec![ranked(Edit::insert(
                self.text.end(behind),
                format!("{line},"),
            ))],
            None if self.text.after(behind).trim().is_empty() => {
                vec![ranked(Edit::insert(behind, format!(",{line}")))]
            }
            None => vec![
                ranked(Edit::insert(behind, ",")),
                ranked(Edit::insert(self.text.end(behind), line)),
            ],
        })
    }

    /// Where the first entry of a collection begins and the last one ends, if those are its own.
    fn ends(&self, node: Node<'_>) -> Option<(usize, usize)> {
        let key = node.entries().next().map(|(key, _)| key);
        let first = start(key.or_else(|| node.items().next())?);
        let last = node.entries().last().map(|(_, value)| value);
        let last = end(last.or_else(|| node.items().last())?);
        (start(node) < first && first <= last && last < end(node)).then_some((first, last))
    }

    /// A value within brackets, on one line.
    pub(crate) fn brackets(&self, value: &Value, place: Place) -> String {
        if self.style.compact {
            value.to_string()
        } else {
            write::flow(value, place, self.style.quote)
        }
    }

    /// A value within brackets whose entries have lines of their own.
    pub(crate) fn bracket_lines(&self, value: &Value, indent: &str, line_break: &str) -> String {
        if !self.style.json {
            return self.brackets(value, Place::Flow);
        }
        let unit = if indent.contains('\t') {
            "\t".to_owned()
        } else {
            " ".repeat(self.style.step)
        };
        write::json(value, indent, &unit, line_break)
    }
}
