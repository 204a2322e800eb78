//! From the events of a YAML text to the tape: resolution, keys, anchors, limits.

use std::borrow::Cow;
use std::sync::Arc;

use ciel_core::{Diagnostic, Span, limits};

use crate::Dialect;
use crate::duplicates::KeyHashes;
use crate::number;
use crate::resolve::{Tag, Value, resolve, shortened};
use crate::tree::{Document, DocumentBuilder, Kind, Mark, Node, NodeId};

/// Why a document cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) span: Span,
    /// Whether a limit was reached, so that it is no use to read the same text in another way.
    pub(crate) is_limit: bool,
}

impl Fault {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            is_limit: false,
        }
    }

    pub(crate) fn too_many_nodes(span: Span) -> Self {
        Self::limit(
            span,
            format!("more than {} nodes in one document", limits::NODES),
        )
    }

    pub(crate) fn too_deep(span: Span) -> Self {
        Self::limit(span, format!("nested deeper than {} levels", limits::DEPTH))
    }

    fn limit(span: Span, message: String) -> Self {
        Self {
            is_limit: true,
            ..Self::new(span, message)
        }
    }
}

/// Number of an anchor within its document; 0 is none.
pub(crate) type AnchorId = usize;

/// A scalar as the reader found it.
pub(crate) struct Scalar<'a> {
    /// As written, quotes included.
    pub(crate) span: Span,
    /// The value, and where it stands in the source if it stands there just so.
    pub(crate) text: &'a str,
    pub(crate) text_start: Option<u32>,
    /// Neither quoted nor a block scalar.
    pub(crate) plain: bool,
    pub(crate) tag: Tag,
    pub(crate) anchor: AnchorId,
}

#[derive(Clone, Copy)]
enum Anchor {
    Open,
    Done { id: NodeId, height: usize },
}

struct Frame {
    id: NodeId,
    mapping: bool,
    /// A key has been pushed whose value is still to come.
    has_key: bool,
    /// That key, or one before it, is a merge key.
    key_merges: bool,
    merges: bool,
    len: usize,
    /// Levels of the deepest child so far.
    height: usize,
    /// Where the text of the last child ends.
    end: u32,
    anchor: AnchorId,
    keys: usize,
}

/// Composes one document.
pub(crate) struct Composer {
    builder: DocumentBuilder,
    frames: Vec<Frame>,
    anchors: Vec<Option<Anchor>>,
    keys: KeyHashes,
    alias_nodes: usize,
    /// Whether some mapping has a merge key or a key twice.
    unsettled: bool,
    /// Whether some node is marked as none that JSON could have.
    not_json: bool,
    warnings: Vec<(Span, Diagnostic)>,
}

impl Composer {
    pub(crate) fn new(text: Arc<str>) -> Self {
        Self {
            builder: DocumentBuilder::new(text),
            frames: Vec::new(),
            anchors: Vec::new(),
            keys: KeyHashes::default(),
            alias_nodes: 0,
            unsettled: false,
            not_json: false,
            warnings: Vec::new(),
        }
    }

    pub(crate) fn scalar(&mut self, scalar: Scalar<'_>) -> Result<(), Fault> {
        self.check_size(scalar.span)?;
        let id = if self.awaits_key() {
            self.key(&scalar)?
        } else {
            self.value(&scalar)?
        };
        self.define(scalar.anchor, Anchor::Done { id, height: 0 });
        self.placed(0, scalar.span.end);
        Ok(())
    }

    pub(crate) fn open(
        &mut self,
        mapping: bool,
        span: Span,
        anchor: AnchorId,
    ) -> Result<(), Fault> {
        self.check_size(span)?;
        if self.awaits_key() {
            return Err(Fault::new(span, "a mapping or sequence cannot be a key"));
        }
        if self.frames.len() >= limits::DEPTH {
            return Err(Fault::too_deep(span));
        }
        let kind = if mapping {
            Kind::Mapping
        } else {
            Kind::Sequence
        };
        let id = self.builder.open(kind, span.start);
        self.define(anchor, Anchor::Open);
        self.frames.push(Frame {
            id,
            mapping,
            has_key: false,
            key_merges: false,
            merges: false,
            len: 0,
            height: 0,
            end: span.end,
            anchor,
            keys: self.keys.len(),
        });
        Ok(())
    }

    /// Ends the innermost container. Without `end`, it ends with its last child.
    pub(crate) fn close(&mut self, end: Option<u32>) -> Result<(), Fault> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let end = end.unwrap_or(frame.end);
        self.builder.close(frame.id, frame.len, end);
        if frame.mapping && self.keys.may_repeat(frame.keys) {
            let node = self.builder.peek().node(frame.id);
            self.unsettled |= duplicate_warnings(node, &mut self.warnings);
        }
        self.keys.truncate(frame.keys);
        let height = frame.height + 1;
        self.define(
            frame.anchor,
            Anchor::Done {
                id: frame.id,
                height,
            },
        );
        self.placed(height, end);
        if frame.merges {
            check_merges(self.builder.peek().node(frame.id))?;
        }
        Ok(())
    }

    pub(crate) fn alias(&mut self, anchor: AnchorId, span: Span) -> Result<(), Fault> {
        let (id, height) = match self.anchors.get(anchor).copied().flatten() {
            Some(Anchor::Done { id, height }) => (id, height),
            Some(Anchor::Open) => {
                return Err(Fault::new(span, "the anchor's value contains itself"));
            }
            None => {
                return Err(Fault::new(
                    span,
                    "an alias to an anchor that does not exist",
                ));
            }
        };
        if self.frames.len() + height > limits::DEPTH {
            return Err(Fault::too_deep(span));
        }
        if self.awaits_key() {
            return self.alias_key(id, height, span);
        }
        let merges = self.frames.last().is_some_and(|frame| frame.key_merges);
        if merges && !self.builder.peek().node(id).is_mapping() {
            return Err(no_mapping(span));
        }
        let size = self.builder.subtree_len(id);
        self.alias_nodes = self.alias_nodes.saturating_add(size);
        if self.alias_nodes > limits::ALIAS_NODES {
            let message = format!(
                "aliases add more than {} nodes to this document",
                limits::ALIAS_NODES
            );
            return Err(Fault::limit(span, message));
        }
        self.check_size(span)?;
        self.builder.repeat(id);
        self.placed(height, span.end);
        Ok(())
    }

    /// The document, or none where it is empty or only null, with what its author should know.
    #[expect(clippy::type_complexity, reason = "a pair, taken apart at once")]
    pub(crate) fn finish(
        self,
        dialect: Dialect,
    ) -> Result<(Option<Document>, Vec<(Span, Diagnostic)>), Fault> {
        let Self {
            mut builder,
            warnings,
            ..
        } = self;
        if builder.is_empty() || builder.peek().root().is_null() {
            return Ok((None, warnings));
        }
        if self.unsettled {
            builder = builder.resolve_mappings(dialect);
        }
        if self.not_json
            && dialect == Dialect::Kubectl
            && let Some(node) = builder.peek().not_json()
        {
            let written = node.span().slice(builder.peek().text());
            let message = format!(
                "JSON, and so Kubernetes, has no `{}` here",
                shortened(written)
            );
            return Err(Fault::new(node.span(), message));
        }
        Ok((Some(builder.finish()), warnings))
    }

    /// Where the text of what was written last into the innermost container ends.
    pub(crate) fn last_end(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.end as usize)
    }

    fn awaits_key(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.mapping && !frame.has_key)
    }

    fn check_size(&self, span: Span) -> Result<(), Fault> {
        if self.builder.len() < limits::NODES {
            Ok(())
        } else {
            Err(Fault::too_many_nodes(span))
        }
    }

    fn define(&mut self, anchor: AnchorId, state: Anchor) {
        if anchor == 0 {
            return;
        }
        if self.anchors.len() <= anchor {
            self.anchors.resize(anchor + 1, None);
        }
        if let Some(slot) = self.anchors.get_mut(anchor) {
            *slot = Some(state);
        }
    }

    /// Something has been pushed into the innermost container.
    fn placed(&mut self, height: usize, end: u32) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        frame.height = frame.height.max(height);
        frame.end = end;
        if frame.mapping && !frame.has_key {
            frame.has_key = true;
        } else {
            frame.has_key = false;
            frame.key_merges = false;
            frame.len += 1;
        }
    }

    fn value(&mut self, scalar: &Scalar<'_>) -> Result<NodeId, Fault> {
        let value = self.resolved(scalar)?;
        let (kind, text) = match value {
            Value::String(text) => return Ok(self.push_string(scalar, &text)),
            Value::Null => (Kind::Null, Cow::Borrowed("null")),
            Value::Bool(true) => (Kind::Bool, Cow::Borrowed("true")),
            Value::Bool(false) => (Kind::Bool, Cow::Borrowed("false")),
            Value::Int(integer) => (Kind::Integer, Cow::Owned(integer.to_string())),
            // What JSON's reader makes of an integer that does not fit: the same detour as in kubectl.
            #[expect(clippy::cast_precision_loss, reason = "kubectl loses it too")]
            Value::Unsigned(integer) => {
                (Kind::Float, Cow::Owned(number::json_float(integer as f64)))
            }
            Value::Float(float) if !float.is_finite() => {
                let id = self.builder.owned_scalar(Kind::Float, scalar.span, ".nan");
                self.mark_not_json();
                return Ok(id);
            }
            Value::Float(float) => {
                let text = number::json_float(float);
                match text.parse::<i64>() {
                    Ok(integer) => (Kind::Integer, Cow::Owned(integer.to_string())),
                    Err(_) => (Kind::Float, Cow::Owned(text)),
                }
            }
        };
        Ok(match scalar.text_start {
            Some(start) if text == scalar.text => {
                let end = scalar.text_end(start);
                self.builder
                    .scalar(kind, scalar.span, Span::new(start, end))
            }
            _ => self.builder.owned_scalar(kind, scalar.span, &text),
        })
    }

    fn key(&mut self, scalar: &Scalar<'_>) -> Result<NodeId, Fault> {
        let is_merge = scalar.text == "<<"
            && match scalar.tag {
                Tag::Absent => scalar.plain,
                Tag::NonSpecific | Tag::Merge => true,
                _ => false,
            };
        if is_merge {
            self.unsettled = true;
            let id = self.push_string(scalar, "<<");
            self.builder.mark(Mark::Merge);
            if let Some(frame) = self.frames.last_mut() {
                frame.key_merges = true;
                frame.merges = true;
            }
            return Ok(id);
        }
        let text = match self.resolved(scalar)? {
            Value::String(text) => text,
            Value::Bool(true) => "true".into(),
            Value::Bool(false) => "false".into(),
            Value::Int(integer) => integer.to_string().into(),
            Value::Float(float) => number::key_float(float).into(),
            // kubectl takes no such keys.
            Value::Unsigned(_) | Value::Null => {
                self.keys.push(scalar.text);
                let id = self.push_string(scalar, scalar.text);
                self.mark_not_json();
                return Ok(id);
            }
        };
        self.keys.push(&text);
        Ok(self.push_string(scalar, &text))
    }

    fn alias_key(&mut self, id: NodeId, height: usize, span: Span) -> Result<(), Fault> {
        let node = self.builder.peek().node(id);
        if height > 0 {
            return Err(Fault::new(span, "a mapping or sequence cannot be a key"));
        }
        let text = node.scalar_text().to_owned();
        let is_null = node.is_null();
        self.keys.push(&text);
        self.builder.owned_scalar(Kind::String, span, &text);
        if is_null {
            self.mark_not_json();
        }
        self.placed(0, span.end);
        Ok(())
    }

    fn mark_not_json(&mut self) {
        self.builder.mark(Mark::NotJson);
        self.not_json = true;
    }

    fn resolved<'a>(&self, scalar: &Scalar<'a>) -> Result<Value<'a>, Fault> {
        resolve(scalar.tag, scalar.plain, scalar.text)
            .map_err(|message| Fault::new(scalar.span, message))
    }

    fn push_string(&mut self, scalar: &Scalar<'_>, text: &str) -> NodeId {
        match scalar.text_start {
            Some(start) if text == scalar.text => {
                let end = scalar.text_end(start);
                self.builder
                    .scalar(Kind::String, scalar.span, Span::new(start, end))
            }
            _ => self.builder.owned_scalar(Kind::String, scalar.span, text),
        }
    }
}

impl Scalar<'_> {
    fn text_end(&self, start: u32) -> u32 {
        start.saturating_add(u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }
}

/// Warns of each key that a mapping has twice; whether there is one.
pub(crate) fn duplicate_warnings(
    mapping: Node<'_>,
    warnings: &mut Vec<(Span, Diagnostic)>,
) -> bool {
    let repeated = crate::duplicates::repeated(mapping);
    for key in &repeated {
        // One more than are shown, so that whoever shows them knows that there are more.
        if warnings.len() > limits::DIAGNOSTICS_PER_SOURCE {
            break;
        }
        let message = format!(
            "key `{}` stands here a second time, and the first value is lost",
            shortened(key.scalar_text())
        );
        warnings.push((key.span(), Diagnostic::warning(message)));
    }
    !repeated.is_empty()
}

/// Checks what the merge keys of a mapping want to merge.
fn check_merges(mapping: Node<'_>) -> Result<(), Fault> {
    for (_, value) in mapping.entries().filter(|(key, _)| key.is_merge()) {
        let wrong = match value.kind() {
            Kind::Mapping => None,
            Kind::Sequence => value.items().find(|item| !item.is_mapping()),
            _ => Some(value),
        };
        if let Some(node) = wrong {
            return Err(no_mapping(node.span()));
        }
    }
    Ok(())
}

fn no_mapping(span: Span) -> Fault {
    Fault::new(span, "`<<` wants a mapping, or a list of mappings")
}
