use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// In a complete input, finds clusters on Amazon EKS none of whose nodes is of Fargate. Takes for granted that the
    /// input holds all nodes. The finding is on the first node.
    ///
    /// ## Why is this bad?
    /// On Fargate each pod has a virtual machine, and so a kernel, of its own. Untrusted workloads that share the
    /// kernel of a node with others are one flaw away from them.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Node
    /// metadata:
    ///   name: ip-10-0-0-1.eu-west-1.compute.internal
    ///   labels:
    ///     eks.amazonaws.com/nodegroup: main
    /// ```
    ///
    /// ## Use instead
    /// A Fargate profile for the namespaces of untrusted workloads, or a runtime with a kernel of its own:
    /// ```yaml
    /// apiVersion: node.k8s.io/v1
    /// kind: RuntimeClass
    /// metadata:
    ///   name: gvisor
    /// handler: runsc
    /// ```
    ///
    /// ## Exceptions
    /// Clusters that run trusted workloads only, which is most. Clusters elsewhere are not judged.
    ///
    /// ## References
    /// - <https://docs.aws.amazon.com/eks/latest/userguide/fargate.html>
    pub static NO_FARGATE_NODE = {
        code: "GOV017",
        name: "no-fargate-node",
        severity: Info,
        since: "0.1.0",
        summary: "cluster on EKS runs nothing on Fargate",
        profile: All,
        run: Cluster(no_fargate_node),
        frameworks: [],
        aliases: [kubescape("C-0233")],
    }
}

fn no_fargate_node(cx: &mut ClusterCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    let snapshot = cx.snapshot();
    let mut first = None;
    for node in snapshot.of_kind("", "Node") {
        if is_of_fargate(node) {
            return;
        }
        if first.is_none() && is_of_eks(node) {
            first = Some(node);
        }
    }
    let Some(node) = first else {
        return;
    };
    let root = node.root();
    let name = root.at(&["metadata", "name"]).unwrap_or(root);
    cx.report_on(
        &NO_FARGATE_NODE,
        node,
        name,
        "no node of the cluster is of Fargate",
    )
    .help("consider a Fargate profile for workloads that are not trusted");
}

fn is_of_fargate(node: Object<'_>) -> bool {
    node.view().label("eks.amazonaws.com/compute-type") == Some("fargate")
        || node.name().starts_with("fargate-")
}

fn is_of_eks(node: Object<'_>) -> bool {
    let labels = node.root().at(&["metadata", "labels"]);
    let mut labels = labels.into_iter().flat_map(Node::entries);
    labels.any(|(key, _)| key.scalar_text().starts_with("eks.amazonaws.com/"))
}
