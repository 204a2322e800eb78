use ciel_core::Severity;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Deployments, DeploymentConfigs and Rollouts with one pod that no autoscaler scales; StatefulSets, and
    /// Deployments whose pod has a volume to itself, as information.
    ///
    /// ## Why is this bad?
    /// Every drained node, eviction and crash is an outage until the new pod is ready.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 1
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
    /// What cannot run twice should say so with the strategy `Recreate`; that is information only. An autoscaler that
    /// is not part of the input is not seen. Workloads with `replicas: 0` are off.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/deployment/>
    pub static SINGLE_REPLICA = {
        code: "REL021",
        name: "single-replica",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "workload stops with its only pod",
        profile: All,
        run: Object(shared::REPLICATED, single_replica),
        frameworks: [],
        aliases: [
            polaris("deploymentMissingReplicas"), kube_score("deployment-replicas"),
            datree("DEPLOYMENT_INCORRECT_REPLICAS_VALUE"),
        ],
    }
}

fn single_replica(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let said = shared::replicas(object);
    let number = said.and_then(Node::as_i64);
    let is_single = said.is_none() || number == Some(1);
    if !is_single || cx.analyses().fleet().autoscaler_of(object).is_some() {
        return;
    }
    let severity = if is_bound_to_one(object) {
        Severity::Info
    } else {
        Severity::Low
    };
    let help = "set `replicas` to 2 or more, or let an autoscaler set it";
    match said {
        Some(node) => {
            let message = format!("{} has a single pod", object.kind());
            cx.report(&SINGLE_REPLICA, node, message)
        }
        None => {
            let message = format!(
                "{} says no `replicas`, so it has a single pod",
                object.kind()
            );
            let (parent, path) = shared::spec_or_root(object, ".replicas");
            cx.report_missing(&SINGLE_REPLICA, parent, &path, message)
        }
    }
    .severity(severity)
    .help(help);
}

/// Whether a second pod is not a question of a number.
fn is_bound_to_one(object: Object<'_>) -> bool {
    object.kind() == "StatefulSet"
        || object.root().str_at(&["spec", "strategy", "type"]) == Some("Recreate")
        || object.workloads().any(shared::has_claim)
}
