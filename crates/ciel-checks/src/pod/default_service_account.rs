use ciel_k8s::PodShape;

use super::{
    service_account_token_mounted::SERVICE_ACCOUNT_TOKEN_MOUNTED,
    token::{Token, token_of},
};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that run as their namespace's `default` service account, unless its token is known not to be
    /// mounted. Where the token is known to be mounted, `service-account-token-mounted` speaks of it, if it is on.
    ///
    /// ## Why is this bad?
    /// All pods that name no account share `default`. Nobody can give one of them a right without giving it to
    /// all, and in the audit log they are one.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   serviceAccountName: default
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   serviceAccountName: web
    ///   automountServiceAccountToken: false
    /// ```
    ///
    /// ## Exceptions
    /// A pod without a token is nobody to the API server, so its account does not matter.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/service-accounts/>
    pub static DEFAULT_SERVICE_ACCOUNT = {
        code: "POD043",
        name: "default-service-account",
        severity: Low,
        severity_reason: "Kubescape says medium to high; the account may do nothing until somebody binds it",
        since: "0.1.0",
        summary: "pod runs as the default service account",
        profile: All,
        run: Pod(default_service_account),
        frameworks: [cis("5.1.5"), nsa("authentication-authorization"), owasp2022("K01"), ms("MS-TA9016")],
        aliases: [
            kubescape("C-0189"), kubescape("C-0225"), kubescape("C-0239"), kube_linter("default-service-account"),
            checkov("CKV_K8S_41"), popeye("POP-300"), kube_bench("5.1.5"),
            kics("591ade62-d6b0-4580-b1ae-209f80ba1cd9"),
        ],
    }
}

fn default_service_account(cx: &mut PodCx<'_>) {
    let spec = cx.spec();
    if spec.service_account_name() != "default" {
        return;
    }
    let is_spoken_for = cx
        .options()
        .gives_way_to(&SERVICE_ACCOUNT_TOKEN_MOUNTED.check);
    match token_of(cx.workload) {
        Token::Off => return,
        Token::ByPod(_) | Token::ByDefault if is_spoken_for => return,
        Token::ByPod(_) | Token::ByDefault | Token::Unknown => {}
    }
    const MESSAGE: &str = "pod runs as the namespace's `default` service account";
    let report = match spec.service_account() {
        Some(name) => cx.report(&DEFAULT_SERVICE_ACCOUNT, name, MESSAGE),
        None => cx.report_missing(
            &DEFAULT_SERVICE_ACCOUNT,
            spec.node,
            ".serviceAccountName",
            MESSAGE,
        ),
    };
    let report = report.help(
        "give the workload an account of its own, or set `automountServiceAccountToken: false`",
    );
    // Workflows and tasks have fields of their own for it, or none.
    if !spec.partial && spec.shape == PodShape::Pod {
        report.fix_set(
            "set automountServiceAccountToken to false",
            spec.node,
            &["automountServiceAccountToken"],
            false,
        );
    }
}
