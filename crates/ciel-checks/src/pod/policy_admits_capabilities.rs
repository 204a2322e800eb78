use ciel_yaml::Node;
use serde_json::json;

use super::policies::{self, Place};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit containers that add capabilities to the default ones. In a complete input
    /// a policy is reported only if every policy of the input admits as much: a wide policy beside a narrow one is
    /// how privileges were handed out one by one.
    ///
    /// ## Why is this bad?
    /// Each capability is a part of root's power; some of them, such as `SYS_ADMIN`, are as good as all of it. Since
    /// Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   allowedCapabilities:
    ///   - '*'
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   allowedCapabilities: []
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_CAPABILITIES = {
        code: "POD059",
        name: "policy-admits-capabilities",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits added capabilities",
        profile: All,
        run: Cluster(policy_admits_capabilities),
        frameworks: [],
        aliases: [
            kubescape("C-0219"), checkov("CKV_K8S_24"),
            kics("7307579a-3abb-46ad-9ce5-2a915634d5c8"),
        ],
    }
}

fn policy_admits_capabilities(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_CAPABILITIES,
        admitted,
        "added capabilities",
        ("allowedCapabilities", json!([])),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    let allowed = spec.get("allowedCapabilities")?;
    (!allowed.is_empty()).then_some(Place::At(allowed))
}
