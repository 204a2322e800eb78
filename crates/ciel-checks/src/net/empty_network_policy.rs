use serde_json::json;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("cilium.io", "CiliumNetworkPolicy"),
    ("cilium.io", "CiliumClusterwideNetworkPolicy"),
];

declare_check! {
    /// ## What it does
    /// Finds policies of Cilium that select pods and restrict nothing: the lists of rules of both directions are absent
    /// or empty, and `enableDefaultDeny` does not say that they count all the same.
    ///
    /// ## Why is this bad?
    /// In a NetworkPolicy of Kubernetes an empty list allows nobody. To Cilium an empty list is no list, so the policy
    /// that was to deny everything denies nothing (newer versions refuse it), and its pods stay as open as they were.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: cilium.io/v2
    /// kind: CiliumNetworkPolicy
    /// metadata:
    ///   name: deny-all
    /// spec:
    ///   endpointSelector: {}
    ///   ingress: []
    ///   egress: []
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: cilium.io/v2
    /// kind: CiliumNetworkPolicy
    /// metadata:
    ///   name: deny-all
    /// spec:
    ///   endpointSelector: {}
    ///   ingress:
    ///   - {}
    ///   egress:
    ///   - {}
    /// ```
    ///
    /// ## Exceptions
    /// None. The pods that only such a policy selects are not reported once more, for having none.
    ///
    /// ## References
    /// - <https://docs.cilium.io/en/stable/security/policy/intro/#policy-enforcement-modes>
    /// - <https://docs.cilium.io/en/stable/security/policy/language/#ingress-egress-default-deny>
    pub static EMPTY_NETWORK_POLICY = {
        code: "NET013",
        name: "empty-network-policy",
        severity: Medium,
        since: "0.1.0",
        summary: "network policy selects pods and restricts nothing",
        run: Object(KINDS, empty_network_policy),
        frameworks: [cis("5.3.2"), nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [],
    }
}

fn empty_network_policy(cx: &mut ObjectCx<'_>) {
    let policies = ciel_network::policies(cx.object);
    for place in policies.into_iter().filter_map(|policy| policy.empty) {
        let report = cx
            .report(
                &EMPTY_NETWORK_POLICY,
                place,
                "policy restricts nothing: to Cilium an empty list of rules is none",
            )
            .help("write a list with an empty rule, `- {}`, to deny everything");
        if place.is_sequence() {
            report.fix_append("deny what no rule allows", place, json!({}));
        }
    }
}
