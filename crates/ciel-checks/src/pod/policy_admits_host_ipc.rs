use ciel_yaml::Node;

use super::policies::{self, Place, set_flag};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit pods in the node's IPC namespace. In a complete input a policy is
    /// reported only if every policy of the input admits as much: a wide policy beside a narrow one is how privileges
    /// were handed out one by one.
    ///
    /// ## Why is this bad?
    /// Such a pod reads and writes the shared memory of the node's processes and of other pods that share it. Since
    /// Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   hostIPC: true
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   hostIPC: false
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_HOST_IPC = {
        code: "POD055",
        name: "policy-admits-host-ipc",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits the node's IPC namespace",
        profile: All,
        run: Cluster(policy_admits_host_ipc),
        frameworks: [],
        aliases: [
            kubescape("C-0215"), checkov("CKV_K8S_3"),
            kics("80f93444-b240-4ebb-a4c6-5c40b76c04ea"),
        ],
    }
}

fn policy_admits_host_ipc(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_HOST_IPC,
        admitted,
        "pods in the node's IPC namespace",
        ("hostIPC", false.into()),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    set_flag(spec, "hostIPC")
}
