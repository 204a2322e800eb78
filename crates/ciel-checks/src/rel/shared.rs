//! What checks of reliability ask of workloads, each answered in one place.

use ciel_k8s::PodShape;
use ciel_snapshot::{Object, Workload};
use ciel_yaml::Node;

use crate::Cx;

/// Controllers that keep a number of equal pods, given as group and kind.
pub(super) const REPLICATED: &[(&str, &str)] = &[
    ("apps", "Deployment"),
    ("extensions", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps.openshift.io", "DeploymentConfig"),
    ("argoproj.io", "Rollout"),
];

/// Whether pods are meant to run on: no jobs, hooks or pipelines.
pub(super) fn runs_on(workload: Workload<'_>) -> bool {
    let object = workload.object;
    let kind = object.kind();
    let is_task = object.types().group() == "batch"
        || kind.ends_with("Job")
        || kind.ends_with("Workflow")
        || kind.ends_with("Run")
        || is_hook(object);
    let policy = workload.spec().node.str_at(&["restartPolicy"]);
    workload.spec().shape == PodShape::Pod
        && !is_task
        && !matches!(policy, Some("Never" | "OnFailure"))
}

/// Whether Helm or Argo CD makes the object for a moment only.
pub(super) fn is_hook(object: Object<'_>) -> bool {
    let view = object.view();
    view.annotation("helm.sh/hook")
        .or_else(|| view.annotation("argocd.argoproj.io/hook"))
        .is_some()
}

/// The number of pods that a controller is told to keep, where it is said.
pub(super) fn replicas(object: Object<'_>) -> Option<Node<'_>> {
    object.root().at(&["spec", "replicas"])
}

/// The least number of pods that a controller keeps, as far as it can be known: its autoscaler's minimum, its own
/// number, or the one that Kubernetes takes where none is said.
pub(super) fn least_pods(cx: &Cx<'_>, object: Object<'_>) -> Option<i64> {
    if let Some(autoscaler) = cx.analyses().fleet().autoscaler_of(object) {
        return Some(autoscaler.least());
    }
    if let Some(said) = replicas(object) {
        return said.as_i64();
    }
    let counts = matches!(
        object.kind(),
        "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" | "DeploymentConfig"
    );
    counts.then_some(1)
}

/// Whether a controller surely keeps no second pod: its number is at most 1, and nothing scales it.
pub(super) fn is_alone(cx: &Cx<'_>, object: Object<'_>) -> bool {
    let said = replicas(object).and_then(Node::as_i64);
    said.is_some_and(|said| said <= 1) && cx.analyses().fleet().autoscaler_of(object).is_none()
}

/// Whether pods have a volume that only one of them can write, or that belongs to one node.
pub(super) fn has_claim(workload: Workload<'_>) -> bool {
    let mut volumes = workload.spec().volumes();
    volumes.any(|volume| volume.get("persistentVolumeClaim").is_some())
}

/// `metadata.name` of an object, or the object where it has none.
pub(super) fn name_node(object: Object<'_>) -> Node<'_> {
    let root = object.root();
    root.at(&["metadata", "name"])
        .or_else(|| root.get("metadata"))
        .unwrap_or(root)
}

/// The `spec` of an object, or the object where it has none, and the path to go on with.
pub(super) fn spec_or_root<'s>(object: Object<'s>, rest: &str) -> (Node<'s>, String) {
    match object.root().get("spec").filter(|spec| spec.is_mapping()) {
        Some(spec) => (spec, rest.to_owned()),
        None => (object.root(), format!(".spec{rest}")),
    }
}
