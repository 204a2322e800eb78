//! Keys and items that go.

use ciel_yaml::Node;
use serde_json::{Map, Value};

use crate::{
    Edit, Refusal,
    edit::Ranked,
    lines,
    plan::Site,
    walk::{Found, end, is_flow, start},
};

/// Lines that go, before it is looked at what stands around them.
struct Gone<'d> {
    /// Where the key or dash stands.
    at: usize,
    value: Node<'d>,
    is_first: bool,
}

impl<'d> Site<'d> {
    /// Takes away what stands somewhere: its key or dash, its comments, its lines.
    pub(crate) fn remove(&self, found: &Found<'d>, path: &str) -> Result<Vec<Ranked>, Refusal> {
        let missing = || Refusal::Missing(path.to_owned());
        let parent = found.parent().ok_or_else(missing)?;
        if parent.len() == 1 {
            return self.empty(found, path);
        }
        if is_flow(self.text, parent) {
            return self.remove_in_brackets(parent, found.node, path);
        }
        if parent.is_mapping() {
            self.remove_entry(parent, found.node, path)
        } else {
            self.remove_item(parent, found.node, path)
        }
    }

    /// Takes away the only entry of a collection.
    fn empty(&self, found: &Found<'d>, path: &str) -> Result<Vec<Ranked>, Refusal> {
        let mut above = found.above.clone();
        let Some(node) = above.pop().filter(|node| *node != self.object) else {
            return Err(Refusal::Layout(path.to_owned()));
        };
        let parent = Found { node, above };
        let nothing = if node.is_mapping() {
            Value::Object(Map::new())
        } else {
            Value::Array(Vec::new())
        };
        self.replace(&parent, path, &nothing)
    }

    fn remove_entry(
        &self,
        mapping: Node<'d>,
        value: Node<'d>,
        path: &str,
    ) -> Result<Vec<Ranked>, Refusal> {
        let key = value
            .key()
            .ok_or_else(|| Refusal::Layout(path.to_owned()))?;
        let mut entries = mapping.entries();
        let is_first = entries.next().is_some_and(|(first, _)| first == key);
        let next = entries.next().map(|(next, _)| next);
        let before = self.text.before(start(key));
        if before.bytes().all(|byte| byte == b' ') {
            let at = start(key);
            let gone = Gone {
                at,
                value,
                is_first,
            };
            return Ok(vec![self.remove_lines(&gone, path)?]);
        }
        // Behind a dash: the next key takes its place.
        let Some(next) = next.filter(|_| is_first) else {
            return Err(Refusal::Layout(path.to_owned()));
        };
        let own_line = self.text.end(end(value));
        let between = self.text.slice(own_line, start(next));
        if lines::has_comment(between) {
            return Err(Refusal::Comment(path.to_owned()));
        }
        if !self.text.ends_here(end(value)) || !between.trim().is_empty() {
            return Err(Refusal::Layout(path.to_owned()));
        }
        let column = self.text.column(start(key));
        Ok(vec![
            self.ranked(Edit::delete(start(key)..start(next)), column),
        ])
    }

    fn remove_item(
        &self,
        sequence: Node<'d>,
        item: Node<'d>,
        path: &str,
    ) -> Result<Vec<Ranked>, Refusal> {
        let before = self.text.before(start(item)).trim_end();
        let indent = before.strip_suffix('-');
        let is_alone = indent.is_some_and(|it| it.bytes().all(|byte| byte == b' '));
        if !is_alone {
            return Err(Refusal::Layout(path.to_owned()));
        }
        let gone = Gone {
            at: self.text.start(start(item)) + before.len() - 1,
            value: item,
            is_first: sequence.items().next() == Some(item),
        };
        Ok(vec![self.remove_lines(&gone, path)?])
    }

    /// Whole lines, with the comments above that belong to them.
    fn remove_lines(&self, gone: &Gone<'_>, path: &str) -> Result<Ranked, Refusal> {
        let text = self.text;
        let column = text.column(gone.at);
        let stop = self.behind(end(gone.value), gone.value, column, path)?;
        let own = text.start(gone.at);
        let mut first = own;
        while let Some(above) = text
            .previous(first)
            .filter(|above| text.comment_line(*above) == Some(column))
        {
            first = above;
        }
        // A comment above the first of several may speak of all of them.
        let followed = stop < text.0.len()
            && !text.is_blank_line(stop)
            && text.comment_line(stop).is_none()
            && indent_of(text.after(stop)) == column;
        if gone.is_first && followed && !speaks_to_ciel(text.slice(first, own)) {
            first = own;
        }
        // Two empty lines do not become neighbours.
        if stop == text.0.len() || text.is_blank_line(stop) {
            while let Some(above) = text.previous(first).filter(|it| text.is_blank_line(*it)) {
                first = above;
            }
        }
        Ok(self.ranked(Edit::delete(first..stop), column))
    }

    fn remove_in_brackets(
        &self,
        parent: Node<'d>,
        value: Node<'d>,
        path: &str,
    ) -> Result<Vec<Ranked>, Refusal> {
        let spans: Vec<(usize, usize)> = if parent.is_mapping() {
            let entries = parent.entries();
            entries
                .map(|(key, value)| (start(key), end(value)))
                .collect()
        } else {
            parent.items().map(|it| (start(it), end(it))).collect()
        };
        let own = value.key().filter(|_| parent.is_mapping()).unwrap_or(value);
        let index = spans.iter().position(|(from, _)| *from == start(own));
        let around = index.and_then(|index| {
            let (from, to) = *spans.get(index)?;
            Some(match spans.get(index + 1) {
                Some((next, _)) => from..*next,
                None => spans.get(index.checked_sub(1)?)?.1..to,
            })
        });
        let range = around.filter(|it| start(parent) < it.start && it.start < it.end);
        let Some(range) = range.filter(|it| it.end < end(parent)) else {
            return Err(Refusal::Shared(path.to_owned()));
        };
        if lines::has_comment(self.text.slice(range.start, range.end)) {
            return Err(Refusal::Comment(path.to_owned()));
        }
        Ok(vec![self.ranked(Edit::delete(range), 0)])
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a comment suppresses findings: it means the line below it alone.
fn speaks_to_ciel(comment: &str) -> bool {
    comment.contains("ciel:")
}
