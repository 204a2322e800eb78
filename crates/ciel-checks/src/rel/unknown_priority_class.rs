use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods whose priority class is not part of the input. The two of Kubernetes itself are always there. Judged
    /// only where the input is complete.
    ///
    /// ## Why is this bad?
    /// The API server refuses such pods: the workload never starts, or does not come back after its next restart.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   priorityClassName: buisness-critical
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   priorityClassName: business-critical
    /// ```
    ///
    /// ## Exceptions
    /// It takes for granted that the cluster's priority classes are part of the input.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/>
    pub static UNKNOWN_PRIORITY_CLASS = {
        code: "REL030",
        name: "unknown-priority-class",
        severity: Low,
        severity_reason: "only kube-linter looks, and accepts the two system classes alone; a class that is not there keeps pods from being made",
        since: "0.1.0",
        summary: "pod names a priority class that is not there",
        profile: All,
        run: Pod(unknown_priority_class),
        frameworks: [],
        aliases: [kube_linter("priority-class-name")],
    }
}

fn unknown_priority_class(cx: &mut PodCx<'_>) {
    let Some(node) = cx.spec().node.get("priorityClassName") else {
        return;
    };
    let name = node.scalar_text();
    let is_known = name.is_empty()
        || matches!(name, "system-cluster-critical" | "system-node-critical")
        || !cx.is_complete()
        || cx
            .snapshot()
            .find("scheduling.k8s.io", "PriorityClass", "", name)
            .is_some();
    if is_known {
        return;
    }
    let message = format!("there is no priority class `{name}`: the API server refuses the pod");
    cx.report(&UNKNOWN_PRIORITY_CLASS, node, message)
        .help("name a priority class that exists, or add it");
}
