use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `update` or `patch` on namespaces, without `resourceNames`. In a Role it is the role's own
    /// namespace. One finding a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// The labels `pod-security.kubernetes.io/…` say how much pods of a namespace may. Who changes them lets privileged
    /// pods in. Network policies select namespaces by label, too.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [namespaces]
    ///   verbs: [patch]
    /// ```
    ///
    /// ## Use instead
    /// Leave namespaces to who deploys.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [namespaces]
    ///   verbs: [get, list, watch]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-admission/>
    pub static NAMESPACES_WRITABLE = {
        code: "RBAC031",
        name: "namespaces-writable",
        severity: Medium,
        severity_reason: "a step on the way: pods have to be created next",
        since: "0.1.0",
        summary: "role writes namespaces, with the labels of Pod Security",
        run: Object(ROLES, namespaces_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1685"),
        ],
        aliases: [],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &NAMESPACES_WRITABLE,
    power: Power::WriteNamespaces,
    does: "change namespaces, with their Pod Security labels",
    cluster: Severity::Medium,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "leave namespaces to who deploys",
};

fn namespaces_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
