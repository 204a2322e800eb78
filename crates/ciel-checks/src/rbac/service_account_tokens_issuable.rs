use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create` on `serviceaccounts/token` (the TokenRequest API), without `resourceNames`. One
    /// finding a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Who asks gets a token of the account, valid for as long as asked, and is that account from then on, from anywhere.
    /// In the whole cluster or in kube-system that is every controller's account.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts/token]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Name the account that tokens are for.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts/token]
    ///   resourceNames: [vault]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Exceptions
    /// Rules with `resourceNames`. The roles that the API server makes for itself, and roles named `system:…` that only
    /// bindings of that kind hold. Rules with `*` among their verbs or resources are told by wildcard-role, with the names
    /// that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static SERVICE_ACCOUNT_TOKENS_ISSUABLE = {
        code: "RBAC009",
        name: "service-account-tokens-issuable",
        severity: High,
        severity_reason: "tools say medium to high; medium in a namespace other than kube-system; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role asks for tokens of any service account",
        run: Object(ROLES, service_account_tokens_issuable),
        frameworks: [
            cis("5.1.13"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1528"),
        ],
        aliases: [
            kubescape("C-0282"), kube_bench("5.1.13"), rbac_police("token_request"),
            rbac_police("obtain_token_weak_ns"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &SERVICE_ACCOUNT_TOKENS_ISSUABLE,
    power: Power::IssueTokens,
    does: "ask for tokens of any service account",
    cluster: Severity::High,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "name the accounts with `resourceNames`, in a Role of their namespace",
};

fn service_account_tokens_issuable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
