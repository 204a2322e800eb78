use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow to write or delete Secrets, without `resourceNames`, where the same rule does not read them
    /// too (then secrets-readable speaks). One finding a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// A Secret of type `kubernetes.io/service-account-token` is filled by the API server with a token of any account of
    /// its namespace that never expires. Who changes Secrets puts certificates, registry credentials and configuration of
    /// their own in the place of others'.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [secrets]
    ///   verbs: [create, patch]
    /// ```
    ///
    /// ## Use instead
    /// Let the workload write the Secrets that are its own, by name, in its namespace.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [secrets]
    ///   resourceNames: [web-state]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Exceptions
    /// Rules with `resourceNames`. The roles that the API server makes for itself, and roles named `system:…` that only
    /// bindings of that kind hold. Rules with `*` among their verbs or resources are told by wildcard-role, with the names
    /// that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static SECRETS_WRITABLE = {
        code: "RBAC008",
        name: "secrets-writable",
        severity: High,
        severity_reason: "tools say high; medium in a namespace other than kube-system; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role writes all Secrets",
        run: Object(ROLES, secrets_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1098.006"),
        ],
        aliases: [
            trivy("KSV-0041"), trivy("KSV-0113"), kube_linter("access-to-secrets"),
            rbac_police("issue_token_secrets"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &SECRETS_WRITABLE,
    power: Power::WriteSecrets,
    does: "write Secrets",
    cluster: Severity::High,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &["delete", "deletecollection"],
    is_verb: false,
    told_by: &[Power::ReadSecrets],
    help: "name the Secrets with `resourceNames`, in a Role of their namespace",
};

fn secrets_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
