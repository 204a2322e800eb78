use super::{shared, spread};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers whose pods have neither topology spread constraints nor a pod anti-affinity.
    ///
    /// ## Why is this bad?
    /// When a zone or a node fails, a workload survives only with pods elsewhere. The scheduler's own preference gives
    /// way to everything else.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 3
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   replicas: 3
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       topologySpreadConstraints:
    ///       - maxSkew: 1
    ///         topologyKey: topology.kubernetes.io/zone
    ///         whenUnsatisfiable: ScheduleAnyway
    ///         labelSelector: {matchLabels: {app: web}}
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// Workloads that keep a single pod have nothing to spread. One that does not say how many pods it keeps is judged,
    /// since something else will.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/>
    pub static NO_TOPOLOGY_SPREAD = {
        code: "REL027",
        name: "no-topology-spread",
        severity: Info,
        severity_reason: "Polaris calls it a warning; the scheduler spreads pods softly by itself since Kubernetes 1.24",
        since: "0.1.0",
        summary: "all pods of a workload may land in one zone",
        profile: All,
        run: Object(spread::KINDS, no_topology_spread),
        frameworks: [],
        aliases: [polaris("topologySpreadConstraint")],
    }
}

fn no_topology_spread(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(workload) = spread::workload(object) else {
        return;
    };
    let is_spread = spread::constraints(workload).next().is_some()
        || !spread::anti_affinity_terms(workload).is_empty();
    if is_spread || shared::is_alone(cx, object) {
        return;
    }
    let message = "nothing spreads the pods of this workload over zones or nodes";
    let help = "add `topologySpreadConstraints` that match the pods' own labels";
    let spec = spread::pod_spec(workload);
    match spec.get("topologySpreadConstraints") {
        Some(node) => cx.report(&NO_TOPOLOGY_SPREAD, node, message),
        None => {
            let path = ".topologySpreadConstraints";
            cx.report_missing(&NO_TOPOLOGY_SPREAD, spec, path, message)
        }
    }
    .help(help);
}
