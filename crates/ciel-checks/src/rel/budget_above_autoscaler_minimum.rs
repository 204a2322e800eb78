use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::{
    autoscaler::Autoscaler,
    budget::{self, Demand},
};
use crate::{Cx, ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodDisruptionBudgets whose `minAvailable` is above the minimum of the autoscaler that scales their pods.
    ///
    /// ## Why is this bad?
    /// When there is little to do, the autoscaler leaves less pods than the budget wants. Until it scales up again no
    /// pod may go, and nodes cannot be drained.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   minAvailable: 3
    /// ---
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   minReplicas: 2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   maxUnavailable: 1
    /// ```
    ///
    /// ## Exceptions
    /// An autoscaler that does not say its minimum is spoken of by `budget-blocks-evictions`, as is a minimum that is
    /// just met.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/configure-pdb/>
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static BUDGET_ABOVE_AUTOSCALER_MINIMUM = {
        code: "REL033",
        name: "budget-above-autoscaler-minimum",
        severity: Medium,
        since: "0.1.0",
        summary: "autoscaler may leave less pods than the PodDisruptionBudget wants",
        profile: All,
        run: Object(budget::KINDS, budget_above_autoscaler_minimum),
        frameworks: [],
        aliases: [polaris("pdbMinAvailableGreaterThanHPAMinReplicas")],
    }
}

fn budget_above_autoscaler_minimum(cx: &mut ObjectCx<'_>) {
    let Some(cause) = cause(cx, cx.object) else {
        return;
    };
    let message = format!(
        "the budget wants `{}` pods to stay, and {} `{}` may leave {}",
        cause.wanted.scalar_text(),
        cause.autoscaler.object.kind(),
        cause.autoscaler.object.name(),
        cause.autoscaler.least(),
    );
    cx.report(&BUDGET_ABOVE_AUTOSCALER_MINIMUM, cause.wanted, message)
        .help("use `maxUnavailable`, or raise the autoscaler's minimum")
        .related(cause.autoscaler.object, cause.min, "leaves so few pods");
}

/// What a budget and an autoscaler say against each other.
pub(super) struct Cause<'s> {
    wanted: Node<'s>,
    autoscaler: Autoscaler<'s>,
    min: Node<'s>,
}

/// The first autoscaler whose written minimum is below what a budget wants to stay.
pub(super) fn cause<'s>(cx: &Cx<'s>, object: Object<'s>) -> Option<Cause<'s>> {
    let Demand::Stay(wanted, stay) = Demand::of(object)? else {
        return None;
    };
    let pods = budget::selected(cx, object)?;
    let fleet = cx.analyses().fleet();
    pods.iter().find_map(|pods| {
        let autoscaler = *fleet.autoscaler_of(pods.object)?;
        let min = autoscaler.min?;
        let least = autoscaler.least();
        (stay.of_total(least) > least).then_some(Cause {
            wanted,
            autoscaler,
            min,
        })
    })
}
