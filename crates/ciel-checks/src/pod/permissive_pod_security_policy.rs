use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that let pods mount any path of their node. What else policies admit, such as privileged
    /// containers, has checks of its own.
    ///
    /// ## Why is this bad?
    /// Kubernetes 1.25 removed PodSecurityPolicies: the object protects nothing there any more, and in an older
    /// cluster this one admits pods that take over their node.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   volumes: ['*']
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission, by labels of the namespace.
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use, on Kubernetes before 1.25.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static PERMISSIVE_POD_SECURITY_POLICY = {
        code: "POD046",
        name: "permissive-pod-security-policy",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits every path of the node",
        profile: All,
        run: Object(&[("policy", "PodSecurityPolicy"), ("extensions", "PodSecurityPolicy")], permissive_policy),
        frameworks: [],
aliases: [kubescape("C-0068"), checkov("CKV_K8S_32")],
    }
}

fn permissive_policy(cx: &mut ObjectCx<'_>) {
    let volumes = cx.object.root().at(&["spec", "volumes"]);
    let mut types = volumes.into_iter().flat_map(Node::items);
    let Some(node) = types.find(|node| matches!(node.scalar_text(), "*" | "hostPath")) else {
        return;
    };
    let paths = cx.object.root().at(&["spec", "allowedHostPaths"]);
    if paths.is_some_and(|paths| !paths.is_empty()) {
        return;
    }
    cx.report(
        &PERMISSIVE_POD_SECURITY_POLICY,
        node,
        "policy admits every path of the node",
    )
    .help("label the namespaces for Pod Security admission, and delete the policy");
}
