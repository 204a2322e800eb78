use ciel_core::Severity;

use super::{autoscaler_minimum_below_two::AUTOSCALER_MINIMUM_BELOW_TWO, shared};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds HorizontalPodAutoscalers that do not say `minReplicas`, for which Kubernetes takes 1, or say 2; and less
    /// where `autoscaler-minimum-below-two` is not asked for.
    ///
    /// ## Why is this bad?
    /// Of three pods, a rolling update or a drained node leaves two. One that is not said is easily overlooked.
    ///
    /// ## Example
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   maxReplicas: 10
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   minReplicas: 3
    ///   maxReplicas: 10
    /// ```
    ///
    /// ## Exceptions
    /// Two are enough for much; the finding is only information.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static AUTOSCALER_MINIMUM_BELOW_THREE = {
        code: "REL041",
        name: "autoscaler-minimum-below-three",
        severity: Info,
        severity_reason: "a written minimum of one is spoken of by autoscaler-minimum-below-two",
        since: "0.1.0",
        summary: "autoscaler may leave less than three pods",
        profile: All,
        run: Object(&[("autoscaling", "HorizontalPodAutoscaler")], autoscaler_minimum_below_three),
        frameworks: [],
        aliases: [
            kube_linter("hpa-minimum-three-replicas"), kube_score("horizontalpodautoscaler-replicas"),
        ],
    }
}

fn autoscaler_minimum_below_three(cx: &mut ObjectCx<'_>) {
    let help = "set `minReplicas` to 3 or more";
    let Some(node) = cx.object.root().at(&["spec", "minReplicas"]) else {
        let (parent, path) = shared::spec_or_root(cx.object, ".minReplicas");
        let message = "the autoscaler says no `minReplicas`, so it may leave a single pod";
        cx.report_missing(&AUTOSCALER_MINIMUM_BELOW_THREE, parent, &path, message)
            .severity(Severity::Low)
            .help(help);
        return;
    };
    let least = node.as_i64().filter(|least| *least < 3);
    let is_spoken_of = cx.options().selects(&AUTOSCALER_MINIMUM_BELOW_TWO.check);
    let Some(least) = least.filter(|least| *least == 2 || !is_spoken_of) else {
        return;
    };
    let message = format!("the autoscaler may leave {least} pods when there is little to do");
    cx.report(&AUTOSCALER_MINIMUM_BELOW_THREE, node, message)
        .help(help);
}
