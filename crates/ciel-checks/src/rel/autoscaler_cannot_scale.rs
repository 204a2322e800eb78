use ciel_yaml::Node;

use super::autoscaler::Autoscaler;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds autoscalers (HorizontalPodAutoscalers, KEDA's ScaledObjects) whose maximum is not above their minimum.
    ///
    /// ## Why is this bad?
    /// Such an autoscaler never does anything, and looks as if load were taken care of. A maximum below the minimum is
    /// refused by the API server.
    ///
    /// ## Example
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   minReplicas: 3
    ///   maxReplicas: 3
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   minReplicas: 3
    ///   maxReplicas: 9
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static AUTOSCALER_CANNOT_SCALE = {
        code: "REL042",
        name: "autoscaler-cannot-scale",
        severity: Low,
        since: "0.1.0",
        summary: "autoscaler has no room to scale",
        profile: All,
        run: Object(KINDS, autoscaler_cannot_scale),
        frameworks: [],
        aliases: [polaris("hpaMaxAvailability")],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("autoscaling", "HorizontalPodAutoscaler"),
    ("keda.sh", "ScaledObject"),
];

fn autoscaler_cannot_scale(cx: &mut ObjectCx<'_>) {
    let Some((least, max)) = bounds(cx.object) else {
        return;
    };
    let most = max.scalar_text();
    let message = format!("the autoscaler leaves at least {least} and at most {most} pods");
    cx.report(&AUTOSCALER_CANNOT_SCALE, max, message)
        .help("raise the maximum above the minimum");
}

/// The bounds of an autoscaler that leave nothing between them.
fn bounds<'s>(object: ciel_snapshot::Object<'s>) -> Option<(i64, Node<'s>)> {
    // One that does not say what it scales has bounds all the same.
    let of_spec = |key| object.root().at(&["spec", key]);
    let (least, max) = match Autoscaler::of(object) {
        Some(autoscaler) => (autoscaler.least(), autoscaler.max?),
        None => {
            let least = of_spec("minReplicas").map_or(Some(1), Node::as_i64)?;
            (least, of_spec("maxReplicas")?)
        }
    };
    (max.as_i64()? <= least).then_some((least, max))
}
