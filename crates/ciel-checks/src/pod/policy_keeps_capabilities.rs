use ciel_yaml::Node;
use serde_json::json;

use super::policies::{self, Place};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit containers with all of the default capabilities: it requires none to be
    /// dropped. In a complete input a policy is reported only if every policy of the input admits as much: a wide
    /// policy beside a narrow one is how privileges were handed out one by one.
    ///
    /// ## Why is this bad?
    /// The default capabilities let a container forge packets (`NET_RAW`), change the owner of files and become
    /// another user. Since Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   requiredDropCapabilities: []
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   requiredDropCapabilities:
    ///   - ALL
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_KEEPS_CAPABILITIES = {
        code: "POD060",
        name: "policy-keeps-capabilities",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy lets containers keep capabilities",
        profile: All,
        run: Cluster(policy_keeps_capabilities),
        frameworks: [],
        aliases: [
            kubescape("C-0220"), checkov("CKV_K8S_7"), checkov("CKV_K8S_36"),
            kics("caa93370-791f-4fc6-814b-ba6ce0cb4032"), kics("2270987f-bb51-479f-b8be-3ca73e5ad648"),
        ],
    }
}

fn policy_keeps_capabilities(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_KEEPS_CAPABILITIES,
        admitted,
        "containers with all of the default capabilities",
        ("requiredDropCapabilities", json!(["ALL"])),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    match spec.get("requiredDropCapabilities") {
        Some(list) if list.is_empty() => Some(Place::At(list)),
        Some(_) => None,
        None => Some(Place::Missing(".requiredDropCapabilities")),
    }
}
