use ciel_k8s::PodShape;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods without a priority class, unless the input has a class that is the cluster's default.
    ///
    /// ## Why is this bad?
    /// When nodes are full, pods of higher priority push out those of lower. Without a class all are equal, and the
    /// important ones wait behind batch jobs.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   priorityClassName: business-critical
    ///   containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// Where nothing competes nothing is gained; the finding is only information.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/>
    pub static NO_PRIORITY_CLASS = {
        code: "REL029",
        name: "no-priority-class",
        severity: Info,
        severity_reason: "Polaris calls it a warning; most clusters have no priority classes of their own",
        since: "0.1.0",
        summary: "pods have no say when nodes are full",
        profile: All,
        run: Pod(no_priority_class),
        frameworks: [],
        aliases: [polaris("priorityClassNotSet")],
    }
}

fn no_priority_class(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    let class = spec.node.str_at(&["priorityClassName"]);
    let is_set =
        class.is_some_and(|class| !class.is_empty()) || spec.node.get("priority").is_some();
    if is_set || spec.shape != PodShape::Pod {
        return;
    }
    let mut classes = cx.snapshot().of_kind("scheduling.k8s.io", "PriorityClass");
    if classes.any(|class| class.root().bool_at(&["globalDefault"]) == Some(true)) {
        return;
    }
    let message = "the pod has no priority class";
    cx.report_missing(&NO_PRIORITY_CLASS, spec.node, ".priorityClassName", message)
        .help("set `priorityClassName` where some workloads matter more than others");
}
