use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `bind` on roles or ClusterRoles, without `resourceNames`, or with the names of strong roles
    /// (`cluster-admin`, `admin`, `edit`, `system:node`). One finding a rule; `related` names the bindings and the
    /// workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Who writes a binding must have the rights that it gives, unless they have `bind` on the role: then they may give
    /// cluster-admin to themselves.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [clusterroles]
    ///   verbs: [bind]
    /// ```
    ///
    /// ## Use instead
    /// Name the roles that may be bound.
    /// ```yaml
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [clusterroles]
    ///   resourceNames: [view]
    ///   verbs: [bind]
    /// ```
    ///
    /// ## Exceptions
    /// Rules that name roles which are not known to be strong. The roles that the API server makes for itself, and roles
    /// named `system:…` that only bindings of that kind hold. Rules with `*` among their verbs or resources are told by
    /// wildcard-role, with the names that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update>
    pub static ANY_ROLE_BINDABLE = {
        code: "RBAC017",
        name: "any-role-bindable",
        severity: Critical,
        severity_reason: "tools say low to critical: in the whole cluster it is cluster-admin, in a namespace everything in it; one less for people, two less where nothing binds the role. `bind` on bindings is low: Kubernetes asks for it on roles only",
        since: "0.1.0",
        summary: "role binds roles with rights that its holder lacks",
        run: Object(ROLES, any_role_bindable),
        frameworks: [
            cis("5.1.8"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1098.006"), ms("MS-TA9019"),
        ],
        aliases: [
            kubescape("C-0191"), trivy("KSV-0050"), trivy("KSV-0051"), trivy("KSV-0052"),
            kube_linter("bind-verb-in-role"), checkov("CKV_K8S_157"), checkov("CKV2_K8S_1"),
            kube_bench("5.1.8"), rbac_police("bind_roles"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &ANY_ROLE_BINDABLE,
    power: Power::Bind,
    does: "bind any role",
    cluster: Severity::Critical,
    namespace: Severity::High,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: true,
    told_by: &[],
    help: "name the roles that may be bound with `resourceNames`",
};

fn any_role_bindable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
