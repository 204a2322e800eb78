use ciel_core::Severity;
use ciel_snapshot::Workload;

use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Deployments and DeploymentConfigs whose strategy is not a rolling update.
    ///
    /// ## Why is this bad?
    /// With `Recreate`, all old pods are stopped before the first new one starts: each update is an outage, and a bad
    /// image an outage that lasts.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   strategy:
    ///     type: Recreate
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   strategy:
    ///     type: RollingUpdate
    /// ```
    ///
    /// ## Exceptions
    /// Where the pods have a volume that only one of them may use, or a port of the node, `Recreate` is right: that is
    /// information only. Without a strategy Kubernetes takes `RollingUpdate`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/deployment/>
    pub static NO_ROLLING_UPDATE = {
        code: "REL024",
        name: "no-rolling-update",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "update takes the workload down",
        profile: All,
        run: Object(KINDS, no_rolling_update),
        frameworks: [],
        aliases: [
            kubescape("C-0305"), kube_linter("no-rolling-update-strategy"),
            kube_score("deployment-strategy"),
        ],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("apps", "Deployment"),
    ("extensions", "Deployment"),
    ("apps.openshift.io", "DeploymentConfig"),
];

fn no_rolling_update(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(node) = object.root().at(&["spec", "strategy", "type"]) else {
        return;
    };
    let text = node.scalar_text();
    if matches!(text, "RollingUpdate" | "Rolling") {
        return;
    }
    let needs_it = object
        .workloads()
        .any(|workload| shared::has_claim(workload) || has_node_port(workload));
    let severity = if needs_it {
        Severity::Info
    } else {
        Severity::Low
    };
    let message = format!("strategy `{text}` is no rolling update: each update is an outage");
    let report = cx
        .report(&NO_ROLLING_UPDATE, node, message)
        .severity(severity)
        .help("use the strategy `RollingUpdate`");
    if !needs_it && object.kind() == "Deployment" && text != "Recreate" {
        // As written, the API server refuses the object.
        report
            .fix_replace("update step by step", node, "RollingUpdate")
            .safe_fix();
    }
}

fn has_node_port(workload: Workload<'_>) -> bool {
    let spec = workload.spec();
    let is_port = |port: ciel_yaml::Node<'_>| port.get("hostPort").is_some();
    spec.node.bool_at(&["hostNetwork"]) == Some(true)
        || spec.containers().iter().any(|container| {
            let ports = container.node.get("ports").into_iter();
            ports.flat_map(ciel_yaml::Node::items).any(is_port)
        })
}
