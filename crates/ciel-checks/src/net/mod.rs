//! Network policies.

mod allow_all_network_policy;
mod namespace_without_network_policy;
mod no_network_policy;
mod one_way_network_policy;

use ciel_k8s::PodShape;
use ciel_network::Isolation;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{PodCx, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &no_network_policy::NO_NETWORK_POLICY,
    &allow_all_network_policy::ALLOW_ALL_NETWORK_POLICY,
    &one_way_network_policy::ONE_WAY_NETWORK_POLICY,
    &namespace_without_network_policy::NAMESPACE_WITHOUT_NETWORK_POLICY,
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
