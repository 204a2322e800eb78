use ciel_k8s::Quantity;

use super::resources;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that request less CPU or memory than their limit allows.
    ///
    /// ## Why is this bad?
    /// What is used beyond the request is borrowed. Where everybody borrows at once, a node runs out of memory though
    /// none of its pods passed its limit, and such pods are killed first. With requests equal to limits for all
    /// containers, the pod is of the class Guaranteed, which is killed last.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {memory: 128Mi}
    ///     limits: {memory: 1Gi}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {memory: 512Mi}
    ///     limits: {memory: 512Mi}
    /// ```
    ///
    /// ## Exceptions
    /// Borrowing is what makes a cluster cheap; the finding is only information.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/>
    pub static REQUEST_BELOW_LIMIT = {
        code: "REL005",
        name: "request-below-limit",
        severity: Info,
        since: "0.1.0",
        summary: "container may use more than it reserves",
        profile: All,
        run: Container(request_below_limit),
        frameworks: [],
        aliases: [
            kube_score("container-resource-requests-equal-limits"),
            kube_score("container-cpu-requests-equal-limits"),
            kube_score("container-memory-requests-equal-limits"),
            kics("9d43040e-e703-4e16-8bfe-8d4da10fa7e6"), kics("aafa7d94-62de-4fbf-8838-b69ee217b0e6"),
            kics("aee3c7d2-a811-4201-90c7-11c028be9a46"),
        ],
    }
}

fn request_below_limit(cx: &mut ContainerCx<'_>) {
    if !resources::is_judged(cx) || !cx.container.stays() {
        return;
    }
    for resource in ["cpu", "memory"] {
        let amount = |list| cx.container.node.at(&["resources", list, resource]);
        let (Some(request), Some(limit)) = (amount("requests"), amount("limits")) else {
            continue;
        };
        let read = (Quantity::of(request), Quantity::of(limit));
        if !matches!(read, (Some(low), Some(high)) if low < high) {
            continue;
        }
        let message = format!(
            "{} requests `{}` of {resource} and may use `{}`",
            cx.container.display(),
            request.scalar_text(),
            limit.scalar_text()
        );
        cx.report(&REQUEST_BELOW_LIMIT, request, message)
            .help("set the request to the limit where the workload must not be evicted");
    }
}
