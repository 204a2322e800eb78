use ciel_yaml::Node;

use super::policies::{self, Place, set_flag};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit pods in the node's network. In a complete input a policy is reported only
    /// if every policy of the input admits as much: a wide policy beside a narrow one is how privileges were handed
    /// out one by one.
    ///
    /// ## Why is this bad?
    /// No NetworkPolicy holds for such a pod, and it reaches what listens on the node's loopback interface, the
    /// kubelet among them. Since Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   hostNetwork: true
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   hostNetwork: false
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_HOST_NETWORK = {
        code: "POD056",
        name: "policy-admits-host-network",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits the node's network",
        profile: All,
        run: Cluster(policy_admits_host_network),
        frameworks: [],
        aliases: [
            kubescape("C-0216"), checkov("CKV_K8S_4"),
            kics("a33e9173-b674-4dfb-9d82-cf3754816e4b"),
        ],
    }
}

fn policy_admits_host_network(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_HOST_NETWORK,
        admitted,
        "pods in the node's network",
        ("hostNetwork", false.into()),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    set_flag(spec, "hostNetwork")
}
