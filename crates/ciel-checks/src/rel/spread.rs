//! How pods of one workload are kept apart.

use ciel_k8s::{LabelSelector, PodShape};
use ciel_snapshot::{Object, Workload};
use ciel_yaml::Node;

use super::shared;
use crate::Cx;

/// Controllers whose pods are worth keeping apart, given as group and kind.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("apps", "Deployment"),
    ("extensions", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "ReplicaSet"),
    ("", "ReplicationController"),
    ("apps.openshift.io", "DeploymentConfig"),
    ("argoproj.io", "Rollout"),
];

/// The pod that a controller makes, unless another one makes the controller.
pub(super) fn workload(object: Object<'_>) -> Option<Workload<'_>> {
    if object.owner().is_some() {
        return None;
    }
    object
        .workloads()
        .next()
        .filter(|workload| workload.spec().shape == PodShape::Pod)
}

/// Whether a controller keeps more than one pod.
pub(super) fn is_many(cx: &Cx<'_>, object: Object<'_>) -> bool {
    shared::least_pods(cx, object).is_some_and(|least| least > 1)
}

/// The terms of the pods' anti-affinity, be they required or preferred.
pub(super) fn anti_affinity_terms<'s>(workload: Workload<'s>) -> Vec<Node<'s>> {
    let spec = workload.spec().node;
    let Some(anti) = spec.at(&["affinity", "podAntiAffinity"]) else {
        return Vec::new();
    };
    let list = |key| anti.get(key).into_iter().flat_map(Node::items);
    let required = list("requiredDuringSchedulingIgnoredDuringExecution");
    let preferred = list("preferredDuringSchedulingIgnoredDuringExecution")
        .filter_map(|preference| preference.get("podAffinityTerm"));
    required.chain(preferred).collect()
}

/// The pods' topology spread constraints.
pub(super) fn constraints<'s>(workload: Workload<'s>) -> impl Iterator<Item = Node<'s>> {
    let list = workload.spec().node.get("topologySpreadConstraints");
    list.into_iter().flat_map(Node::items)
}

/// Whether the selector of a term or constraint matches the pods themselves. One without a selector matches nothing.
pub(super) fn matches_own_labels(workload: Workload<'_>, term: Node<'_>) -> bool {
    term.get("labelSelector").is_some_and(|selector| {
        LabelSelector::from_selector(selector).matches(workload.template.labels())
    })
}

/// Whether a term of affinity is about the pods' own namespace. Where the object names none, Kustomize or `kubectl -n`
/// may name any.
pub(super) fn is_about_own_namespace(workload: Workload<'_>, term: Node<'_>) -> bool {
    let own = workload.object.namespace();
    let listed = term.get("namespaces").filter(|list| !list.is_empty());
    term.get("namespaceSelector").is_some()
        || own.is_empty()
        || listed.is_none_or(|list| list.items().any(|name| name.as_str() == Some(own)))
}

/// The path of a field of the pod, from the controller's pod spec.
pub(super) fn pod_spec(workload: Workload<'_>) -> Node<'_> {
    workload.spec().node
}
