use ciel_yaml::Node;

use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads that say `replicas` though an autoscaler sets their number.
    ///
    /// ## Why is this bad?
    /// Each time the manifest is applied, the number goes back to what it says: under load pods are taken away, until
    /// the autoscaler notices.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 2
    /// ---
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template: {}
    /// ```
    ///
    /// ## Exceptions
    /// Objects of a live cluster show what the autoscaler has set. `replicas: 0` turns the autoscaler off, and is
    /// meant.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static REPLICAS_BESIDE_AUTOSCALER = {
        code: "REL044",
        name: "replicas-beside-autoscaler",
        severity: Low,
        severity_reason: "kube-score calls it critical; each apply sets the number back for a moment",
        since: "0.1.0",
        summary: "manifest and autoscaler quarrel about the number of pods",
        profile: All,
        run: Object(shared::REPLICATED, replicas_beside_autoscaler),
        frameworks: [],
        aliases: [
            kube_score("deployment-targeted-by-hpa-does-not-have-replicas-configured"),
            kics("5744cbb8-5946-4b75-a196-ade44449525b"),
        ],
    }
}

fn replicas_beside_autoscaler(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(node) = shared::replicas(object).filter(|node| node.as_i64() != Some(0)) else {
        return;
    };
    let metadata = object.root().get("metadata");
    let is_live = metadata.is_some_and(|metadata: Node<'_>| metadata.get("uid").is_some());
    let Some(autoscaler) = cx.analyses().fleet().autoscaler_of(object).copied() else {
        return;
    };
    if is_live {
        return;
    }
    let scaler = autoscaler.object;
    let message = format!(
        "`replicas` is set here and by {} `{}`: each apply sets the number back",
        scaler.kind(),
        scaler.name()
    );
    cx.report(&REPLICAS_BESIDE_AUTOSCALER, node, message)
        .help("remove `replicas`")
        .related(scaler, shared::name_node(scaler), "scales it")
        .fix_remove("leave the number of pods to the autoscaler", node);
}
