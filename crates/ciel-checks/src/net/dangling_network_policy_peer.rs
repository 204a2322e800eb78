use ciel_network::{POLICY_KINDS, Peer, Selected, peers};
use ciel_snapshot::Snapshot;

use super::wanted_labels;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds peers in the rules of network policies (`podSelector`, `namespaceSelector`, Cilium's `fromEndpoints` and
    /// `toEndpoints`, Calico's `source.selector` and `destination.selector`) that match no pod, or no namespace. Judged
    /// only where the input is complete. Peers in the policy's own namespace, or in one that is named and has pods here,
    /// are compared with these; other namespaces only where the input is a whole cluster, with its namespace
    /// `kube-system`.
    ///
    /// ## Why is this bad?
    /// The rule opens the pods to nobody: traffic that was meant to pass is dropped, or the label is one that an
    /// attacker may give to a pod of theirs, who is then let in.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   ingress:
    ///   - from:
    ///     - podSelector:
    ///         matchLabels:
    ///           app: fronted
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   ingress:
    ///   - from:
    ///     - podSelector:
    ///         matchLabels:
    ///           app: frontend
    /// ```
    ///
    /// ## Exceptions
    /// As for `dangling-network-policy`: pods that controllers make are not called missing. Calico's selectors may mean
    /// network sets. Addresses (`ipBlock`) are for what is outside of the cluster and not compared with pods.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors>
    pub static DANGLING_NETWORK_POLICY_PEER = {
        code: "NET006",
        name: "dangling-network-policy-peer",
        severity: Low,
        severity_reason: "tools say low or medium: the rule allows less than was meant, not more",
        since: "0.1.0",
        summary: "rule of a network policy names pods or namespaces that are not there",
        profile: All,
        run: Object(POLICY_KINDS, dangling_network_policy_peer),
        frameworks: [nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [
            kube_linter("dangling-networkpolicypeer-podselector"), popeye("POP-1201"), popeye("POP-1202"),
            popeye("POP-1208"), popeye("POP-1700"),
        ],
    }
}

fn dangling_network_policy_peer(cx: &mut ObjectCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    for peer in peers(cx.object) {
        judge(cx, &peer);
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, peer: &Peer<'s>) {
    let wanted = wanted_labels(&peer.selection);
    let own = cx.object.namespace_or_default();
    let analyses = cx.analyses();
    let is_whole = is_whole_cluster(cx.snapshot());
    let place = match peer.selection.namespace() {
        // All pods of the policy's own namespace are whoever comes.
        Some(namespace) if namespace == own && wanted.is_empty() => return,
        Some(namespace) if namespace == own => format!("in namespace `{namespace}`"),
        Some(namespace) if is_whole || analyses.pods().is_populated(namespace) => {
            format!("in namespace `{namespace}`")
        }
        None if is_whole => "in the namespaces that it names".to_owned(),
        _ => return,
    };
    let all = analyses.network_policies();
    let is_there = all.selected(&peer.selection, analyses.pods()) != Selected::Nothing;
    if is_there || analyses.pod_makers().may_make(all, &peer.selection) || is_network_set(cx, peer)
    {
        return;
    }
    let labels = match wanted.as_str() {
        "" => String::new(),
        wanted => format!(" with {wanted}"),
    };
    let direction = peer.direction.as_str();
    let message =
        format!("peer of an {direction} rule matches nothing: there is no pod{labels} {place}");
    cx.report(&DANGLING_NETWORK_POLICY_PEER, peer.node, message)
        .help("correct the selector, or remove the peer");
}

/// Whether the input shows a whole cluster, and not what one project brings to it.
fn is_whole_cluster(snapshot: &Snapshot) -> bool {
    snapshot.find("", "Namespace", "", "kube-system").is_some()
}

/// Whether a peer of Calico means a set of addresses.
fn is_network_set<'s>(cx: &ObjectCx<'s>, peer: &Peer<'s>) -> bool {
    if !cx.object.types().group().ends_with("projectcalico.org") {
        return false;
    }
    let group = cx.object.types().group();
    let namespace = cx.object.namespace_or_default();
    let policies = cx.analyses().network_policies();
    let sets = ["NetworkSet", "GlobalNetworkSet"].into_iter();
    sets.flat_map(|kind| cx.snapshot().of_kind(group, kind))
        .filter_map(|set| set.root().at(&["metadata", "labels"]))
        .any(|labels| policies.means(&peer.selection, namespace, labels))
}
