use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controller managers without `--service-account-private-key-file`.
    ///
    /// ## Why is this bad?
    /// Tokens for Secrets of the type `kubernetes.io/service-account-token` are then not made and not renewed when the
    /// key changes.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --use-service-account-credentials=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-controller-manager
    /// - --service-account-private-key-file=/etc/kubernetes/pki/sa.key
    /// ```
    ///
    /// ## Exceptions
    /// Pods get their tokens from the API server and do not need it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/>
    pub static SERVICE_ACCOUNT_SIGNING_KEY_MISSING = {
        code: "NODE042",
        name: "service-account-signing-key-missing",
        severity: Low,
        since: "0.1.0",
        summary: "controller manager has no key to sign service account tokens with",
        profile: All,
        run: Component(&[Program::ControllerManager], service_account_signing_key_missing),
        frameworks: [cis("1.3.4"), nsa("authentication-authorization")],
        aliases: [kubescape("C-0147"), trivy("KCV-0036"), checkov("CKV_K8S_110"), kube_bench("1.3.4")],
    }
}

fn service_account_signing_key_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "service-account-private-key-file",
        is: Is::Set,
        why: "it signs no tokens for service accounts",
        help: "give it the key that the API server checks tokens with",
    };
    judge(cx, &SERVICE_ACCOUNT_SIGNING_KEY_MISSING, &WANT);
}
