use super::spread;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers that keep more than one pod and do not keep them apart: no pod anti-affinity that matches
    /// their own pods, and no topology spread constraint either.
    ///
    /// ## Why is this bad?
    /// Several replicas on one node are lost together. Without a rule of its own, a workload has only the scheduler's
    /// soft preference.
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
    ///       affinity:
    ///         podAntiAffinity:
    ///           preferredDuringSchedulingIgnoredDuringExecution:
    ///           - weight: 100
    ///             podAffinityTerm:
    ///               topologyKey: kubernetes.io/hostname
    ///               labelSelector: {matchLabels: {app: web}}
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// A topology spread constraint that matches the pods does the same. DaemonSets have one pod a node by themselves.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/>
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/>
    pub static NO_POD_ANTI_AFFINITY = {
        code: "REL025",
        name: "no-pod-anti-affinity",
        severity: Low,
        severity_reason: "all tools agree",
        since: "0.1.0",
        summary: "all pods of a workload may land on one node",
        profile: All,
        run: Object(spread::KINDS, no_pod_anti_affinity),
        frameworks: [],
        aliases: [
            kube_linter("no-anti-affinity"), kube_score("deployment-has-host-podantiaffinity"),
            kube_score("statefulset-has-host-podantiaffinity"),
            kics("d740d048-8ed3-49d3-b77b-6f072f3b669e"), kics("a31b7b82-d994-48c4-bd21-3bab6c31827a"),
        ],
    }
}

fn no_pod_anti_affinity(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(workload) = spread::workload(object).filter(|_| spread::is_many(cx, object)) else {
        return;
    };
    let terms = spread::anti_affinity_terms(workload);
    let is_apart = terms.iter().any(|term| {
        spread::matches_own_labels(workload, *term)
            && spread::is_about_own_namespace(workload, *term)
    });
    let is_spread =
        || spread::constraints(workload).any(|term| spread::matches_own_labels(workload, term));
    if is_apart || is_spread() {
        return;
    }
    let help =
        "add a pod anti-affinity by `kubernetes.io/hostname`, or a topology spread constraint";
    let spec = spread::pod_spec(workload);
    match spec.at(&["affinity", "podAntiAffinity"]) {
        Some(node) if !terms.is_empty() => {
            let message = "the pod anti-affinity does not match these pods themselves";
            cx.report(&NO_POD_ANTI_AFFINITY, node, message).help(help);
        }
        _ => {
            let message = "nothing keeps the pods of this workload on different nodes";
            let path = ".affinity.podAntiAffinity";
            cx.report_missing(&NO_POD_ANTI_AFFINITY, spec, path, message)
                .help(help);
        }
    }
}
