use std::sync::Arc;

use ciel_core::Span;

use super::{Document, Kind, Mark, NodeId, Raw};
use crate::Dialect;

/// Writes a [`Document`] node by node, in order.
///
/// Containers are opened with [`open`](Self::open) and closed with [`close`](Self::close); keys are pushed as
/// strings right before their values. The builder trusts its caller to keep that order.
#[derive(Debug)]
pub struct DocumentBuilder {
    pub(super) document: Document,
}

impl DocumentBuilder {
    /// An empty document over a source's text.
    #[must_use]
    pub fn new(text: Arc<str>) -> Self {
        Self {
            document: Document {
                text,
                owned: String::new(),
                nodes: Vec::new(),
            },
        }
    }

    fn index(&self) -> u32 {
        u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX)
    }

    /// A scalar whose canonical text stands in the source, at `text`.
    pub fn scalar(&mut self, kind: Kind, span: Span, text: Span) -> NodeId {
        let id = self.index();
        self.document.nodes.push(Raw {
            start: span.start,
            end: span.end,
            text_start: text.start,
            len: text.end.saturating_sub(text.start),
            next: id + 1,
            kind,
            owned: false,
            mark: Mark::Nothing,
        });
        NodeId(id)
    }

    /// A scalar whose canonical text differs from what stands in the source.
    pub fn owned_scalar(&mut self, kind: Kind, span: Span, text: &str) -> NodeId {
        let id = self.index();
        let text_start = u32::try_from(self.document.owned.len()).unwrap_or(u32::MAX);
        self.document.owned.push_str(text);
        self.document.nodes.push(Raw {
            start: span.start,
            end: span.end,
            text_start,
            len: u32::try_from(text.len()).unwrap_or(u32::MAX),
            next: id + 1,
            kind,
            owned: true,
            mark: Mark::Nothing,
        });
        NodeId(id)
    }

    /// Marks the node that was pushed last.
    pub(crate) fn mark(&mut self, mark: Mark) {
        if let Some(raw) = self.document.nodes.last_mut() {
            raw.mark = mark;
        }
    }

    /// Pushes a copy of a finished subtree that stands earlier on this tape.
    pub(crate) fn repeat(&mut self, id: NodeId) {
        let shift = self.index().saturating_sub(id.0);
        let end = self.document.raw(id).next;
        for index in id.0..end {
            let mut raw = self.document.raw(NodeId(index));
            raw.next = raw.next.saturating_add(shift);
            self.document.nodes.push(raw);
        }
    }

    /// Begins a sequence or mapping at a byte offset.
    pub fn open(&mut self, kind: Kind, start: u32) -> NodeId {
        let id = self.index();
        self.document.nodes.push(Raw {
            start,
            end: start,
            text_start: 0,
            len: 0,
            next: id + 1,
            kind,
            owned: false,
            mark: Mark::Nothing,
        });
        NodeId(id)
    }

    /// Ends a container that [`open`](Self::open) began: `len` items or entries, the last byte before `end`.
    pub fn close(&mut self, id: NodeId, len: usize, end: u32) {
        let next = self.index();
        if let Some(raw) = self.document.nodes.get_mut(id.0 as usize) {
            raw.len = u32::try_from(len).unwrap_or(u32::MAX);
            raw.end = end;
            raw.next = next;
        }
    }

    /// Number of nodes so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.document.nodes.len()
    }

    /// Whether nothing has been pushed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.nodes.is_empty()
    }

    /// The document so far, to look at what has been pushed.
    #[must_use]
    pub fn peek(&self) -> &Document {
        &self.document
    }

    /// The same document with its merge keys carried out and, of duplicate keys, only the one that counts.
    pub(crate) fn resolve_mappings(self, dialect: Dialect) -> Self {
        super::merge::resolve(self, dialect)
    }

    /// Number of nodes of a finished subtree.
    pub(crate) fn subtree_len(&self, id: NodeId) -> usize {
        self.document.raw(id).next.saturating_sub(id.0) as usize
    }

    /// The finished document.
    #[must_use]
    pub fn finish(mut self) -> Document {
        self.document.nodes.shrink_to_fit();
        self.document.owned.shrink_to_fit();
        self.document
    }
}
