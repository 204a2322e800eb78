use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `update` or `patch` on `pods/ephemeralcontainers`, without `resourceNames`. One finding a
    /// rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// An ephemeral container is one more container in a pod that runs already: with an image of one's choice, in the pod's
    /// network, with its volumes and, on asking, in the processes of its other containers. It is what `pods/exec` is, for
    /// pods without a shell.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Role
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/ephemeralcontainers]
    ///   verbs: [patch]
    /// ```
    ///
    /// ## Use instead
    /// Give it to people, for a time, in the namespaces that they look after.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: shop
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/log]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static EPHEMERAL_CONTAINERS_ADDABLE = {
        code: "RBAC012",
        name: "ephemeral-containers-addable",
        severity: High,
        severity_reason: "as pod-exec-allowed: it leads to the same",
        since: "0.1.0",
        summary: "role adds containers to any running pod",
        run: Object(ROLES, ephemeral_containers_addable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1609"),
        ],
        aliases: [
            rbac_police("pods_ephemeral_ctrs"), rbac_police("rce_weak_ns"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &EPHEMERAL_CONTAINERS_ADDABLE,
    power: Power::DebugPods,
    does: "add containers to any running pod",
    cluster: Severity::High,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[Power::ExecInPods],
    help: "give it to people, in the namespaces that they look after",
};

fn ephemeral_containers_addable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
