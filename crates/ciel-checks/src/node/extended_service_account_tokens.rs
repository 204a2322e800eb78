use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--service-account-extend-token-expiration` is not false.
    ///
    /// ## Why is this bad?
    /// Tokens that pods get from their volumes are valid for a year, for the sake of old clients that read them only
    /// once. Who takes one has it for as long.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --service-account-extend-token-expiration=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --service-account-extend-token-expiration=false
    /// ```
    ///
    /// ## Exceptions
    /// Programs with client libraries from before 2021 may not read their token again;
    /// `serviceaccount_stale_tokens_total` counts them.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static EXTENDED_SERVICE_ACCOUNT_TOKENS = {
        code: "NODE032",
        name: "extended-service-account-tokens",
        severity: Low,
        since: "0.1.0",
        summary: "service account tokens live for a year instead of an hour",
        profile: All,
        run: Component(&[Program::ApiServer], extended_service_account_tokens),
        frameworks: [cis("1.2.30"), nsa("authentication-authorization"), owasp2025("K09")],
        aliases: [kubescape("C-0290"), kube_bench("1.2.30")],
    }
}

fn extended_service_account_tokens(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "service-account-extend-token-expiration",
        is: Is::False,
        why: "tokens of pods are valid for a year",
        help: "set it to false once no client reads its token only at its start",
    };
    judge(cx, &EXTENDED_SERVICE_ACCOUNT_TOKENS, &WANT);
}
