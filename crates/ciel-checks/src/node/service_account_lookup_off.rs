use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with `--service-account-lookup=false`.
    ///
    /// ## Why is this bad?
    /// The API server then checks only a token's signature, not whether its account still exists: deleting an account
    /// or its Secret takes nothing away from who has the token.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --service-account-lookup=false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --service-account-lookup=true
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SERVICE_ACCOUNT_LOOKUP_OFF = {
        code: "NODE023",
        name: "service-account-lookup-off",
        severity: Medium,
        since: "0.1.0",
        summary: "tokens of deleted service accounts stay valid",
        run: Component(&[Program::ApiServer], service_account_lookup_off),
        frameworks: [cis("1.2.21"), nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [kubescape("C-0135"), trivy("KCV-0024"), checkov("CKV_K8S_96"), kube_bench("1.2.21")],
    }
}

fn service_account_lookup_off(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "service-account-lookup",
        is: Is::NotFalse,
        why: "tokens of deleted service accounts stay valid",
        help: "leave it out: the lookup is on by default",
    };
    judge(cx, &SERVICE_ACCOUNT_LOOKUP_OFF, &WANT);
}
