use super::token::{Token, report_token, token_of};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods that get the token of their namespace's `default` service account where a RoleBinding or
    /// ClusterRoleBinding grants that account a role.
    ///
    /// ## Why is this bad?
    /// A role for `default` is a role for every pod of the namespace that names no account, those included that
    /// nobody thought of: whoever breaks into any of them holds it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: RoleBinding
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: default
    ///   namespace: shop
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// ```
    ///
    /// ## Use instead
    /// An account for the one workload that needs the role.
    /// ```yaml
    /// kind: RoleBinding
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: deployer
    ///   namespace: shop
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// ```
    ///
    /// ## Exceptions
    /// None: an account costs nothing.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static DEFAULT_ACCOUNT_WITH_RIGHTS = {
        code: "POD053",
        name: "default-account-with-rights",
        severity: High,
        since: "0.1.0",
        summary: "pod holds the role that somebody gave the default service account",
        run: Pod(default_account_with_rights),
        frameworks: [
            cis("5.1.5"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1528"),
            ms("MS-TA9016"),
        ],
        aliases: [kubescape("C-0261")],
    }
}

fn default_account_with_rights(cx: &mut PodCx<'_>) {
    let token = token_of(cx.workload);
    if cx.spec().service_account_name() != "default"
        || !matches!(token, Token::ByPod(_) | Token::ByDefault)
    {
        return;
    }
    let bindings = cx.analyses().account_bindings();
    let Some(binding) = bindings.of_account(cx.object(), "default") else {
        return;
    };
    let role = binding.root().at(&["roleRef", "name"]);
    let role_name = role.and_then(|role| role.as_str()).unwrap_or_default();
    let message = format!(
        "pod holds the role `{role_name}`, which {} `{}` grants every pod without an account of its own",
        binding.kind(),
        binding.name()
    );
    if let Some(report) = report_token(cx, &DEFAULT_ACCOUNT_WITH_RIGHTS, token, message) {
        report
            .help("bind an account of its own to the role, and name it in the pod that needs it")
            .related(
                binding,
                role.unwrap_or(binding.root()),
                "the role is granted here",
            );
    }
}
