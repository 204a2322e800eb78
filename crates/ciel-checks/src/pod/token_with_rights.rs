use super::token::{report_token, token_of};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists pods that get the token of a service account to which a role is bound.
    ///
    /// ## Why is this bad?
    /// Whoever gets into the pod has the rights of the role. That is what tokens are for, so it is an inventory: the
    /// pods to look at first, and those whose program never asks the API server.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// spec:
    ///   serviceAccountName: operator
    /// ```
    ///
    /// ## Use instead
    /// For a program that does not speak to the API server:
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// spec:
    ///   serviceAccountName: operator
    ///   automountServiceAccountToken: false
    /// ```
    ///
    /// ## Exceptions
    /// Controllers, and whatever else needs its rights. What is wrong with the rights themselves is said by the checks
    /// of roles; a token without rights is `service-account-token-mounted`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/>
    pub static TOKEN_WITH_RIGHTS = {
        code: "POD062",
        name: "token-with-rights",
        severity: Info,
        severity_reason: "Kubescape says high; it is what service accounts are for, and what they may do is judged by itself",
        since: "0.1.0",
        summary: "pod gets a token that a role is bound to",
        profile: All,
        run: Pod(token_with_rights),
        frameworks: [nsa("authentication-authorization"), mitre("T1528"), ms("MS-TA9016")],
        aliases: [kubescape("C-0261")],
    }
}

fn token_with_rights(cx: &mut PodCx<'_>) {
    let name = cx.spec().service_account_name();
    if !cx.analyses().bound_accounts().has(cx.object(), name) {
        return;
    }
    let message = format!("pod gets the token of service account `{name}`, which holds a role");
    let token = token_of(cx.workload);
    if let Some(report) = report_token(cx, &TOKEN_WITH_RIGHTS, token, message) {
        report
            .help("set `automountServiceAccountToken: false` if the program never asks the API server")
            .evidence("serviceAccount", name);
    }
}
