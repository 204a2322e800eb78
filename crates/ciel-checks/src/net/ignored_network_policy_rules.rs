use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "NetworkPolicy"),
    ("extensions", "NetworkPolicy"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("crd.projectcalico.org", "GlobalNetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("projectcalico.org", "GlobalNetworkPolicy"),
];

declare_check! {
    /// ## What it does
    /// Finds network policies with rules for a direction that their `policyTypes` (Calico: `types`) leave out.
    ///
    /// ## Why is this bad?
    /// Kubernetes ignores these rules: what goes out stays as open as it was, though the policy lists where it may go.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress]
    ///   egress:
    ///   - to:
    ///     - podSelector: {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress, Egress]
    ///   egress:
    ///   - to:
    ///     - podSelector: {}
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource>
    pub static IGNORED_NETWORK_POLICY_RULES = {
        code: "NET009",
        name: "ignored-network-policy-rules",
        severity: Medium,
        since: "0.1.0",
        summary: "network policy has rules for a direction that it does not restrict",
        run: Object(KINDS, ignored_network_policy_rules),
        frameworks: [nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [],
    }
}

fn ignored_network_policy_rules(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    let field = if cx.object.types().group().ends_with("projectcalico.org") {
        "types"
    } else {
        "policyTypes"
    };
    let Some(types) = spec.get(field).filter(|types| !types.is_empty()) else {
        return;
    };
    for (direction, name) in [("ingress", "Ingress"), ("egress", "Egress")] {
        let rules = spec
            .get(direction)
            .filter(|rules: &Node<'_>| !rules.is_empty());
        let is_listed = types.items().any(|item| item.as_str() == Some(name));
        let Some(rules) = rules.filter(|_| !is_listed) else {
            continue;
        };
        let message = format!("rules for {direction} have no effect: `{field}` lacks `{name}`");
        cx.report(&IGNORED_NETWORK_POLICY_RULES, rules, message)
            .help(format!("add `{name}` to `{field}`, or remove the rules"))
            .fix_set(
                "restrict both directions",
                spec,
                &[field],
                vec!["Ingress", "Egress"],
            );
    }
}
