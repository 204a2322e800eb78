use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `impersonate` on users, groups, service accounts, uids or extra attributes, without
    /// `resourceNames`, or with names that may do everything (`system:masters`). One finding a rule; `related` names the
    /// bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Whoever may act as others has all that they have: `kubectl --as=x --as-group=system:masters` is cluster-admin.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [groups]
    ///   verbs: [impersonate]
    /// ```
    ///
    /// ## Use instead
    /// Name who may be impersonated.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [users]
    ///   resourceNames: [deployer]
    ///   verbs: [impersonate]
    /// ```
    ///
    /// ## Exceptions
    /// Rules that name identities which are not known to be strong. The roles that the API server makes for itself, and
    /// roles named `system:…` that only bindings of that kind hold. Rules with `*` among their verbs or resources are told
    /// by wildcard-role, with the names that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation>
    pub static IMPERSONATION_ALLOWED = {
        code: "RBAC016",
        name: "impersonation-allowed",
        severity: Critical,
        severity_reason: "tools say medium to critical: in the whole cluster it is cluster-admin, in a namespace all service accounts of it; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role acts as other users, groups or accounts",
        run: Object(ROLES, impersonation_allowed),
        frameworks: [
            cis("5.1.8"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1078"),
        ],
        aliases: [
            kubescape("C-0065"), kubescape("C-0191"), kube_linter("impersonate-without-resource-names"),
            trivy("KSV-0043"), checkov("CKV2_K8S_3"), kube_bench("5.1.8"),
            kubiscan("risky-impersonate-groups"), kubiscan("risky-any-resource-impersonate"),
            rbac_police("impersonate"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &IMPERSONATION_ALLOWED,
    power: Power::Impersonate,
    does: "act as others",
    cluster: Severity::Critical,
    namespace: Severity::High,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: true,
    told_by: &[],
    help: "name who may be impersonated with `resourceNames`",
};

fn impersonation_allowed(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
