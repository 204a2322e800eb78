use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `get`, `list` or `watch` on Secrets, without `resourceNames`. One finding a rule; `related`
    /// names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Secrets hold the tokens of service accounts, certificates' keys and passwords. Who reads those of the whole cluster,
    /// or of kube-system, holds every identity whose token lies there. `list` and `watch` show the contents just as `get`
    /// does.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [secrets]
    ///   verbs: [get, list, watch]
    /// ```
    ///
    /// ## Use instead
    /// Name the Secrets that are read, in a Role of their namespace; a pod that only uses Secrets mounts them and needs no
    /// right at all.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [secrets]
    ///   resourceNames: [web-tls]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Exceptions
    /// Rules with `resourceNames`: that is how it should be. The roles that the API server makes for itself, and roles
    /// named `system:…` that only bindings of that kind hold. Rules with `*` among their verbs or resources are told by
    /// wildcard-role, with the names that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static SECRETS_READABLE = {
        code: "RBAC007",
        name: "secrets-readable",
        severity: High,
        severity_reason: "tools say medium to critical: critical where everybody holds it, high in the whole cluster or in kube-system, medium in another namespace; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role reads all Secrets",
        run: Object(ROLES, secrets_readable),
        frameworks: [
            cis("5.1.2"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1552.007"), ms("MS-TA9025"),
        ],
        aliases: [
            kubescape("C-0015"), kubescape("C-0186"), trivy("KSV-0041"), trivy("KSV-0113"),
            kube_linter("access-to-secrets"), kube_linter("cluster-wide-secrets-access"),
            checkov("CKV2_K8S_5"), kube_bench("5.1.2"), kubiscan("risky-get-secrets"),
            kubiscan("risky-list-secrets"), kubiscan("risky-any-resource-get"),
            kubiscan("risky-any-resource-list"), rbac_police("list_secrets"),
            rbac_police("retrieve_token_secrets"),
            kics("b7bca5c4-1dab-4c2c-8cbe-3050b9d59b14"), kics("056ac60e-fe07-4acc-9b34-8e1d51716ab9"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &SECRETS_READABLE,
    power: Power::ReadSecrets,
    does: "read Secrets",
    cluster: Severity::High,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "name the Secrets with `resourceNames`, in a Role of their namespace",
};

fn secrets_readable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
