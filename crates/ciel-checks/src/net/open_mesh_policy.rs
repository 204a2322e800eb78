use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Istio's AuthorizationPolicies with `action: ALLOW` (the default) and a rule that every request matches:
    /// `- {}`, or one without sources, operations and conditions.
    ///
    /// ## Why is this bad?
    /// Such policies add up: one that allows everything undoes all others that allow something, for its workloads. Only
    /// `DENY` and `CUSTOM` still count.
    ///
    /// ## Example
    /// ```yaml
    /// kind: AuthorizationPolicy
    /// spec:
    ///   rules:
    ///   - {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: AuthorizationPolicy
    /// spec:
    ///   rules:
    ///   - from:
    ///     - source:
    ///         principals: [cluster.local/ns/shop/sa/web]
    /// ```
    ///
    /// ## Exceptions
    /// Policies that are for gateways (`selector` with `istio: ingressgateway` and its like, `targetRefs` to a Gateway):
    /// what is public is open there.
    ///
    /// ## References
    /// - <https://istio.io/latest/docs/concepts/security/#allow-nothing-deny-all-and-allow-all-policy>
    pub static OPEN_MESH_POLICY = {
        code: "NET021",
        name: "open-mesh-policy",
        severity: Low,
        severity_reason: "without any policy everything is allowed as well; this one undoes the others",
        since: "0.1.0",
        summary: "mesh's authorization policy allows every request",
        run: Object(&[("security.istio.io", "AuthorizationPolicy")], open_mesh_policy),
        frameworks: [nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [],
    }
}

fn open_mesh_policy(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    let allows = spec
        .str_at(&["action"])
        .is_none_or(|action| action == "ALLOW");
    if !allows || is_for_gateway(spec) {
        return;
    }
    let says = |rule: Node<'_>, key| rule.get(key).is_some_and(|list| !list.is_empty());
    let open = spec
        .get("rules")
        .into_iter()
        .flat_map(Node::items)
        .find(|rule| {
            rule.is_mapping() && !["from", "to", "when"].iter().any(|key| says(*rule, key))
        });
    if let Some(rule) = open {
        cx.report(&OPEN_MESH_POLICY, rule, "rule allows every request")
            .help("name the sources or the operations that are meant");
    }
}

fn is_for_gateway(spec: Node<'_>) -> bool {
    let labels = spec.at(&["selector", "matchLabels"]);
    let is_labelled = labels
        .into_iter()
        .flat_map(Node::entries)
        .any(|(_, value)| value.scalar_text().contains("gateway"));
    let targets = spec.get("targetRefs").into_iter().flat_map(Node::items);
    let mut targets = targets.chain(spec.get("targetRef"));
    is_labelled || targets.any(|target| target.str_at(&["kind"]) == Some("Gateway"))
}
