use ciel_yaml::Node;
use serde_json::json;

use super::policies::{self, Place};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit containers that run as root: the rule `RunAsAny`, and ranges that begin
    /// with user 0. In a complete input a policy is reported only if every policy of the input admits as much: a wide
    /// policy beside a narrow one is how privileges were handed out one by one.
    ///
    /// ## Why is this bad?
    /// Root in a container is root on the node as soon as one flaw of the kernel or the runtime lets it out. Since
    /// Kubernetes 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   runAsUser:
    ///     rule: RunAsAny
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   runAsUser:
    ///     rule: MustRunAsNonRoot
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_ROOT = {
        code: "POD058",
        name: "policy-admits-root",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits root",
        profile: All,
        run: Cluster(policy_admits_root),
        frameworks: [],
        aliases: [
            kubescape("C-0218"), checkov("CKV_K8S_6"),
            kics("e3aa0612-4351-4a0d-983f-aefea25cf203"),
        ],
    }
}

fn policy_admits_root(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_ROOT,
        admitted,
        "containers that run as root",
        ("runAsUser", json!({"rule": "MustRunAsNonRoot"})),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    let rule = spec.at(&["runAsUser", "rule"])?;
    let mut ranges = spec
        .at(&["runAsUser", "ranges"])
        .into_iter()
        .flat_map(Node::items);
    let admits = match rule.scalar_text() {
        "RunAsAny" => true,
        "MustRunAs" => ranges.any(|range| range.get("min").and_then(Node::as_i64) == Some(0)),
        _ => false,
    };
    admits.then_some(Place::At(rule))
}
