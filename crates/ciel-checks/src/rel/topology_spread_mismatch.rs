use super::spread;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds topology spread constraints whose selector does not match the pods that carry them.
    ///
    /// ## Why is this bad?
    /// The scheduler counts the pods that the selector matches. One that matches others, or nothing, leaves these pods
    /// wherever they land, though it looks as if they were spread.
    ///
    /// ## Example
    /// ```yaml
    /// metadata: {labels: {app: web}}
    /// spec:
    ///   topologySpreadConstraints:
    ///   - maxSkew: 1
    ///     topologyKey: topology.kubernetes.io/zone
    ///     whenUnsatisfiable: DoNotSchedule
    ///     labelSelector: {matchLabels: {app: shop}}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// metadata: {labels: {app: web}}
    /// spec:
    ///   topologySpreadConstraints:
    ///   - maxSkew: 1
    ///     topologyKey: topology.kubernetes.io/zone
    ///     whenUnsatisfiable: DoNotSchedule
    ///     labelSelector: {matchLabels: {app: web}}
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/>
    pub static TOPOLOGY_SPREAD_MISMATCH = {
        code: "REL028",
        name: "topology-spread-mismatch",
        severity: Low,
        since: "0.1.0",
        summary: "topology spread constraint does not count the pods that it is for",
        profile: All,
        run: Object(spread::KINDS, topology_spread_mismatch),
        frameworks: [],
        aliases: [kube_score("pod-topology-spread-constraints")],
    }
}

fn topology_spread_mismatch(cx: &mut ObjectCx<'_>) {
    let Some(workload) = spread::workload(cx.object) else {
        return;
    };
    for constraint in spread::constraints(workload) {
        if spread::matches_own_labels(workload, constraint) {
            continue;
        }
        let help = "select the labels of the pods themselves";
        match constraint.get("labelSelector") {
            Some(node) => {
                let message = "the topology spread constraint does not match these pods themselves";
                cx.report(&TOPOLOGY_SPREAD_MISMATCH, node, message)
                    .help(help);
            }
            None => {
                let message = "a topology spread constraint without selector counts no pod";
                let own = cx.object.root().at(&["spec", "selector", "matchLabels"]);
                let own = own.filter(|labels| !labels.is_empty());
                let report = cx
                    .report_missing(
                        &TOPOLOGY_SPREAD_MISMATCH,
                        constraint,
                        ".labelSelector",
                        message,
                    )
                    .help(help);
                if let Some(own) = own {
                    report.fix_set(
                        "count the pods of the workload",
                        constraint,
                        &["labelSelector", "matchLabels"],
                        own.to_json(),
                    );
                }
            }
        }
    }
}
