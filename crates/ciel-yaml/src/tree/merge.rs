//! Merge keys and duplicate keys, in go-yaml v2's order: entries are set one after the other as they stand, a
//! merge sets those of its mapping at its own place (and so replaces what stood before it), the last one counts.

use std::collections::HashMap;

use super::{Document, DocumentBuilder, Kind, Mark, NodeId, Raw};

/// See [`DocumentBuilder::resolve_mappings`].
pub(super) fn resolve(builder: DocumentBuilder) -> DocumentBuilder {
    let DocumentBuilder { document } = builder;
    let mut nodes = Vec::with_capacity(document.nodes.len());
    copy(&document, NodeId(0), &mut nodes);
    DocumentBuilder {
        document: Document { nodes, ..document },
    }
}

/// Copies a subtree. Recursion is as deep as the document, which the limit on depth bounds.
fn copy(from: &Document, id: NodeId, to: &mut Vec<Raw>) {
    let raw = from.raw(id);
    debug_assert_ne!(raw.mark, Mark::Merge, "carried out by the mapping");
    let at = to.len();
    to.push(raw);
    let mut len = raw.len;
    match raw.kind {
        Kind::Sequence => {
            for item in from.node(id).items() {
                copy(from, item.id(), to);
            }
        }
        Kind::Mapping => {
            let mut entries = Effective::default();
            entries.collect(from, id);
            len = 0;
            for (key, value) in entries.order.into_iter().flatten() {
                copy(from, key, to);
                copy(from, value, to);
                len += 1;
            }
        }
        _ => {}
    }
    let next = u32::try_from(to.len()).unwrap_or(u32::MAX);
    if let Some(raw) = to.get_mut(at) {
        raw.len = len;
        raw.next = next;
    }
}

/// The entries that count, in the order in which they were set last.
#[derive(Default)]
struct Effective<'a> {
    order: Vec<Option<(NodeId, NodeId)>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Effective<'a> {
    fn collect(&mut self, from: &'a Document, mapping: NodeId) {
        for (key, value) in from.node(mapping).entries() {
            if from.raw(key.id()).mark != Mark::Merge {
                self.set(key.scalar_text(), key.id(), value.id());
                continue;
            }
            match value.kind() {
                Kind::Mapping => self.collect(from, value.id()),
                Kind::Sequence => {
                    // The first mapping of the list is the strongest: it is set last.
                    let items: Vec<_> = value.items().collect();
                    for item in items.into_iter().rev() {
                        self.collect(from, item.id());
                    }
                }
                // Refused when the mapping was composed.
                _ => {}
            }
        }
    }

    fn set(&mut self, name: &'a str, key: NodeId, value: NodeId) {
        let place = self.order.len();
        self.order.push(Some((key, value)));
        if let Some(before) = self.places.insert(name, place)
            && let Some(entry) = self.order.get_mut(before)
        {
            *entry = None;
        }
    }
}
