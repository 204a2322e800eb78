use super::{budget, shared};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodDisruptionBudgets with neither `minAvailable` nor `maxUnavailable`, and with both.
    ///
    /// ## Why is this bad?
    /// Without either the budget protects nothing, though it looks as if it did. The API server refuses one with both.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   selector: {matchLabels: {app: web}}
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
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/configure-pdb/>
    pub static BUDGET_WITHOUT_DEMAND = {
        code: "REL034",
        name: "budget-without-demand",
        severity: Low,
        severity_reason: "kube-score calls it critical; the budget does nothing, or is refused",
        since: "0.1.0",
        summary: "PodDisruptionBudget says not what it protects, or twice",
        profile: All,
        run: Object(budget::KINDS, budget_without_demand),
        frameworks: [],
        aliases: [kube_score("poddisruptionbudget-has-policy")],
    }
}

fn budget_without_demand(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let field = |name| object.root().at(&["spec", name]);
    let help = "say one of `maxUnavailable` and `minAvailable`";
    match (field("minAvailable"), field("maxUnavailable")) {
        (None, None) => {
            let (parent, path) = shared::spec_or_root(object, ".maxUnavailable");
            let message = "the budget says neither `minAvailable` nor `maxUnavailable`";
            cx.report_missing(&BUDGET_WITHOUT_DEMAND, parent, &path, message)
                .help(help);
        }
        (Some(_), Some(node)) => {
            let message =
                "the API server refuses a budget with both `minAvailable` and `maxUnavailable`";
            cx.report(&BUDGET_WITHOUT_DEMAND, node, message).help(help);
        }
        _ => {}
    }
}
