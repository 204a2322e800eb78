use std::sync::Arc;

mod builder;
mod merge;
mod part;

pub use builder::DocumentBuilder;

use ciel_core::Span;
use serde_json::{Map, Number, Value};

/// Index of a node in its [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// What a node is, after resolution: JSON's types, with integers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "JSON's own words")]
pub enum Kind {
    Null,
    Bool,
    Integer,
    Float,
    String,
    Sequence,
    Mapping,
}

/// One node of the tape. Children follow their parent in order; in a mapping, each key (always a scalar of kind
/// `String`) stands right before its value.
#[derive(Clone, Copy, Debug)]
struct Raw {
    start: u32,
    end: u32,
    /// Scalars: where the canonical text begins. Containers: unused.
    text_start: u32,
    /// Scalars: length of the canonical text. Containers: number of items or entries.
    len: u32,
    /// Index after the last node of this subtree.
    next: u32,
    kind: Kind,
    /// Whether the canonical text is in `Document::owned` instead of the source.
    owned: bool,
    mark: Mark,
}

/// What is still to be done about a node; in finished documents, nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Nothing,
    /// A `<<` key whose value is to be merged into the mapping.
    Merge,
    /// Something that JSON has no word for. No error as long as a later entry may replace it.
    NotJson,
}

/// One document: its nodes on one tape, in the order of the text, and the text itself.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    owned: String,
    nodes: Vec<Raw>,
}

impl Document {
    /// The outermost node.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        self.node(NodeId(0))
    }

    /// A node by its index, as another node of the same document gave it.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { document: self, id }
    }

    /// The source's whole text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// Number of nodes, keys included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the document has no node at all; [`parse`](crate::parse) gives out no such document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The first node that JSON has no word for.
    pub(crate) fn not_json(&self) -> Option<Node<'_>> {
        let index = self
            .nodes
            .iter()
            .position(|raw| raw.mark == Mark::NotJson)?;
        Some(self.node(NodeId(u32::try_from(index).ok()?)))
    }

    /// The canonical text of a scalar, as bytes.
    fn bytes(&self, raw: &Raw) -> &[u8] {
        let text: &str = if raw.owned { &self.owned } else { &self.text };
        let start = raw.text_start as usize;
        text.as_bytes()
            .get(start..start + raw.len as usize)
            .unwrap_or_default()
    }

    fn raw(&self, id: NodeId) -> Raw {
        self.nodes.get(id.0 as usize).copied().unwrap_or(Raw {
            start: 0,
            end: 0,
            text_start: 0,
            len: 0,
            next: id.0.saturating_add(1),
            kind: Kind::Null,
            owned: false,
            mark: Mark::Nothing,
        })
    }
}

/// A node of a document: cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    document: &'a Document,
    id: NodeId,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.to_json())
    }
}

impl PartialEq for Node<'_> {
    /// Whether both are the same node of the same document.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.id == other.id
    }
}

impl Eq for Node<'_> {}

impl<'a> Node<'a> {
    /// Its index.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The document that it is part of.
    #[must_use]
    pub fn document(self) -> &'a Document {
        self.document
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.document.raw(self.id).kind
    }

    /// Whether this is a merge key that has not been carried out yet.
    pub(crate) fn is_merge(self) -> bool {
        self.document.raw(self.id).mark == Mark::Merge
    }

    /// Where it stands. For what an alias or a merge key brought in, that is where the anchor's node stands.
    #[must_use]
    pub fn span(self) -> Span {
        let raw = self.document.raw(self.id);
        Span::new(raw.start, raw.end)
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_mapping(self) -> bool {
        self.kind() == Kind::Mapping
    }

    /// Whether it is a sequence.
    #[must_use]
    pub fn is_sequence(self) -> bool {
        self.kind() == Kind::Sequence
    }

    /// The canonical text of a scalar: a string's value, an integer in decimal, a float as JSON writes it, `true`,
    /// `false`, `null`. Empty for containers.
    #[must_use]
    pub fn scalar_text(self) -> &'a str {
        let raw = self.document.raw(self.id);
        match raw.kind {
            Kind::Sequence | Kind::Mapping => "",
            _ => {
                let text: &'a str = if raw.owned {
                    &self.document.owned
                } else {
                    &self.document.text
                };
                Span::new(raw.text_start, raw.text_start.saturating_add(raw.len)).slice(text)
            }
        }
    }

    /// The value, if it is a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        (self.kind() == Kind::String).then(|| self.scalar_text())
    }

    /// The value, if it is a boolean.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.scalar_text() == "true")
    }

    /// The value, if it is an integer that fits, or a float without fraction that fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self.kind() {
            Kind::Integer => self.scalar_text().parse().ok(),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "compared with the float right after"
            )]
            Kind::Float => self
                .as_f64()
                .filter(|value| (*value as i64) as f64 == *value)
                .map(|value| value as i64),
            _ => None,
        }
    }

    /// The value, if it is a number.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        match self.kind() {
            Kind::Integer | Kind::Float => self.scalar_text().parse().ok(),
            _ => None,
        }
    }

    /// Number of items or entries; 0 for scalars.
    #[must_use]
    pub fn len(self) -> usize {
        let raw = self.document.raw(self.id);
        match raw.kind {
            Kind::Sequence | Kind::Mapping => raw.len as usize,
            _ => 0,
        }
    }

    /// Whether it is a container without items or entries, or a scalar.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The value of a key, unless it is null: to Kubernetes, a null field is an absent one.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.get_raw(key).filter(|node| !node.is_null())
    }

    /// The value of a key, null included.
    #[must_use]
    pub fn get_raw(self, key: &str) -> Option<Node<'a>> {
        let nodes = self.document.nodes.as_slice();
        let mapping = nodes
            .get(self.id.0 as usize)
            .filter(|raw| raw.kind == Kind::Mapping)?;
        // What every check does most: lengths first, then first bytes, all of them only where those agree.
        let key = key.as_bytes();
        let mut at = self.id.0 + 1;
        while at < mapping.next {
            let name = nodes.get(at as usize)?;
            let value = at + 1;
            if name.len as usize == key.len() {
                let name = self.document.bytes(name);
                if name.first() == key.first() && name == key {
                    return Some(self.document.node(NodeId(value)));
                }
            }
            at = nodes.get(value as usize)?.next.max(value + 1);
        }
        None
    }

    /// The value at the end of a chain of keys, unless something on the way is absent or null.
    #[must_use]
    pub fn at(self, keys: &[&str]) -> Option<Node<'a>> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The string at the end of a chain of keys.
    #[must_use]
    pub fn str_at(self, keys: &[&str]) -> Option<&'a str> {
        self.at(keys)?.as_str()
    }

    /// The boolean at the end of a chain of keys.
    #[must_use]
    pub fn bool_at(self, keys: &[&str]) -> Option<bool> {
        self.at(keys)?.as_bool()
    }

    /// Keys and values of a mapping, in order; nothing for other nodes.
    #[must_use]
    pub fn entries(self) -> Entries<'a> {
        let raw = self.document.raw(self.id);
        let end = if raw.kind == Kind::Mapping {
            raw.next
        } else {
            0
        };
        Entries {
            document: self.document,
            at: self.id.0.saturating_add(1),
            end,
        }
    }

    /// Items of a sequence, in order; nothing for other nodes.
    #[must_use]
    pub fn items(self) -> Items<'a> {
        let raw = self.document.raw(self.id);
        let end = if raw.kind == Kind::Sequence {
            raw.next
        } else {
            0
        };
        Items {
            document: self.document,
            at: self.id.0.saturating_add(1),
            end,
        }
    }

    /// The item of a sequence at an index.
    #[must_use]
    pub fn item(self, index: usize) -> Option<Node<'a>> {
        self.items().nth(index)
    }

    /// The key that this node is the value of. Only meaningful for a value that [`Node::entries`] or
    /// [`Node::get`] gave.
    #[must_use]
    pub fn key(self) -> Option<Node<'a>> {
        let id = NodeId(self.id.0.checked_sub(1)?);
        let key = self.document.node(id);
        (key.kind() == Kind::String).then_some(key)
    }

    /// Whether `other` is this node or lies within it.
    #[must_use]
    pub fn contains(self, other: Node<'_>) -> bool {
        std::ptr::eq(self.document, other.document)
            && self.id <= other.id
            && other.id.0 < self.document.raw(self.id).next
    }

    /// The subtree as a JSON value. Depth is bounded by [`ciel_core::limits::DEPTH`].
    #[must_use]
    pub fn to_json(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(self.scalar_text() == "true"),
            Kind::Integer | Kind::Float => {
                let text = self.scalar_text();
                let integer = text
                    .parse::<i64>()
                    .map(Number::from)
                    .or_else(|_| text.parse::<u64>().map(Number::from));
                integer
                    .ok()
                    .or_else(|| text.parse().ok().and_then(Number::from_f64))
                    .map_or_else(|| Value::String(text.to_owned()), Value::Number)
            }
            Kind::String => Value::String(self.scalar_text().to_owned()),
            Kind::Sequence => Value::Array(self.items().map(Node::to_json).collect()),
            Kind::Mapping => Value::Object(
                self.entries()
                    .map(|(key, value)| (key.scalar_text().to_owned(), value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }
}

/// Iterator over the entries of a mapping.
#[derive(Clone)]
pub struct Entries<'a> {
    document: &'a Document,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (Node<'a>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let key = NodeId(self.at);
        let value = NodeId(self.document.raw(key).next);
        self.at = self.document.raw(value).next.max(value.0 + 1);
        Some((self.document.node(key), self.document.node(value)))
    }
}

/// Iterator over the items of a sequence.
#[derive(Clone)]
pub struct Items<'a> {
    document: &'a Document,
    at: u32,
    end: u32,
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let id = NodeId(self.at);
        self.at = self.document.raw(id).next.max(id.0 + 1);
        Some(self.document.node(id))
    }
}
