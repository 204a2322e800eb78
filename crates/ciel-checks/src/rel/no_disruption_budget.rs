use ciel_core::Severity;

use super::{shared, spread};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers whose pods no PodDisruptionBudget selects. Judged only where the input is complete.
    ///
    /// ## Why is this bad?
    /// Draining nodes (an upgrade, an autoscaler that packs) evicts pods one node after the other, and does not wait
    /// for new ones unless a budget says so.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ## Exceptions
    /// A workload that keeps one pod gains nothing from a budget, which would only block drains. It takes for granted
    /// that all budgets are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/disruptions/>
    pub static NO_DISRUPTION_BUDGET = {
        code: "REL031",
        name: "no-disruption-budget",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "all pods of a workload may be evicted at once",
        profile: All,
        run: Object(spread::KINDS, no_disruption_budget),
        frameworks: [],
        aliases: [
            polaris("missingPodDisruptionBudget"), kube_score("statefulset-has-poddisruptionbudget"),
            kube_score("deployment-has-poddisruptionbudget"), popeye("POP-206"),
            kics("b23e9b98-0cb6-4fc9-b257-1f3270442678"), kics("1db3a5a5-bf75-44e5-9e44-c56cfc8b1ac5"),
        ],
    }
}

fn no_disruption_budget(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if !cx.is_complete() || spread::workload(object).is_none() || shared::is_alone(cx, object) {
        return;
    }
    let is_off = shared::replicas(object).is_some_and(|node| node.as_i64() == Some(0));
    if is_off || !cx.analyses().fleet().budgets_of(object).is_empty() {
        return;
    }
    // Nothing says how many pods there are: something else may.
    let severity = if spread::is_many(cx, object) {
        Severity::Low
    } else {
        Severity::Info
    };
    let message = "no PodDisruptionBudget selects the pods of this workload";
    cx.report(&NO_DISRUPTION_BUDGET, shared::name_node(object), message)
        .severity(severity)
        .help("add a PodDisruptionBudget with `maxUnavailable: 1` for the pods' labels");
}
