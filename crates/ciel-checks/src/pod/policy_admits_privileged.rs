use ciel_yaml::Node;

use super::policies::{self, Place, set_flag};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit privileged containers. In a complete input a policy is reported only if
    /// every policy of the input admits as much: a wide policy beside a narrow one is how privileges were handed out
    /// one by one.
    ///
    /// ## Why is this bad?
    /// A privileged container has every capability and every device of its node: whoever may use the policy owns the
    /// nodes. Since Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   privileged: true
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   privileged: false
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_PRIVILEGED = {
        code: "POD053",
        name: "policy-admits-privileged",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits privileged containers",
        profile: All,
        run: Cluster(policy_admits_privileged),
        frameworks: [],
        aliases: [
            kubescape("C-0213"), checkov("CKV_K8S_2"),
            kics("c48e57d3-d642-4e0b-90db-37f807b41b91"),
        ],
    }
}

fn policy_admits_privileged(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_PRIVILEGED,
        admitted,
        "privileged containers",
        ("privileged", false.into()),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    set_flag(spec, "privileged")
}
