//! Network policies.

mod allow_all_network_policy;
mod dangling_network_policy;
mod dangling_network_policy_peer;
mod empty_network_policy;
mod ignored_network_policy_rules;
mod metadata_service_allowed;
mod namespace_without_network_policy;
mod no_default_deny_policy;
mod no_network_policy;
mod one_way_network_policy;
mod open_mesh_policy;
mod open_network_policy_rule;
mod sandbox_egress_open;
mod service_external_ips;
mod unenforced_network_policies;

use ciel_k8s::PodShape;
use ciel_network::{Isolation, Selection};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{PodCx, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &no_network_policy::NO_NETWORK_POLICY,
    &allow_all_network_policy::ALLOW_ALL_NETWORK_POLICY,
    &one_way_network_policy::ONE_WAY_NETWORK_POLICY,
    &namespace_without_network_policy::NAMESPACE_WITHOUT_NETWORK_POLICY,
    &dangling_network_policy::DANGLING_NETWORK_POLICY,
    &dangling_network_policy_peer::DANGLING_NETWORK_POLICY_PEER,
    &service_external_ips::SERVICE_EXTERNAL_IPS,
    &metadata_service_allowed::METADATA_SERVICE_ALLOWED,
    &ignored_network_policy_rules::IGNORED_NETWORK_POLICY_RULES,
    &sandbox_egress_open::SANDBOX_EGRESS_OPEN,
    &unenforced_network_policies::UNENFORCED_NETWORK_POLICIES,
    &no_default_deny_policy::NO_DEFAULT_DENY_POLICY,
    &empty_network_policy::EMPTY_NETWORK_POLICY,
    &open_network_policy_rule::OPEN_NETWORK_POLICY_RULE,
    &open_mesh_policy::OPEN_MESH_POLICY,
];

/// How policies restrict the pod under check; `None` where they cannot be judged: the input may lack policies, the pod
/// has the node's network, to which policies do not apply, or its labels are an operator's business.
fn isolation<'s>(cx: &PodCx<'s>) -> Option<Isolation<'s, 's>> {
    let spec = cx.spec();
    let is_judged = cx.is_complete()
        && spec.node.bool_at(&["hostNetwork"]) != Some(true)
        && !spec.partial
        && spec.shape == PodShape::Pod;
    is_judged.then(|| cx.analyses().network_policies().isolation(cx.workload))
}

/// The part of an object that makes a missing policy matter: its namespace, or its name.
fn place(object: Object<'_>) -> Node<'_> {
    let root = object.root();
    let field = |key| root.at(&["metadata", key]);
    field("namespace").or_else(|| field("name")).unwrap_or(root)
}

/// The labels that pods must have to be meant, for messages: `` `app` = `web` ``; empty for all pods.
fn wanted_labels(selection: &Selection<'_>) -> String {
    let wanted = selection.wanted();
    let named = wanted.iter().take(3).map(|(key, values)| match values {
        [] => format!("label `{key}`"),
        [value] => format!("label `{key}: {value}`"),
        _ => format!("label `{key}` of the listed values"),
    });
    named.collect::<Vec<_>>().join(", ")
}
