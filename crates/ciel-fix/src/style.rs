//! How a document is written, so that what is put in looks alike.

use std::collections::BTreeMap;

use ciel_yaml::{Kind, Node};

use crate::{
    lines::Lines,
    walk::{self, is_flow, start},
};

/// Nodes that are looked at for the habits of a document.
const LOOKED_AT: usize = 2_000;

/// The habits of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// Columns from a mapping to one in it.
    pub(crate) step: usize,
    /// Columns from a key to the dashes of its list.
    pub(crate) list: usize,
    /// Columns from a dash to its item.
    pub(crate) dash: usize,
    /// The quotation mark.
    pub(crate) quote: char,
    /// Whether its keys are in the order of the alphabet.
    pub(crate) sorted: bool,
    /// Whether it is JSON.
    pub(crate) json: bool,
    /// Whether it is JSON over several lines.
    pub(crate) lines: bool,
    /// Whether it is JSON without blanks.
    pub(crate) compact: bool,
}

/// Counts how often something is done in which way.
#[derive(Default)]
struct Votes(BTreeMap<usize, usize>);

impl Votes {
    fn add(&mut self, way: usize) {
        *self.0.entry(way).or_default() += 1;
    }

    /// The most frequent way; of equals, the lesser.
    fn most(&self) -> Option<usize> {
        let most = self.0.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map(|(way, _)| *way)
    }
}

#[derive(Default)]
struct Survey {
    step: Votes,
    list: Votes,
    dash: Votes,
    single: usize,
    double: usize,
    sorted: usize,
    unsorted: usize,
    looked_at: usize,
}

impl Style {
    /// The habits of the document around a root. `outer`: the document's own root.
    pub(crate) fn of(text: Lines<'_>, outer: Node<'_>, root: Node<'_>) -> Self {
        let mut survey = Survey::default();
        survey.node(text, root);
        if outer != root {
            survey.node(text, outer);
        }
        let inside = text.slice(start(outer), walk::end(outer));
        let is_broken = inside.contains('\n');
        let json = is_flow(text, outer)
            && outer
                .entries()
                .next()
                .map_or(outer.is_sequence() && is_flow(text, root), |(key, _)| {
                    text.byte(start(key)) == Some(b'"')
                });
        let step = survey.step.most().filter(|step| (1..=16).contains(step));
        Self {
            step: step.unwrap_or(2),
            list: survey.list.most().unwrap_or(0),
            dash: survey.dash.most().unwrap_or(2),
            quote: if survey.single > survey.double {
                '\''
            } else {
                '"'
            },
            sorted: survey.sorted > 2 && survey.sorted > 4 * survey.unsorted,
            json,
            lines: json && is_broken,
            compact: json && !inside.contains([' ', '\n']),
        }
    }
}

impl Survey {
    /// Recursion is as deep as the document, which the limit on depth bounds.
    fn node(&mut self, text: Lines<'_>, node: Node<'_>) {
        if self.looked_at > LOOKED_AT {
            return;
        }
        self.looked_at += 1;
        match node.kind() {
            Kind::Mapping => {
                let column = text.column(start(node));
                let flow = is_flow(text, node);
                if node.len() > 2 {
                    let keys = node.entries().map(|(key, _)| key.scalar_text());
                    let count = if keys.is_sorted() {
                        &mut self.sorted
                    } else {
                        &mut self.unsorted
                    };
                    *count += 1;
                }
                for (_, value) in node.entries() {
                    if flow {
                        self.flow_child(text, node, value);
                    } else {
                        self.child(text, column, value);
                    }
                    self.node(text, value);
                }
            }
            Kind::Sequence => {
                for item in node.items() {
                    let gap = text.slice(start(node), start(item));
                    if !is_flow(text, node) && !gap.contains('\n') && gap.starts_with('-') {
                        self.dash.add(gap.len());
                    }
                    self.node(text, item);
                }
            }
            Kind::String => match text.byte(start(node)) {
                Some(b'"') => self.double += 1,
                Some(b'\'') => self.single += 1,
                _ => {}
            },
            _ => {}
        }
    }

    /// A value in a block mapping that stands in a column.
    fn child(&mut self, text: Lines<'_>, column: usize, value: Node<'_>) {
        if value.is_empty() || is_flow(text, value) {
            return;
        }
        let child = text.column(start(value));
        match value.kind() {
            Kind::Mapping => self.step.add(child.saturating_sub(column)),
            Kind::Sequence => self.list.add(child.saturating_sub(column)),
            _ => {}
        }
    }

    /// A value in a mapping with brackets: its own entries, if they have lines of their own.
    fn flow_child(&mut self, text: Lines<'_>, mapping: Node<'_>, value: Node<'_>) {
        let line = |node: Node<'_>| {
            let first = node.entries().next()?.0;
            let before = text.before(start(first));
            before.trim().is_empty().then_some(before.len())
        };
        if let (Some(outer), Some(inner)) = (line(mapping), line(value)) {
            self.step.add(inner.saturating_sub(outer));
        }
    }
}
