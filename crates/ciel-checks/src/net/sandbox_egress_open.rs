use ciel_network::Isolation;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds templates of sandboxes for AI agents (`SandboxTemplate`) whose pods may send to anywhere: they manage no
    /// network policy, leave it to the default, which allows the whole internet, or have a rule without a peer, or with
    /// one that means everybody (`0.0.0.0/0` with or without exceptions, an empty selector).
    ///
    /// ## Why is this bad?
    /// A sandbox runs code at the word of a model that strangers talk to. What it has read (prompts, files, keys of
    /// tools) it can send to any address, and it can load a miner or talk to who commands it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   networkPolicyManagement: Unmanaged
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   networkPolicyManagement: Managed
    ///   networkPolicy:
    ///     egress:
    ///     - to:
    ///       - namespaceSelector:
    ///           matchLabels:
    ///             kubernetes.io/metadata.name: tools
    /// ```
    ///
    /// ## Exceptions
    /// A template that manages none is not reported where the input is complete and a policy restricts what its pods
    /// send.
    ///
    /// ## References
    /// - <https://agent-sandbox.sigs.k8s.io/>
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/>
    pub static SANDBOX_EGRESS_OPEN = {
        code: "NET010",
        name: "sandbox-egress-open",
        severity: Medium,
        severity_reason: "7 of 10 for the one tool; a way out that is open does nothing by itself",
        since: "0.1.0",
        summary: "sandbox for an AI agent may send to anywhere",
        run: Object(&[("extensions.agents.x-k8s.io", "SandboxTemplate")], sandbox_egress_open),
        frameworks: [nsa("network-separation"), owasp2025("K05")],
        aliases: [kubescape("C-0301")],
    }
}

const HELP: &str = "list in `networkPolicy.egress` the peers that the agent's tools need";

fn sandbox_egress_open(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx
        .object
        .root()
        .get("spec")
        .filter(|spec| spec.is_mapping())
    else {
        return;
    };
    let management = spec.get("networkPolicyManagement");
    if let Some(node) = management.filter(|node| node.as_str() == Some("Unmanaged")) {
        if !is_restricted_elsewhere(cx) {
            let message = "sandbox manages no network policy: its code may send to anywhere";
            cx.report(&SANDBOX_EGRESS_OPEN, node, message).help(HELP);
        }
        return;
    }
    let Some(policy) = spec.get("networkPolicy").filter(|policy| !policy.is_null()) else {
        let message = "sandbox leaves its network policy to the default, which allows the internet";
        cx.report_missing(&SANDBOX_EGRESS_OPEN, spec, ".networkPolicy", message)
            .help(HELP);
        return;
    };
    if !policy.is_mapping() {
        let message = "sandbox has no network policy: `networkPolicy` is no mapping";
        cx.report(&SANDBOX_EGRESS_OPEN, policy, message).help(HELP);
        return;
    }
    let Some(egress) = policy.get("egress").filter(|egress| !egress.is_null()) else {
        return;
    };
    if !egress.is_sequence() {
        let message = "sandbox has no rules for egress: `egress` is no list";
        cx.report(&SANDBOX_EGRESS_OPEN, egress, message).help(HELP);
        return;
    }
    for rule in egress.items().filter(|rule| !is_scoped(*rule)) {
        let message =
            "sandbox may send to anywhere: the rule for egress names no peer, or everybody";
        cx.report(&SANDBOX_EGRESS_OPEN, rule, message).help(HELP);
    }
}

/// Whether a policy of the cluster restricts what the sandbox's pods send.
fn is_restricted_elsewhere(cx: &ObjectCx<'_>) -> bool {
    let policies = cx.analyses().network_policies();
    let mut isolations = cx
        .object
        .workloads()
        .map(|workload| policies.isolation(workload));
    cx.is_complete() && isolations.any(|Isolation { egress, .. }| egress.is_some())
}

/// Whether a rule names peers, and none of them means everybody.
fn is_scoped(rule: Node<'_>) -> bool {
    let to = rule
        .get("to")
        .filter(|to| to.is_sequence() && !to.is_empty());
    to.is_some_and(|to| to.items().all(is_scoped_peer))
}

fn is_scoped_peer(peer: Node<'_>) -> bool {
    if let Some(block) = peer.get("ipBlock") {
        let cidr = block.str_at(&["cidr"]).unwrap_or_default().trim();
        return !cidr.is_empty() && !cidr.ends_with("/0");
    }
    ["podSelector", "namespaceSelector"].iter().any(|key| {
        peer.get(key).is_some_and(|selector| {
            let has = |key| {
                selector
                    .get(key)
                    .is_some_and(|node: Node<'_>| !node.is_empty())
            };
            has("matchLabels") || has("matchExpressions")
        })
    })
}
