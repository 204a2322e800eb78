use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds service accounts that no workload runs as and no binding names. Only where the input is complete.
    ///
    /// ## Why is this bad?
    /// What nobody uses nobody watches: tokens of the account may still be about.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ServiceAccount
    /// metadata:
    ///   name: left-over
    /// ```
    ///
    /// ## Use instead
    /// Delete it.
    ///
    /// ## Exceptions
    /// The account `default` of each namespace, accounts of kube-system (controllers without pods use them), and accounts
    /// that are tied to an identity of a cloud.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/service-accounts/>
    pub static UNUSED_SERVICE_ACCOUNT = {
        code: "RBAC041",
        name: "unused-service-account",
        severity: Info,
        since: "0.1.0",
        summary: "nothing uses the service account",
        profile: All,
        run: Object(&[("", "ServiceAccount")], unused_service_account),
        frameworks: [nsa("authentication-authorization")],
        aliases: [popeye("POP-400")],
    }
}

fn unused_service_account(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let name = object.name();
    if !cx.is_complete() || name == "default" || object.namespace() == "kube-system" {
        return;
    }
    let analyses = cx.analyses();
    let workloads = analyses
        .rbac()
        .workloads_of(object.namespace_or_default(), name);
    let is_used = !workloads.is_empty()
        || analyses.bound_accounts().has(object, name)
        || object
            .root()
            .at(&["metadata", "annotations", "eks.amazonaws.com/role-arn"])
            .is_some();
    let Some(node) = object.root().at(&["metadata", "name"]).filter(|_| !is_used) else {
        return;
    };
    let message = format!("nothing uses service account `{name}`");
    cx.report(&UNUSED_SERVICE_ACCOUNT, node, message)
        .help("delete it");
}
