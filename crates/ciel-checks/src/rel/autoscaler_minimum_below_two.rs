use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds HorizontalPodAutoscalers whose `minReplicas` is below 2.
    ///
    /// ## Why is this bad?
    /// When there is little to do, the workload has one pod, and every drained node or crash is an outage until the
    /// next one is ready.
    ///
    /// ## Example
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   minReplicas: 1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   minReplicas: 2
    /// ```
    ///
    /// ## Exceptions
    /// Where nothing is said Kubernetes takes 1, which `autoscaler-minimum-below-three` speaks of.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static AUTOSCALER_MINIMUM_BELOW_TWO = {
        code: "REL040",
        name: "autoscaler-minimum-below-two",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "autoscaler may leave a single pod",
        profile: All,
        run: Object(&[("autoscaling", "HorizontalPodAutoscaler")], autoscaler_minimum_below_two),
        frameworks: [],
        aliases: [polaris("hpaMinAvailability")],
    }
}

fn autoscaler_minimum_below_two(cx: &mut ObjectCx<'_>) {
    let Some(node) = cx.object.root().at(&["spec", "minReplicas"]) else {
        return;
    };
    let Some(least) = Node::as_i64(node).filter(|least| *least < 2) else {
        return;
    };
    let message = format!("the autoscaler may leave {least} pods when there is little to do");
    let most = cx.object.root().at(&["spec", "maxReplicas"]);
    let has_room = most.and_then(Node::as_i64).is_some_and(|most| most >= 2);
    let report = cx
        .report(&AUTOSCALER_MINIMUM_BELOW_TWO, node, message)
        .help("set `minReplicas` to 2 or more");
    if has_room {
        report.fix_replace("keep two pods", node, 2);
    }
}
