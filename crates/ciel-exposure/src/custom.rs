//! Services that custom resources ask their controllers for.

use ciel_core::limits;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::service::{is_internal_by_annotation, is_restricted};

/// Services of one custom resource that are looked at.
const ASKED: usize = 16;

/// Where a custom resource asks its controller for a Service of type `NodePort`, or for a load balancer that is not
/// internal: the nodes that say so. Nothing for built-in kinds and for policies, in which such words are patterns.
#[must_use]
pub fn asked_services(object: Object<'_>) -> Vec<Node<'_>> {
    let group = object.types().group();
    let is_builtin =
        !group.contains('.') || (group.ends_with(".k8s.io") && !group.contains("x-k8s.io"));
    let is_policy = ["kyverno.io", "gatekeeper.sh", "kubewarden.io"]
        .iter()
        .any(|own| group.ends_with(own));
    let mut found = Vec::new();
    let spec = object.root().get("spec");
    if let Some(spec) = spec.filter(|_| !is_builtin && !is_policy) {
        search(spec, false, 0, &mut found);
    }
    found
}

fn search<'s>(node: Node<'s>, is_service: bool, depth: usize, found: &mut Vec<Node<'s>>) {
    if depth > limits::DEPTH || found.len() >= ASKED {
        return;
    }
    for (key, child) in node.entries() {
        let key = key.scalar_text();
        if asks(key, child, is_service) {
            if !is_closed(node) {
                found.push(child);
            }
        } else if child.is_mapping() || child.is_sequence() {
            let is_service = is_service || speaks_of_services(key);
            // What is made of pods is no Service.
            if !matches!(key, "template" | "containers" | "volumes") {
                search(child, is_service, depth + 1, found);
            }
        }
    }
    for child in node.items() {
        search(child, is_service, depth + 1, found);
    }
}

fn speaks_of_services(key: &str) -> bool {
    let ends = [
        "service",
        "Service",
        "services",
        "Services",
        "expose",
        "listeners",
    ];
    ends.iter().any(|end| key.ends_with(end)) || key == "serviceTemplate"
}

/// Whether a field asks: `serviceType: NodePort`, `type: LoadBalancer` within something called service, Strimzi's
/// `type: loadbalancer` of a listener, the switches of the PostgreSQL operator.
fn asks(key: &str, value: Node<'_>, is_service: bool) -> bool {
    match key {
        "serviceType" => is_type(value),
        "type" => is_service && is_type(value),
        "enableMasterLoadBalancer" | "enableReplicaLoadBalancer" => value.as_bool() == Some(true),
        _ => false,
    }
}

fn is_type(value: Node<'_>) -> bool {
    matches!(
        value.as_str(),
        Some("LoadBalancer" | "NodePort" | "loadbalancer" | "nodeport")
    )
}

/// Whether the fields beside it make the load balancer internal, or let only some addresses in.
fn is_closed(beside: Node<'_>) -> bool {
    let annotations = [
        beside.get("annotations"),
        beside.at(&["metadata", "annotations"]),
        beside.get("serviceAnnotations"),
    ];
    annotations.into_iter().any(is_internal_by_annotation)
        || is_restricted(beside.get("loadBalancerSourceRanges"))
        || is_restricted(beside.get("allowedSourceRanges"))
}
