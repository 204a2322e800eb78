//! From one operation of a patch to edits.

use ciel_core::PatchOp;
use ciel_yaml::Node;
use serde_json::Value;

use crate::{
    Edit, Refusal,
    edit::{self, Ranked},
    lines::Lines,
    patch,
    scalar::Place,
    style::Style,
    walk::{self, Found, is_flow, start},
    write::Block,
};

/// One object of a text, with the habits of its document.
pub(crate) struct Site<'d> {
    pub(crate) text: Lines<'d>,
    pub(crate) object: Node<'d>,
    pub(crate) style: Style,
}

impl<'d> Site<'d> {
    /// The edits of one operation.
    pub(crate) fn plan(&self, op: &PatchOp) -> Result<Vec<Ranked>, Refusal> {
        let mut edits = match op {
            PatchOp::Replace { path, value } => self.replace(&self.find(path)?, path, value)?,
            PatchOp::Remove { path } => self.remove(&self.find(path)?, path)?,
            PatchOp::Add { path, value } => self.add(path, &value.to_value())?,
        };
        edit::sort(&mut edits);
        loop {
            join_deletions(&mut edits);
            self.put_before_deletions(&mut edits);
            if !self.leave_open(&mut edits) {
                return Ok(edits);
            }
        }
    }

    /// Puts lines that would come among lines that go before all of those.
    fn put_before_deletions(&self, edits: &mut [Ranked]) {
        let mut gone = 0..0;
        for Ranked { edit, .. } in edits.iter_mut() {
            if !edit.range.is_empty() {
                gone = edit.range.clone();
            } else if edit.range.start < gone.end && self.text.column(gone.start) == 0 {
                edit.range = gone.start..gone.start;
            }
        }
        edit::sort(edits);
    }

    /// Where a text has no last break and its last lines go, what then stands last has none either: the lines that are put
    /// in before them, or else those that stay. Returns whether that changed something.
    fn leave_open(&self, edits: &mut [Ranked]) -> bool {
        let Some((last, others)) = edits.split_last_mut() else {
            return false;
        };
        let Edit { range: gone, text } = &mut last.edit;
        let is_deletion = text.is_empty() && gone.start < gone.end;
        if !is_deletion || gone.end != self.text.0.len() || self.text.0.ends_with('\n') {
            return false;
        }
        let end = without_breaks(self.text.slice(0, gone.start)).len();
        let before = others.last_mut().map(|it| &mut it.edit);
        let before = before.filter(|it| it.range.end > end);
        let start = before.as_ref().map_or(end, |it| it.range.end);
        let mut changes = start < gone.start;
        gone.start = start;
        if let Some(new) = before {
            let length = without_breaks(&new.text).len();
            changes |= length < new.text.len();
            new.text.truncate(length);
        }
        changes
    }

    fn add(&self, path: &str, value: &Value) -> Result<Vec<Ranked>, Refusal> {
        let missing = || Refusal::Missing(path.to_owned());
        let (parent, key) = patch::split(path).ok_or_else(missing)?;
        let parent = self.find(parent)?;
        if parent.node.is_mapping() {
            return match parent.node.get_raw(&key) {
                Some(_) => self.replace(&self.find(path)?, path, value),
                None => self.insert_entry(&parent, path, &key, value),
            };
        }
        if !parent.node.is_sequence() {
            return Err(missing());
        }
        let len = parent.node.len();
        let index = if key == "-" {
            Some(len)
        } else {
            key.parse().ok()
        };
        let index = index.filter(|&index| index <= len).ok_or_else(missing)?;
        self.insert_item(&parent, path, index, value)
    }

    pub(crate) fn find(&self, pointer: &str) -> Result<Found<'d>, Refusal> {
        walk::find(self.text, self.object, pointer)
    }

    /// How a value is written that stands in these containers.
    pub(crate) fn place(&self, containers: &[Node<'_>]) -> Place {
        if self.style.json {
            Place::Json
        } else if containers.iter().any(|node| is_flow(self.text, *node))
            || is_flow(self.text, self.object)
        {
            Place::Flow
        } else {
            Place::Block
        }
    }

    pub(crate) fn block(&self, at: usize) -> Block<'_> {
        Block {
            style: &self.style,
            line_break: self.text.line_break(at),
        }
    }

    /// An edit of something that stands at a node's column.
    pub(crate) fn ranked(&self, edit: Edit, column: usize) -> Ranked {
        Ranked { edit, column }
    }

    /// Where lines go that come behind an entry: below the last line of its value, and below comments that stand
    /// deeper than it.
    pub(crate) fn behind(
        &self,
        end: usize,
        value: Node<'_>,
        column: usize,
        path: &str,
    ) -> Result<usize, Refusal> {
        if !self.text.ends_here(end) {
            return Err(Refusal::Layout(path.to_owned()));
        }
        let mut at = self.text.next(end);
        if self.keeps_blank_lines(value) {
            while self.text.is_blank_line(at) {
                at = self.text.next(at);
            }
        }
        while self.text.comment_line(at).is_some_and(|it| it > column) {
            at = self.text.next(at);
        }
        Ok(at)
    }

    /// Whether the lines end with a block text to which the empty lines behind it belong.
    fn keeps_blank_lines(&self, value: Node<'_>) -> bool {
        let mut last = value;
        while let Some(child) = last.entries().last().map(|it| it.1).or(last.items().last()) {
            last = child;
        }
        let header = self.text.after(start(last));
        let header = header.split(['#', ' ']).next().unwrap_or_default();
        walk::is_block_text(self.text, last) && header.contains('+')
    }

    /// Puts lines in, each of which has its break, at the beginning of a line or at the end of the text.
    pub(crate) fn put_lines(&self, at: usize, mut lines: String, column: usize) -> Ranked {
        let is_open = at == self.text.0.len() && at > 0 && !self.text.0.ends_with('\n');
        if is_open {
            lines.truncate(lines.trim_end_matches(['\n', '\r']).len());
            lines.insert_str(0, self.text.line_break(at));
        }
        self.ranked(Edit::insert(at, lines), column)
    }
}

/// Makes one of deletions that touch.
fn join_deletions(edits: &mut Vec<Ranked>) {
    edits.dedup_by(|next, kept| {
        let (a, b) = (&mut kept.edit, &next.edit);
        let is_deletion = |edit: &Edit| edit.text.is_empty() && !edit.range.is_empty();
        let joins = is_deletion(a) && is_deletion(b) && b.range.start <= a.range.end;
        if joins {
            a.range.end = a.range.end.max(b.range.end);
        }
        joins
    });
}

fn without_breaks(text: &str) -> &str {
    text.trim_end_matches(['\n', '\r'])
}

/// Mappings and lists that mean the same to Kubernetes when they are empty as when they are not there.
const SAME_AS_ABSENT: [&str; 18] = [
    "add",
    "annotations",
    "args",
    "capabilities",
    "command",
    "drop",
    "env",
    "envFrom",
    "externalIPs",
    "hostAliases",
    "imagePullSecrets",
    "labels",
    "limits",
    "ports",
    "requests",
    "securityContext",
    "sysctls",
    "volumeMounts",
];

/// The operation that also takes away what would be left empty, where that means the same.
pub(crate) fn pruned(object: Node<'_>, op: &PatchOp) -> PatchOp {
    let PatchOp::Remove { path } = op else {
        return op.clone();
    };
    let mut path = path.as_str();
    while let Some((parent, _)) = path.rsplit_once('/') {
        let name = parent.rsplit('/').next().unwrap_or_default();
        if !SAME_AS_ABSENT.contains(&name) || node_at(object, parent).is_none_or(|it| it.len() != 1)
        {
            break;
        }
        path = parent;
    }
    PatchOp::Remove {
        path: path.to_owned(),
    }
}

fn node_at<'d>(object: Node<'d>, pointer: &str) -> Option<Node<'d>> {
    let steps = patch::steps(pointer);
    steps.iter().try_fold(object, |node, step| {
        if node.is_sequence() {
            node.item(step.parse().ok()?)
        } else {
            node.get_raw(step)
        }
    })
}
