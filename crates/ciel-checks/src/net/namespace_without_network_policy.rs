use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds namespaces without any network policy. Judged only where the input is complete, and only for namespaces
    /// that have no pods in it: where there are pods, `no-network-policy` names them.
    ///
    /// ## Why is this bad?
    /// Whatever is deployed there tomorrow may talk to every pod and to the internet, and is reached by every pod.
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
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: default-deny
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress, Egress]
    /// ```
    ///
    /// ## Exceptions
    /// `kube-system`, `kube-public` and `kube-node-lease`, which belong to Kubernetes, and namespaces whose pods a
    /// policy of the whole cluster selects.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies>
    pub static NAMESPACE_WITHOUT_NETWORK_POLICY = {
        code: "NET004",
        name: "namespace-without-network-policy",
        severity: Low,
        severity_reason: "tools say medium; there is nothing in it yet, as far as the input shows",
        since: "0.1.0",
        summary: "namespace has no network policy",
        run: Object(&[("", "Namespace")], namespace_without_network_policy),
        frameworks: [
            cis("5.3.2"), nsa("network-separation"), owasp2022("K07"), owasp2025("K05"),
        ],
        aliases: [
            kubescape("C-0049"), kubescape("C-0054"), kubescape("C-0206"),
            kubeaudit("MissingDefaultDenyIngressAndEgressNetworkPolicy"), kube_bench("5.3.2"),
        ],
    }
}

fn namespace_without_network_policy(cx: &mut ObjectCx<'_>) {
    let name = cx.object.name();
    let policies = cx.analyses().network_policies();
    let is_kubernetes = matches!(name, "kube-system" | "kube-public" | "kube-node-lease");
    if !cx.is_complete()
        || is_kubernetes
        || policies.is_populated(name)
        || policies.has_policy(name)
    {
        return;
    }
    let root = cx.object.root();
    let node = root.at(&["metadata", "name"]).unwrap_or(root);
    let message = format!("namespace `{name}` has no network policy");
    cx.report(&NAMESPACE_WITHOUT_NETWORK_POLICY, node, message)
        .help("add a NetworkPolicy that denies by default");
}
