use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create`, `update` or `patch` on Roles, ClusterRoles or their bindings, where the same rule
    /// has no `bind` or `escalate` (then these checks speak). One finding a rule; `related` names the bindings and the
    /// workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Kubernetes lets nobody give rights that they do not have. But whoever writes bindings can pass on all that they
    /// have, to accounts that nobody watches, and stay after their own account is gone.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [rolebindings]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Let a person or one deployment pipeline write roles, and workloads none.
    /// ```yaml
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [rolebindings]
    ///   verbs: [get, list]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static ROLES_WRITABLE = {
        code: "RBAC019",
        name: "roles-writable",
        severity: Medium,
        severity_reason: "tools say low to high; Kubernetes itself keeps the writer within their own rights. In one namespace it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role writes roles or bindings",
        run: Object(ROLES, roles_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1098.006"),
            ms("MS-TA9019"),
        ],
        aliases: [
            trivy("KSV-0051"), trivy("KSV-0052"), trivy("KSV-0055"), checkov("CKV2_K8S_1"),
            kubiscan("risky-create-rolebinding-role"), kubiscan("risky-create-rolebinding-clusterrole"),
            kubiscan("risky-create-clusterrolebinding-clusterrole"), kubiscan("risky-add-rolebinding"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &ROLES_WRITABLE,
    power: Power::WriteRoles,
    does: "write roles or bindings",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[Power::Bind, Power::Escalate],
    help: "leave roles and bindings to who deploys",
};

fn roles_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
