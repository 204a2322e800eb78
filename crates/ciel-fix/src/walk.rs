//! From a JSON pointer to the node that stands there, and whether what stands there is its own.

use ciel_yaml::{Kind, Node};

use crate::{Refusal, lines, lines::Lines, patch};

/// A node with the way to it.
#[derive(Clone, Debug)]
pub(crate) struct Found<'d> {
    pub(crate) node: Node<'d>,
    /// The containers above it, outermost first.
    pub(crate) above: Vec<Node<'d>>,
}

impl<'d> Found<'d> {
    pub(crate) fn parent(&self) -> Option<Node<'d>> {
        self.above.last().copied()
    }
}

/// The node at a pointer below a root.
pub(crate) fn find<'d>(
    text: Lines<'_>,
    root: Node<'d>,
    pointer: &str,
) -> Result<Found<'d>, Refusal> {
    let mut node = root;
    let mut above = Vec::new();
    for step in patch::steps(pointer) {
        let child = match node.kind() {
            Kind::Mapping => node.get_raw(&step),
            Kind::Sequence => step.parse().ok().and_then(|index| node.item(index)),
            _ => None,
        };
        let child = child.ok_or_else(|| Refusal::Missing(pointer.to_owned()))?;
        if node.is_mapping() {
            check_entry(text, node, child, pointer)?;
        } else {
            check_item(text, node, child, pointer)?;
        }
        above.push(node);
        node = child;
    }
    Ok(Found { node, above })
}

/// Whether a mapping or sequence has brackets.
pub(crate) fn is_flow(text: Lines<'_>, node: Node<'_>) -> bool {
    matches!(text.byte(start(node)), Some(b'{' | b'['))
        && matches!(node.kind(), Kind::Mapping | Kind::Sequence)
}

/// Whether a scalar is a block text.
pub(crate) fn is_block_text(text: Lines<'_>, node: Node<'_>) -> bool {
    node.kind() == Kind::String && matches!(text.byte(start(node)), Some(b'|' | b'>'))
}

pub(crate) fn start(node: Node<'_>) -> usize {
    node.span().start as usize
}

pub(crate) fn end(node: Node<'_>) -> usize {
    node.span().end as usize
}

fn is_within(outer: Node<'_>, inner: Node<'_>) -> bool {
    start(outer) <= start(inner) && end(inner) <= end(outer)
}

/// Between a key and its value stands a colon and nothing else that matters.
fn check_entry(
    text: Lines<'_>,
    mapping: Node<'_>,
    value: Node<'_>,
    pointer: &str,
) -> Result<(), Refusal> {
    let shared = || Refusal::Shared(pointer.to_owned());
    let key = value.key().ok_or_else(shared)?;
    if !is_within(mapping, key) || !is_within(mapping, value) || end(key) > start(value) {
        return Err(shared());
    }
    let gap = lines::tokens(text.slice(end(key), start(value)));
    match gap.as_str() {
        ":" => Ok(()),
        gap if gap.contains('!') => Err(Refusal::Tagged(pointer.to_owned())),
        gap if gap.contains(['&', '*']) => Err(shared()),
        _ => Err(Refusal::Layout(pointer.to_owned())),
    }
}

/// Before an item stands a dash, a bracket or a comma.
fn check_item(
    text: Lines<'_>,
    sequence: Node<'_>,
    item: Node<'_>,
    pointer: &str,
) -> Result<(), Refusal> {
    if !is_within(sequence, item) {
        return Err(Refusal::Shared(pointer.to_owned()));
    }
    let before = text.before(start(item)).trim_end();
    if before.is_empty() || before.ends_with(['-', ',', '[']) {
        return Ok(());
    }
    match before.rsplit(' ').next() {
        Some(word) if word.starts_with('!') => Err(Refusal::Tagged(pointer.to_owned())),
        Some(word) if word.starts_with(['&', '*']) => Err(Refusal::Shared(pointer.to_owned())),
        _ => Err(Refusal::Layout(pointer.to_owned())),
    }
}
