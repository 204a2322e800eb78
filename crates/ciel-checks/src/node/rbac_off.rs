use super::authorization::{Finding, judge_modes};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers whose `--authorization-mode` lacks `RBAC`, or that have neither `--authorization-mode` nor
    /// `--authorization-config`.
    ///
    /// ## Why is this bad?
    /// Roles and their bindings have no effect. What decides instead (ABAC's file, a webhook, or nothing) is outside of
    /// what the cluster's objects say, and cannot be reviewed with them.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --authorization-mode=Node
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
    /// With `--authorization-config` the modes stand in a file of their own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static RBAC_OFF = {
        code: "NODE008",
        name: "rbac-off",
        severity: High,
        since: "0.1.0",
        summary: "API server does not use the authorization mode RBAC",
        run: Component(&[Program::ApiServer], rbac_off),
        frameworks: [cis("1.2.8"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02")],
        aliases: [kubescape("C-0120"), kubescape("C-0088"), trivy("KCV-0009"), checkov("CKV_K8S_77"), kube_bench("1.2.8")],
    }
}

fn rbac_off(cx: &mut ComponentCx<'_>) {
    judge_modes(
        cx,
        &RBAC_OFF,
        Finding::Lacks("RBAC", "roles and bindings have no effect"),
    );
}
