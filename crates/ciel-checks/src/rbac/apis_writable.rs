use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create`, `update` or `patch` on APIServices or CustomResourceDefinitions, without
    /// `resourceNames`. One finding a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// An APIService leads all requests of an API group, with the identity of who asks, to a server of one's choice. A
    /// CustomResourceDefinition with a conversion webhook shows that server every object of the kind.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [apiregistration.k8s.io]
    ///   resources: [apiservices]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Let who deploys write them, and the operator only read.
    /// ```yaml
    /// rules:
    /// - apiGroups: [apiextensions.k8s.io]
    ///   resources: [customresourcedefinitions]
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
    pub static APIS_WRITABLE = {
        code: "RBAC033",
        name: "apis-writable",
        severity: Medium,
        severity_reason: "no tool has it; low for CustomResourceDefinitions, which many operators write",
        since: "0.1.0",
        summary: "role writes definitions of APIs",
        run: Object(ROLES, apis_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1557"),
        ],
        aliases: [],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &APIS_WRITABLE,
    power: Power::WriteApis,
    does: "write definitions of APIs",
    cluster: Severity::Medium,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &["customresourcedefinitions"],
    is_verb: false,
    told_by: &[],
    help: "let who deploys write them",
};

fn apis_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
