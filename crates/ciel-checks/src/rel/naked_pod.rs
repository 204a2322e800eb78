use ciel_core::Severity;
use ciel_snapshot::Object;

use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that no controller has made.
    ///
    /// ## Why is this bad?
    /// When its node fails, is drained or is replaced, such a pod is gone. Nothing makes it again, scales it or updates
    /// it step by step.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// Pods with an owner, Helm's and Argo CD's hooks, and the control plane's static pods are meant to be so. Pods
    /// that run once are reported as information: a Job would make them again.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/>
    pub static NAKED_POD = {
        code: "REL020",
        name: "naked-pod",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "pod that nobody makes again",
        profile: All,
        run: Object(&[("", "Pod")], naked_pod),
        frameworks: [],
        aliases: [
            kubescape("C-0073"), popeye("POP-208"),
            datree("K8S_INCORRECT_KIND_VALUE_POD"),
        ],
    }
}

fn naked_pod(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let root = object.root();
    let is_owned = root
        .at(&["metadata", "ownerReferences"])
        .is_some_and(|owners| !owners.is_empty());
    if is_owned || shared::is_hook(object) || is_static(object) {
        return;
    }
    let Some(kind) = root.get("kind") else {
        return;
    };
    let is_once = matches!(
        root.str_at(&["spec", "restartPolicy"]),
        Some("Never" | "OnFailure")
    );
    let (severity, wanted) = if is_once {
        (Severity::Info, "a Job")
    } else {
        (Severity::Low, "a Deployment, StatefulSet or DaemonSet")
    };
    let message = "no controller makes this pod again when its node is gone";
    cx.report(&NAKED_POD, kind, message)
        .severity(severity)
        .help(format!("let {wanted} make the pod"));
}

/// Whether the kubelet runs it from a file of its node.
fn is_static(object: Object<'_>) -> bool {
    let view = object.view();
    let is_control_plane = view.label("tier") == Some("control-plane");
    is_control_plane && object.namespace() == "kube-system"
        || view.annotation("kubernetes.io/config.source").is_some()
        || view.annotation("kubernetes.io/config.mirror").is_some()
}
