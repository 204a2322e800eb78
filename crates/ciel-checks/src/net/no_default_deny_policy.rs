use ciel_network::Direction;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds namespaces that have network policies, and none that selects all their pods for a direction. Judged only
    /// where the input is complete, for Namespaces that stand in it.
    ///
    /// ## Why is this bad?
    /// Today's pods may all be covered by policies of their own; the next one, with another label, is open to everybody
    /// and may send to anywhere until somebody thinks of it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// metadata:
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    /// ```
    ///
    /// ## Use instead
    /// Beside the policies of the workloads, one for all:
    /// ```yaml
    /// kind: NetworkPolicy
    /// metadata:
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress, Egress]
    /// ```
    ///
    /// ## Exceptions
    /// `kube-system`, `kube-public` and `kube-node-lease`, which belong to Kubernetes. A namespace without any policy is
    /// `namespace-without-network-policy`, or its pods are `no-network-policy`. A policy that selects all pods and lets
    /// some in is a default for the rest.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies>
    pub static NO_DEFAULT_DENY_POLICY = {
        code: "NET012",
        name: "no-default-deny-policy",
        severity: Low,
        severity_reason: "the pods that are there are judged by themselves",
        since: "0.1.0",
        summary: "no network policy of the namespace is for all its pods",
        profile: All,
        run: Object(&[("", "Namespace")], no_default_deny_policy),
        frameworks: [
            cis("5.3.2"), nsa("network-separation"), owasp2022("K07"), owasp2025("K05"),
        ],
        aliases: [
            kubeaudit("MissingDefaultDenyIngressAndEgressNetworkPolicy"),
            kubeaudit("MissingDefaultDenyIngressNetworkPolicy"),
            kubeaudit("MissingDefaultDenyEgressNetworkPolicy"),
        ],
    }
}

fn no_default_deny_policy(cx: &mut ObjectCx<'_>) {
    let name = cx.object.name();
    let is_kubernetes = matches!(name, "kube-system" | "kube-public" | "kube-node-lease");
    if !cx.is_complete() || is_kubernetes {
        return;
    }
    let policies = cx.analyses().network_policies();
    if !policies.has_policy(name) {
        return;
    }
    let open = [Direction::Ingress, Direction::Egress]
        .into_iter()
        .filter(|direction| !policies.has_default(name, *direction));
    let open: Vec<&str> = open.map(Direction::as_str).collect();
    if open.is_empty() {
        return;
    }
    let root = cx.object.root();
    let node = root.at(&["metadata", "name"]).unwrap_or(root);
    let message = format!(
        "no network policy of namespace `{name}` restricts {} of all its pods",
        open.join(" and ")
    );
    cx.report(&NO_DEFAULT_DENY_POLICY, node, message)
        .help("add a NetworkPolicy with an empty `podSelector` that denies by default");
}
