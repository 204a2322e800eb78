use ciel_yaml::Node;

use super::autoscaler::Autoscaler;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds autoscalers (HorizontalPodAutoscalers, KEDA's ScaledObjects) of a Deployment, StatefulSet, ReplicaSet,
    /// ReplicationController or DeploymentConfig that is not part of the input. Judged only where the input is
    /// complete.
    ///
    /// ## Why is this bad?
    /// The autoscaler does nothing; what it was written for stays as it is when load comes. A name was changed, or the
    /// namespace is another, or `apiVersion` is missing.
    ///
    /// ## Example
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: website}
    /// ---
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    /// ---
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    ///
    /// ## Exceptions
    /// Targets of other kinds are not judged: any resource may have a scale. It takes for granted that all workloads
    /// are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static AUTOSCALER_WITHOUT_TARGET = {
        code: "REL043",
        name: "autoscaler-without-target",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "autoscaler scales something that is not there",
        profile: All,
        run: Object(KINDS, autoscaler_without_target),
        frameworks: [],
        aliases: [
            kubescape("C-0300"), kube_linter("dangling-horizontalpodautoscaler"),
            kube_score("horizontalpodautoscaler-has-target"), popeye("POP-600"),
            kics("2f652c42-619d-4361-b361-9f599688f8ca"),
        ],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("keda.sh", "ScaledObject"),
];

/// What Kubernetes and OpenShift can scale themselves, given as group and kind.
const SCALED: [(&str, &str); 5] = [
    ("apps", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "ReplicaSet"),
    ("", "ReplicationController"),
    ("apps.openshift.io", "DeploymentConfig"),
];

fn autoscaler_without_target(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(target) = Autoscaler::of(object).map(|autoscaler| autoscaler.target) else {
        return;
    };
    let reference = ["spec", "scaleTargetRef", "name"];
    let Some(node) = object.root().at(&reference).filter(|_| cx.is_complete()) else {
        return;
    };
    let known = SCALED.iter().find(|(_, kind)| *kind == target.kind);
    let Some((group, kind)) = known.copied() else {
        return;
    };
    // The kind in a group of somebody's own is none of these.
    let is_foreign = target.group.contains('.') && target.group != group;
    let references = cx.analyses().references();
    let is_there = references.leads_somewhere(object, group, kind, target.name)
        || (group == "apps" && references.leads_somewhere(object, "extensions", kind, target.name));
    if is_foreign || (is_there && target.group == group) {
        return;
    }
    let (message, node): (String, Node<'_>) = if is_there {
        let version = object.root().at(&["spec", "scaleTargetRef", "apiVersion"]);
        let group_said = if target.group.is_empty() {
            "core"
        } else {
            target.group
        };
        let message = format!("there is no kind {kind} in the group `{group_said}` to scale");
        (message, version.unwrap_or(node))
    } else {
        let namespace = object.namespace_or_default();
        let name = target.name;
        let message = format!("there is no {kind} `{name}` in namespace `{namespace}` to scale");
        (message, node)
    };
    cx.report(&AUTOSCALER_WITHOUT_TARGET, node, message)
        .help("name a workload of the same namespace, with its `apiVersion`");
}
