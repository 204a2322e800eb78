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
    const FIX: &str = "keep three pods";
    let help = "set `minReplicas` to 3 or more";
    let spec = cx.object.root().get("spec");
    let most = spec.and_then(|spec| spec.get("maxReplicas")?.as_i64());
    let has_room = most.is_some_and(|most| most >= 3);
    let Some(node) = cx.object.root().at(&["spec", "minReplicas"]) else {
        let (parent, path) = shared::spec_or_root(cx.object, ".minReplicas");
        let message = "the autoscaler says no `minReplicas`, so it may leave a single pod";
        let report = cx
            .report_missing(&AUTOSCALER_MINIMUM_BELOW_THREE, parent, &path, message)
            .severity(Severity::Low)
            .help(help);
        if let Some(spec) = spec.filter(|_| has_room) {
            report.fix_set(FIX, spec, &["minReplicas"], 3);
        }
        return;
    };
    let least = node.as_i64().filter(|least| *least < 3);
    let is_spoken_of = cx.options().selects(&AUTOSCALER_MINIMUM_BELOW_TWO.check);
    let Some(least) = least.filter(|least| *least == 2 || !is_spoken_of) else {
        return;
    };
    let message = format!("the autoscaler may leave {least} pods when there is little to do");
    let report = cx
        .report(&AUTOSCALER_MINIMUM_BELOW_THREE, node, message)
        .help(help);
    if has_room {
        report.fix_replace(FIX, node, 3);
    }
}
