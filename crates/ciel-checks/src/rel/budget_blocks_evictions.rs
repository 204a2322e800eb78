use ciel_k8s::IntOrPercent;

use super::{
    budget::{self, Demand},
    budget_above_autoscaler_minimum::{self, BUDGET_ABOVE_AUTOSCALER_MINIMUM},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodDisruptionBudgets that leave nothing to evictions: `maxUnavailable` of 0, `minAvailable` of 100 %, or a
    /// `minAvailable` that is not below the number of pods that their workloads keep (their autoscaler's minimum, where
    /// they have one).
    ///
    /// ## Why is this bad?
    /// Nodes with such pods cannot be drained. Upgrades of the cluster stop there until somebody deletes the pod by
    /// hand, and security updates wait.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   minAvailable: 2
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// kind: Deployment
    /// spec:
    ///   replicas: 2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ## Exceptions
    /// With `minAvailable` above an autoscaler's written minimum, `budget-above-autoscaler-minimum` speaks. Pods that
    /// must never be evicted should say so by other means.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/configure-pdb/>
    pub static BUDGET_BLOCKS_EVICTIONS = {
        code: "REL032",
        name: "budget-blocks-evictions",
        severity: Medium,
        severity_reason: "all tools warn; nodes cannot be drained, which holds up security updates too",
        since: "0.1.0",
        summary: "PodDisruptionBudget never lets a pod go",
        profile: All,
        run: Object(budget::KINDS, budget_blocks_evictions),
        frameworks: [],
        aliases: [
            kube_linter("pdb-max-unavailable"), kube_linter("pdb-min-available"),
            polaris("pdbDisruptionsIsZero"), popeye("POP-901"),
        ],
    }
}

fn budget_blocks_evictions(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(demand) = Demand::of(object) else {
        return;
    };
    let help = "leave something to evictions: `maxUnavailable: 1`, or a lower `minAvailable`";
    if demand.blocks_any() {
        let message = "the budget never lets a pod go: nodes with these pods cannot be drained";
        let report = cx
            .report(&BUDGET_BLOCKS_EVICTIONS, demand.node(), message)
            .help(help);
        if let Demand::Go(node, _) = demand {
            report.fix_replace("let one pod go at a time", node, 1);
        }
        return;
    }
    let Some(pods) = budget::selected(cx, object) else {
        return;
    };
    let Some(least) = budget::least_pods(cx, pods).filter(|least| demand.blocks(*least)) else {
        return;
    };
    // A share that is rounded up to everything leaves something as soon as there are more pods.
    let is_single_share = least == 1 && matches!(demand, Demand::Stay(_, IntOrPercent::Percent(_)));
    let is_spoken_of = cx.options().selects(&BUDGET_ABOVE_AUTOSCALER_MINIMUM.check)
        && budget_above_autoscaler_minimum::cause(cx, object).is_some();
    let Some(first) = pods.first().map(|pods| pods.object) else {
        return;
    };
    if is_single_share || is_spoken_of {
        return;
    }
    let message = format!(
        "the budget wants `{}` pods to stay, and {} `{}` keeps no more than {least}",
        demand.node().scalar_text(),
        first.kind(),
        first.name(),
    );
    let node = super::shared::replicas(first).unwrap_or_else(|| super::shared::name_node(first));
    cx.report(&BUDGET_BLOCKS_EVICTIONS, demand.node(), message)
        .help(help)
        .related(first, node, "keeps these pods");
}
