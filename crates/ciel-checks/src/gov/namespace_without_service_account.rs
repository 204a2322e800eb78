use std::collections::HashSet;

use super::bounds::is_of_kubernetes;
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// In a complete input, finds namespaces without any service account but `default`. Takes for
    /// granted that the input holds all service accounts.
    ///
    /// ## Why is this bad?
    /// All that runs there runs as the same account: a right that one workload is given is given to all of them.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// automountServiceAccountToken: false
    /// ```
    ///
    /// ## Exceptions
    /// Workloads that never ask the API server need no account of their own, if `default` does not mount its token.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/service-accounts/>
    pub static NAMESPACE_WITHOUT_SERVICE_ACCOUNT = {
        code: "GOV016",
        name: "namespace-without-service-account",
        severity: Info,
        since: "0.1.0",
        summary: "namespace has no service account of its own",
        profile: All,
        run: Cluster(namespace_without_service_account),
        frameworks: [cis("5.1.5")],
        aliases: [kubescape("C-0189")],
    }
}

fn namespace_without_service_account(cx: &mut ClusterCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    let snapshot = cx.snapshot();
    let accounts = snapshot.of_kind("", "ServiceAccount");
    let own = accounts.filter(|account| account.name() != "default");
    let with_own: HashSet<&str> = own.map(|account| account.namespace_or_default()).collect();
    for namespace in snapshot.of_kind("", "Namespace") {
        let name = namespace.name();
        if is_of_kubernetes(name) || with_own.contains(name) {
            continue;
        }
        let root = namespace.root();
        let node = root.at(&["metadata", "name"]).unwrap_or(root);
        let message = format!("namespace `{name}` has no service account but `default`");
        cx.report_on(&NAMESPACE_WITHOUT_SERVICE_ACCOUNT, namespace, node, message)
            .help("give each workload that asks the API server an account of its own");
    }
}
