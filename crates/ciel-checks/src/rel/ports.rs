//! The ports of containers, and what asks for them.

use ciel_snapshot::Workload;
use ciel_yaml::Node;

/// The ports that a container declares.
pub(super) fn ports(container: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    container.get("ports").into_iter().flat_map(Node::items)
}

/// The ports that the containers of a pod declare, which run as long as it does.
pub(super) fn pod_ports<'s>(workload: Workload<'s>) -> Vec<Node<'s>> {
    let containers = workload.spec().containers();
    let staying = containers.iter().filter(|container| container.stays());
    staying
        .flat_map(|container| ports(container.node))
        .collect()
}

/// The number of a declared port.
pub(super) fn number(port: Node<'_>) -> Option<i64> {
    port.get("containerPort").and_then(Node::as_i64)
}

/// The name of a declared port.
pub(super) fn name<'s>(port: Node<'s>) -> Option<&'s str> {
    port.str_at(&["name"]).filter(|name| !name.is_empty())
}

/// What is wrong with the name of a port, if it is wrong: at most 15 lower-case letters, digits and single hyphens
/// inside, one of them a letter.
pub(super) fn name_fault(name: &str) -> Option<&'static str> {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.len() > 15 {
        Some("is longer than 15 characters")
    } else if !name.bytes().all(is_allowed) {
        Some("has other characters than lower-case letters, digits and hyphens")
    } else if !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Some("has no letter")
    } else if name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        Some("has a hyphen at its end or two in a row")
    } else {
        None
    }
}

/// Whether a number is that of a port.
pub(super) fn is_port(number: i64) -> bool {
    (1..=65_535).contains(&number)
}
