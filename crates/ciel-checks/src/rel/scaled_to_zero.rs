use ciel_yaml::Node;

use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Deployments, StatefulSets and ReplicaSets with `replicas: 0` that no autoscaler scales.
    ///
    /// ## Why is this bad?
    /// What is off is easily forgotten: it keeps its rights, its secrets and its place in the manifests, and an image
    /// that gets old.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 2
    /// ```
    ///
    /// ## Exceptions
    /// Old ReplicaSets of a Deployment are kept for a rollback and not reported.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/deployment/>
    pub static SCALED_TO_ZERO = {
        code: "REL023",
        name: "scaled-to-zero",
        severity: Info,
        since: "0.1.0",
        summary: "workload runs no pod",
        profile: All,
        run: Object(KINDS, scaled_to_zero),
        frameworks: [],
        aliases: [popeye("POP-500")],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "ReplicaSet"),
    ("", "ReplicationController"),
    ("apps.openshift.io", "DeploymentConfig"),
];

fn scaled_to_zero(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(node) = shared::replicas(object).filter(|node| node.as_i64() == Some(0)) else {
        return;
    };
    let is_made = object
        .root()
        .at(&["metadata", "ownerReferences"])
        .is_some_and(|owners: Node<'_>| !owners.is_empty());
    if is_made || cx.analyses().fleet().autoscaler_of(object).is_some() {
        return;
    }
    let message = format!("{} is scaled to no pod at all", object.kind());
    cx.report(&SCALED_TO_ZERO, node, message)
        .help("remove what is no longer needed");
}
