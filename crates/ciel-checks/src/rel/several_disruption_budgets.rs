use super::{shared, spread};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads whose pods more than one PodDisruptionBudget selects.
    ///
    /// ## Why is this bad?
    /// The eviction of a pod with two budgets is refused with an error, whatever they say: nodes with it cannot be
    /// drained.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// metadata: {name: all}
    /// spec: {maxUnavailable: 1, selector: {}}
    /// ---
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/>
    pub static SEVERAL_DISRUPTION_BUDGETS = {
        code: "REL037",
        name: "several-disruption-budgets",
        severity: Medium,
        severity_reason: "Popeye calls it an error; such pods cannot be evicted at all",
        since: "0.1.0",
        summary: "two PodDisruptionBudgets select the same pods",
        profile: All,
        run: Object(spread::KINDS, several_disruption_budgets),
        frameworks: [],
        aliases: [popeye("POP-209")],
    }
}

fn several_disruption_budgets(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let budgets = cx.analyses().fleet().budgets_of(object);
    let [first, second, ..] = budgets else {
        return;
    };
    let (first, second) = (*first, *second);
    // Two sources may hold the same budget, as variants of one chart do.
    if first.name() == second.name() {
        return;
    }
    let message = format!(
        "the pods have {} PodDisruptionBudgets, `{}` and `{}`: they cannot be evicted",
        budgets.len(),
        first.name(),
        second.name()
    );
    cx.report(
        &SEVERAL_DISRUPTION_BUDGETS,
        shared::name_node(object),
        message,
    )
    .help("let one budget select the pods")
    .related(first, shared::name_node(first), "selects them")
    .related(second, shared::name_node(second), "selects them too");
}
