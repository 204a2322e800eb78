//! Other values for what stands there.

use ciel_yaml::{Kind, Node};
use serde_json::{Map, Value};

use crate::{
    Edit, Refusal,
    edit::Ranked,
    lines,
    plan::Site,
    scalar::{self, Place},
    walk::{self, Found, end, is_flow, start},
    write,
};

impl<'d> Site<'d> {
    /// Writes another value in the place of one.
    pub(crate) fn replace(
        &self,
        found: &Found<'d>,
        path: &str,
        new: &Value,
    ) -> Result<Vec<Ranked>, Refusal> {
        let node = found.node;
        if walk::is_block_text(self.text, node) {
            return Err(Refusal::BlockText(path.to_owned()));
        }
        let old_takes_lines = !node.is_empty() && !is_flow(self.text, node);
        match (node.kind(), new) {
            (Kind::Mapping, Value::Object(map))
                if map.keys().any(|key| node.get_raw(key).is_some()) =>
            {
                self.replace_mapping(found, path, map)
            }
            (Kind::Sequence, Value::Array(list)) if !node.is_empty() && !list.is_empty() => {
                self.replace_sequence(found, path, list)
            }
            _ if old_takes_lines => self.replace_lines(found, path, new),
            _ if write::takes_lines(new) && self.place(&found.above) == Place::Block => {
                self.expand(found, path, new)
            }
            _ => self.replace_inline(found, path, new),
        }
    }

    /// The entries that differ.
    fn replace_mapping(
        &self,
        found: &Found<'d>,
        path: &str,
        map: &Map<String, Value>,
    ) -> Result<Vec<Ranked>, Refusal> {
        let goes = |key: Node<'_>| !map.contains_key(key.scalar_text());
        let gone = found.node.entries().filter(|(key, _)| goes(*key)).count();
        let new = (map.len() + gone).saturating_sub(found.node.len());
        if is_flow(self.text, found.node) {
            if gone > 1 {
                return self.replace_inline(found, path, &Value::Object(map.clone()));
            }
        } else if gone + new > 1 && self.begins_behind_dash(found.node, goes) {
            return self.replace_lines(found, path, &Value::Object(map.clone()));
        }
        let mut edits = Vec::new();
        for (key, old) in found.node.entries() {
            let name = key.scalar_text();
            let below = self.below(found, path, name)?;
            match map.get(name) {
                None => edits.extend(self.remove(&below, path)?),
                Some(new) if old.to_json() == *new => {}
                Some(new) => edits.extend(self.replace(&below, path, new)?),
            }
        }
        for (key, new) in map {
            if found.node.get_raw(key).is_none() {
                edits.extend(self.insert_entry(found, path, key, new)?);
            }
        }
        Ok(edits)
    }

    /// Whether the first key stands behind the dash of an item and goes, so that another one has to take its place.
    fn begins_behind_dash(&self, mapping: Node<'d>, goes: impl Fn(Node<'d>) -> bool) -> bool {
        let before = self.text.before(start(mapping));
        let first = mapping.entries().next();
        before.contains('-') && first.is_some_and(|(key, _)| goes(key))
    }

    /// The items that differ, but for those that are alike at both ends.
    fn replace_sequence(
        &self,
        found: &Found<'d>,
        path: &str,
        list: &[Value],
    ) -> Result<Vec<Ranked>, Refusal> {
        if found.node.len() > list.len() + 1 && is_flow(self.text, found.node) {
            return self.replace_inline(found, path, &Value::Array(list.to_vec()));
        }
        let old: Vec<Value> = found.node.items().map(Node::to_json).collect();
        let alike = |(a, b): &(&Value, &Value)| a == b;
        let before = old.iter().zip(list).take_while(alike).count();
        let rest = old.len().min(list.len()) - before;
        let ends = old.iter().rev().zip(list.iter().rev());
        let after = ends.take(rest).take_while(alike).count();
        let (old_end, new_end) = (old.len() - after, list.len() - after);
        let mut edits = Vec::new();
        for index in before..old_end.max(new_end) {
            let new = list.get(index).filter(|_| index < new_end);
            match new {
                Some(new) if index < old_end => {
                    let below = self.below(found, path, &index.to_string())?;
                    edits.extend(self.replace(&below, path, new)?);
                }
                Some(new) => edits.extend(self.insert_item(found, path, old_end, new)?),
                None => {
                    let below = self.below(found, path, &index.to_string())?;
                    edits.extend(self.remove(&below, path)?);
                }
            }
        }
        Ok(edits)
    }

    /// A child, found as [`walk::find`] would have.
    fn below(&self, found: &Found<'d>, path: &str, step: &str) -> Result<Found<'d>, Refusal> {
        let step = step.replace('~', "~0").replace('/', "~1");
        let child = walk::find(self.text, found.node, &format!("/{step}"));
        let child = child.map_err(|refusal| match refusal {
            Refusal::Missing(_) => Refusal::Missing(path.to_owned()),
            Refusal::Shared(_) => Refusal::Shared(path.to_owned()),
            Refusal::Tagged(_) => Refusal::Tagged(path.to_owned()),
            _ => Refusal::Layout(path.to_owned()),
        })?;
        let mut above = found.above.clone();
        above.push(found.node);
        Ok(Found {
            node: child.node,
            above,
        })
    }

    /// A value on the line of its key or dash for one that stands there.
    pub(crate) fn replace_inline(
        &self,
        found: &Found<'d>,
        path: &str,
        new: &Value,
    ) -> Result<Vec<Ranked>, Refusal> {
        let node = found.node;
        let old = self.text.slice(start(node), end(node));
        if !node.is_empty() && lines::has_comment(old) {
            return Err(Refusal::Comment(path.to_owned()));
        }
        let place = self.place(&found.above);
        let quote = old.chars().next().filter(|it| matches!(it, '"' | '\''));
        let mut text = match (new, quote) {
            (Value::String(new), Some(quote)) if place != Place::Json => scalar::quoted(new, quote),
            _ if place == Place::Json && self.style.lines => {
                let line = self.text.before(start(node));
                let indent = line.get(..line.len() - line.trim_start().len());
                let line_break = self.text.line_break(start(node));
                self.bracket_lines(new, indent.unwrap_or_default(), line_break)
            }
            _ => self.brackets(new, place),
        };
        if old.is_empty() && self.text.before(start(node)).ends_with([':', '-', '?']) {
            text.insert(0, ' ');
        }
        let column = self.text.column(start(node));
        let mut edits = vec![];
        let gap = self.gap_before_comment(end(node));
        // A comment in a column of its own stays in it, as far as there is room.
        if gap > 1 && !old.contains('\n') && !text.contains('\n') {
            let (old, new) = (old.chars().count(), text.chars().count());
            let wanted = (gap + old).saturating_sub(new).max(1);
            let range = end(node)..end(node) + gap;
            if wanted != gap {
                let edit = Edit::replace(range, " ".repeat(wanted));
                edits.push(self.ranked(edit, column));
            }
        }
        let edit = Edit::replace(start(node)..end(node), text);
        edits.push(self.ranked(edit, column));
        Ok(edits)
    }

    /// Blanks between a place and the comment behind it; 0 where there is none.
    fn gap_before_comment(&self, at: usize) -> usize {
        let rest = self.text.after(at);
        let comment = rest.trim_start_matches(' ');
        if comment.starts_with('#') {
            rest.len() - comment.len()
        } else {
            0
        }
    }

    /// Lines for a value on the line of its key or dash.
    fn expand(&self, found: &Found<'d>, path: &str, new: &Value) -> Result<Vec<Ranked>, Refusal> {
        let node = found.node;
        let layout = || Refusal::Layout(path.to_owned());
        let old = self.text.slice(start(node), end(node));
        if !node.is_empty() && lines::has_comment(old) {
            return Err(Refusal::Comment(path.to_owned()));
        }
        if found.parent().is_none_or(Node::is_sequence) {
            if !self.text.after(end(node)).trim().is_empty() {
                return Err(layout());
            }
            return Ok(vec![self.item_lines(node, new)]);
        }
        let key = node.key().ok_or_else(layout)?;
        let colon = self.colon_end(key, node).ok_or_else(layout)?;
        let gap = self.text.slice(colon, start(node));
        if gap.contains('\n') || !self.text.ends_here(end(node)) {
            return Err(layout());
        }
        let column = self.text.column(start(key));
        let at = self.text.next(end(node));
        let lines = self.block(at).lines_below(new, column);
        let mut edits = vec![self.put_lines(at, lines, column + 1)];
        if colon < end(node) {
            edits.push(self.ranked(Edit::delete(colon..end(node)), column));
        }
        Ok(edits)
    }

    /// Another value for one that takes lines.
    fn replace_lines(
        &self,
        found: &Found<'d>,
        path: &str,
        new: &Value,
    ) -> Result<Vec<Ranked>, Refusal> {
        let node = found.node;
        let layout = || Refusal::Layout(path.to_owned());
        let key = node
            .key()
            .filter(|_| found.parent().is_some_and(Node::is_mapping));
        let from = match key {
            Some(key) => self.colon_end(key, node).ok_or_else(layout)?,
            None => start(node),
        };
        if lines::has_comment(self.text.slice(from, end(node))) {
            return Err(Refusal::Comment(path.to_owned()));
        }
        let Some(key) = key else {
            return Ok(vec![self.item_lines(node, new)]);
        };
        let column = self.text.column(start(key));
        let block = self.block(from);
        let text = if write::takes_lines(new) {
            let lines = block.lines_below(new, column);
            format!(
                "{}{}",
                block.line_break,
                lines.trim_end_matches(['\n', '\r'])
            )
        } else {
            format!(" {}", self.brackets(new, Place::Block))
        };
        Ok(vec![
            self.ranked(Edit::replace(from..end(node), text), column),
        ])
    }

    /// A value behind a dash.
    fn item_lines(&self, node: Node<'_>, new: &Value) -> Ranked {
        let column = self.text.column(start(node));
        let is_bare = self.text.before(start(node)).ends_with('-');
        let blank = if is_bare { " " } else { "" };
        let text = self.block(start(node)).inline(new, column + blank.len());
        let edit = Edit::replace(start(node)..end(node), format!("{blank}{text}"));
        self.ranked(edit, column)
    }

    /// Where the colon between a key and its value ends.
    fn colon_end(&self, key: Node<'_>, value: Node<'_>) -> Option<usize> {
        let gap = self.text.slice(end(key), start(value));
        Some(end(key) + gap.find(':')? + 1)
    }
}
