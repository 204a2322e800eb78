use ciel_yaml::Node;

use super::policies::{self, Place};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PodSecurityPolicies that admit containers whose programs may gain privileges. A policy that says nothing
    /// admits them. In a complete input a policy is reported only if every policy of the input admits as much: a wide
    /// policy beside a narrow one is how privileges were handed out one by one.
    ///
    /// ## Why is this bad?
    /// With a set-user-id program in the image, a process gets more rights than it was started with. Since Kubernetes
    /// 1.25 the object does nothing at all, and nothing keeps such pods out.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   allowPrivilegeEscalation: true
    /// ```
    ///
    /// ## Use instead
    /// Pod Security admission by labels of the namespaces, or, before Kubernetes 1.25:
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// spec:
    ///   allowPrivilegeEscalation: false
    /// ```
    ///
    /// ## Exceptions
    /// A policy that only the cluster's own components may use: who may use a policy is not looked at.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/>
    pub static POLICY_ADMITS_PRIVILEGE_ESCALATION = {
        code: "POD057",
        name: "policy-admits-privilege-escalation",
        severity: Info,
        severity_reason: "the object does nothing since Kubernetes 1.25, where it cannot exist",
        since: "0.1.0",
        summary: "pod security policy admits privilege escalation",
        profile: All,
        run: Cluster(policy_admits_privilege_escalation),
        frameworks: [],
        aliases: [
            kubescape("C-0217"), checkov("CKV_K8S_5"),
            kics("87554eef-154d-411d-bdce-9dbd91e56851"),
        ],
    }
}

fn policy_admits_privilege_escalation(cx: &mut ClusterCx<'_>) {
    policies::report(
        cx,
        &POLICY_ADMITS_PRIVILEGE_ESCALATION,
        admitted,
        "privilege escalation",
        ("allowPrivilegeEscalation", false.into()),
    );
}

fn admitted(spec: Node<'_>) -> Option<Place<'_>> {
    match spec.get("allowPrivilegeEscalation") {
        Some(flag) => (flag.as_bool() == Some(true)).then_some(Place::At(flag)),
        None => Some(Place::Missing(".allowPrivilegeEscalation")),
    }
}
