//! What PodDisruptionBudgets leave to evictions.

use ciel_k8s::IntOrPercent;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::{
    fleet::{Pods, Selected},
    shared,
};
use crate::Cx;

/// The kind, given as group and kind. The core group never had it, but manifests that say so mean the same.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("policy", "PodDisruptionBudget"),
    ("", "PodDisruptionBudget"),
];

/// The demand of a budget: how many pods must stay, or may go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Demand<'s> {
    /// `minAvailable`
    Stay(Node<'s>, IntOrPercent),
    /// `maxUnavailable`
    Go(Node<'s>, IntOrPercent),
}

impl<'s> Demand<'s> {
    /// What a budget says; `minAvailable` first where it says both, which the API server refuses.
    pub(super) fn of(budget: Object<'s>) -> Option<Self> {
        let spec = budget.root().get("spec")?;
        let field = |name| {
            let node = spec.get(name)?;
            Some((node, IntOrPercent::of(node)?))
        };
        let stay = field("minAvailable").map(|(node, said)| Self::Stay(node, said));
        stay.or_else(|| field("maxUnavailable").map(|(node, said)| Self::Go(node, said)))
    }

    /// Whether it leaves nothing to evictions, however many pods there are.
    pub(super) fn blocks_any(self) -> bool {
        match self {
            Self::Stay(_, said) => matches!(said, IntOrPercent::Percent(100..)),
            Self::Go(_, said) => said.is_zero(),
        }
    }

    /// Whether it leaves nothing to evictions of so many pods.
    pub(super) fn blocks(self, pods: i64) -> bool {
        self.blocks_any()
            || match self {
                Self::Stay(_, said) => said.of_total(pods) >= pods,
                Self::Go(..) => false,
            }
    }

    /// Where it stands.
    pub(super) fn node(self) -> Node<'s> {
        match self {
            Self::Stay(node, _) | Self::Go(node, _) => node,
        }
    }
}

/// The pods that a budget selects, as far as they are known.
pub(super) fn selected<'c, 's>(cx: &'c Cx<'s>, budget: Object<'s>) -> Option<&'c [Pods<'s>]> {
    match cx.analyses().fleet().selected(budget) {
        Some(Selected::Pods(pods)) if !pods.is_empty() => Some(pods),
        _ => None,
    }
}

/// The least number of pods that the workloads of a budget keep together; `None` where one of them cannot be known, or
/// is off.
pub(super) fn least_pods<'s>(cx: &Cx<'s>, pods: &[Pods<'s>]) -> Option<i64> {
    let mut sum: i64 = 0;
    for pods in pods {
        let least = match pods.object.kind() {
            "Pod" => 1,
            _ => shared::least_pods(cx, pods.object)?,
        };
        sum = sum.checked_add(least)?;
    }
    (sum > 0).then_some(sum)
}
