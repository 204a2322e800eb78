use ciel_k8s::LabelSelector;

use super::fleet;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodDisruptionBudgets whose selector matches no pod of their namespace, or that have no selector. Judged
    /// only where the input is complete.
    ///
    /// ## Why is this bad?
    /// The pods that it was written for are evicted without it; a label was renamed, or the namespace is another.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: website}}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: website}}
    /// ```
    ///
    /// ## Exceptions
    /// Pods that an operator makes for a custom resource of the input are taken to be there. It takes for granted that
    /// all workloads are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/configure-pdb/>
    pub static BUDGET_SELECTS_NO_PODS = {
        code: "REL036",
        name: "budget-selects-no-pods",
        severity: Low,
        severity_reason: "only Popeye looks; the pods that were meant are not protected",
        since: "0.1.0",
        summary: "PodDisruptionBudget protects nothing",
        profile: All,
        run: Object(&[("policy", "PodDisruptionBudget")], budget_selects_no_pods),
        frameworks: [],
        aliases: [popeye("POP-900")],
    }
}

fn budget_selects_no_pods(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(spec) = object.root().get("spec").filter(|_| cx.is_complete()) else {
        return;
    };
    let Some(selector) = spec.get("selector") else {
        let message = "a budget without selector protects no pod";
        cx.report_missing(&BUDGET_SELECTS_NO_PODS, spec, ".selector", message)
            .help("select the pods' labels");
        return;
    };
    if !fleet::selects_nothing(cx, object, &LabelSelector::from_selector(selector)) {
        return;
    }
    let message = format!(
        "no pod in namespace `{}` has the labels that the budget selects",
        object.namespace_or_default()
    );
    cx.report(&BUDGET_SELECTS_NO_PODS, selector, message)
        .help("select the pods' labels, or remove the budget");
}
