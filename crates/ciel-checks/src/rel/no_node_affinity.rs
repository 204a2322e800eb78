use super::spread;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers whose pods say nothing of the nodes that they may run on: no node affinity, node selector or
    /// node name.
    ///
    /// ## Why is this bad?
    /// In a cluster with different nodes (of another architecture, with other hardware, in other trust zones) such pods
    /// land wherever there is room.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       nodeSelector: {kubernetes.io/arch: amd64}
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// Where all nodes are equal nothing is gained; the finding is only information.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/>
    pub static NO_NODE_AFFINITY = {
        code: "REL026",
        name: "no-node-affinity",
        severity: Info,
        since: "0.1.0",
        summary: "pods may land on any node",
        profile: All,
        run: Object(spread::KINDS, no_node_affinity),
        frameworks: [],
        aliases: [kube_linter("no-node-affinity")],
    }
}

fn no_node_affinity(cx: &mut ObjectCx<'_>) {
    let Some(workload) = spread::workload(cx.object) else {
        return;
    };
    let spec = spread::pod_spec(workload);
    let says = |keys: &[&str]| spec.at(keys).is_some_and(|node| !node.is_empty());
    if says(&["affinity", "nodeAffinity"])
        || says(&["nodeSelector"])
        || spec.get("nodeName").is_some()
    {
        return;
    }
    let message = "the pods may land on any node";
    cx.report_missing(&NO_NODE_AFFINITY, spec, ".affinity.nodeAffinity", message)
        .help("add a node affinity or a `nodeSelector` where nodes differ");
}
