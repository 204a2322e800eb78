//! Fields that stand at known paths of many kinds.

use ciel_yaml::Node;

/// The nodes at the end of a chain of keys, where `[]` stands for every item of a list.
pub(super) fn nodes_at<'s>(root: Node<'s>, path: &[&str]) -> Vec<Node<'s>> {
    let mut nodes = vec![root];
    for key in path {
        nodes = match *key {
            "[]" => nodes.into_iter().flat_map(Node::items).collect(),
            key => nodes.into_iter().filter_map(|node| node.get(key)).collect(),
        };
    }
    nodes
}

/// Whether a switch is on, be it written as a boolean or as text.
pub(super) fn is_on(node: Node<'_>) -> bool {
    node.scalar_text().eq_ignore_ascii_case("true")
}
