use super::{budget, shared};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodDisruptionBudgets that do not say `unhealthyPodEvictionPolicy`.
    ///
    /// ## Why is this bad?
    /// By default a pod that is not ready may go only while the budget is met. A workload that is broken anyway thus
    /// holds up every drain until somebody mends it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   maxUnavailable: 1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PodDisruptionBudget
    /// spec:
    ///   maxUnavailable: 1
    ///   unhealthyPodEvictionPolicy: AlwaysAllow
    /// ```
    ///
    /// ## Exceptions
    /// Workloads that lose data when a second pod goes (databases while they replicate) want the default, and may say
    /// so.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/configure-pdb/>
    pub static NO_UNHEALTHY_POD_EVICTION_POLICY = {
        code: "REL035",
        name: "no-unhealthy-pod-eviction-policy",
        severity: Info,
        since: "0.1.0",
        summary: "broken pods hold up the draining of nodes",
        profile: All,
        run: Object(budget::KINDS, no_unhealthy_pod_eviction_policy),
        frameworks: [],
        aliases: [kube_linter("pdb-unhealthy-pod-eviction-policy")],
    }
}

fn no_unhealthy_pod_eviction_policy(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let policy = ["spec", "unhealthyPodEvictionPolicy"];
    if object.root().at(&policy).is_some() {
        return;
    }
    let (parent, path) = shared::spec_or_root(object, ".unhealthyPodEvictionPolicy");
    let message = "the budget does not say whether pods that are not ready may be evicted";
    cx.report_missing(&NO_UNHEALTHY_POD_EVICTION_POLICY, parent, &path, message)
        .help("set `unhealthyPodEvictionPolicy: AlwaysAllow`")
        .fix_set(
            "let pods that are not ready be evicted",
            object.root(),
            &policy,
            "AlwaysAllow",
        );
}
