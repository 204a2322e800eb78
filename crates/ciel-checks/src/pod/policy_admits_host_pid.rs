use ciel_yaml::Node;

use super::policies::{self, Place, set_flag};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit pods in the node's process namespace. In a complete input a policy is
    /// reported only if every policy of the input admits as much: a wide policy beside a narrow one is how privileges
    /// were handed out one by one.
    ///
    /// ## Why is this bad?
    /// Such a pod sees the command lines and environment of every process of the node, and may signal those of its
    /// own user. Since Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   hostPID: true
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   hostPID: false
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_HOST_PID = {
        code: "POD054",
        name: "policy-admits-host-pid",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits the node's process namespace",
        profile: All,
        run: Cluster(policy_admits_host_pid),
        frameworks: [],
        aliases: [
            kubescape("C-0214"), checkov("CKV_K8S_1"),
            kics("91dacd0e-d189-4a9c-8272-5999a3cc32d9"),
        ],
    }
}

fn policy_admits_host_pid(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_HOST_PID,
        admitted,
        "pods in the node's process namespace",
        ("hostPID", false.into()),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    set_flag(spec, "hostPID")
}
