use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `escalate` on roles or ClusterRoles, without `resourceNames`. One finding a rule; `related`
    /// names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Who writes a role must have the rights that it gives, unless they have `escalate`: then they may add `*` to a role
    /// that they hold.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [clusterroles]
    ///   verbs: [escalate, update]
    /// ```
    ///
    /// ## Use instead
    /// Leave it out: `create` and `update` on roles are enough for whoever has the rights that the roles give.
    /// ```yaml
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [roles]
    ///   verbs: [create, update]
    /// ```
    ///
    /// ## Exceptions
    /// Rules with `resourceNames`. The roles that the API server makes for itself, and roles named `system:…` that only
    /// bindings of that kind hold. Rules with `*` among their verbs or resources are told by wildcard-role, with the names
    /// that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update>
    pub static ESCALATION_ALLOWED = {
        code: "RBAC018",
        name: "escalation-allowed",
        severity: Critical,
        severity_reason: "tools say critical; high in a namespace; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role writes roles with rights that its holder lacks",
        run: Object(ROLES, escalation_allowed),
        frameworks: [
            cis("5.1.8"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1098.006"), ms("MS-TA9019"),
        ],
        aliases: [
            kubescape("C-0191"), trivy("KSV-0050"), kube_linter("escalate-verb-in-role"),
            checkov("CKV_K8S_158"), kube_bench("5.1.8"), rbac_police("escalate_roles"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &ESCALATION_ALLOWED,
    power: Power::Escalate,
    does: "write roles with any rights",
    cluster: Severity::Critical,
    namespace: Severity::High,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: true,
    told_by: &[],
    help: "take `escalate` away",
};

fn escalation_allowed(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
