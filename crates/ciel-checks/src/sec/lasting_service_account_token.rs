use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Secrets of type `kubernetes.io/service-account-token`.
    ///
    /// ## Why is this bad?
    /// The control plane fills them with a token that never ends and that any program can use from anywhere, as long as
    /// the Secret is there. Whoever once read the Secret has the account's rights.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// type: kubernetes.io/service-account-token
    /// metadata:
    ///   annotations:
    ///     kubernetes.io/service-account.name: deployer
    /// ```
    ///
    /// ## Use instead
    /// `kubectl create token deployer`, or in a pod:
    /// ```yaml
    /// volumes:
    /// - name: token
    ///   projected:
    ///     sources:
    ///     - serviceAccountToken: {path: token, expirationSeconds: 3600, audience: vault}
    /// ```
    ///
    /// ## Exceptions
    /// Programs outside the cluster that cannot ask for tokens need one; give its account few rights.
    ///
    /// ## References
    /// - TOB-K8S-036 of the audit of 2019
    /// - <https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets>
    pub static LASTING_SERVICE_ACCOUNT_TOKEN = {
        code: "SEC051",
        name: "lasting-service-account-token",
        severity: Medium,
        since: "0.1.0",
        summary: "service account has a token that never ends",
        run: Object(&[("", "Secret")], lasting_service_account_token),
        frameworks: [owasp2022("K06"), owasp2025("K09"), mitre("T1528")],
        aliases: [],
    }
}

fn lasting_service_account_token(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let Some(kind) = root.get("type") else { return };
    if kind.as_str() != Some("kubernetes.io/service-account-token") {
        return;
    }
    let account = root.str_at(&[
        "metadata",
        "annotations",
        "kubernetes.io/service-account.name",
    ]);
    let message = format!(
        "service account `{}` has a token that never ends",
        account.unwrap_or_default()
    );
    cx.report(&LASTING_SERVICE_ACCOUNT_TOKEN, kind, message)
        .help(
            "delete the Secret, and use tokens that end: projected, or by `kubectl create token`",
        );
}
