use super::authorization::{Finding, judge_modes};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--authorization-mode` has `AlwaysAllow`, or that have neither `--authorization-mode`
    /// nor `--authorization-config`: then it is `AlwaysAllow`.
    ///
    /// ## Why is this bad?
    /// Everybody who can log in at all, with any service account's token, is an administrator of the cluster.
    /// `AlwaysAllow` beside other modes undoes them: one yes is enough.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --authorization-mode=AlwaysAllow
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --authorization-mode=Node,RBAC
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authorization/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ALWAYS_ALLOW_AUTHORIZATION = {
        code: "NODE006",
        name: "always-allow-authorization",
        severity: Critical,
        since: "0.1.0",
        summary: "API server allows every request",
        run: Component(&[Program::ApiServer], always_allow_authorization),
        frameworks: [cis("1.2.6"), nsa("authentication-authorization"), owasp2022("K03"), owasp2022("K09"), owasp2025("K02")],
        aliases: [kubescape("C-0118"), trivy("KCV-0007"), checkov("CKV_K8S_74"), kube_bench("1.2.6")],
    }
}

fn always_allow_authorization(cx: &mut ComponentCx<'_>) {
    judge_modes(
        cx,
        &ALWAYS_ALLOW_AUTHORIZATION,
        Finding::Holds("AlwaysAllow"),
    );
}
