use ciel_core::Severity;
use ciel_network::{
    Action, CalicoSelector, Direction, Everybody, POLICY_KINDS, calico_directions, directions,
    is_baseline, ordered_rules, policies,
};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules of network policies that allow everything in a direction: an empty rule (`- {}`), one for all
    /// addresses (`0.0.0.0/0` or `::/0` without exceptions) on all ports, Cilium's entity `all`, Calico's `action: Allow` alone. One
    /// finding a rule. Of the policies of administrators (AdminNetworkPolicy, ClusterNetworkPolicy) and of Antrea, rules
    /// that allow everything, or all pods of the cluster, before a rule denies it: these hold whatever NetworkPolicies
    /// say.
    ///
    /// ## Why is this bad?
    /// The policy selects the pods and restricts nothing; whoever counts policies believes that they are covered.
    /// Policies add up, so one such rule undoes all others of its direction.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress]
    ///   ingress:
    ///   - {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    ///   policyTypes: [Ingress]
    ///   ingress:
    ///   - ports:
    ///     - port: 8080
    /// ```
    ///
    /// ## Exceptions
    /// A rule that names ports is none of these, whoever may use it: that is how a public service is opened. All pods of
    /// the cluster (`namespaceSelector: {}`) are not everything in a NetworkPolicy. What a baseline policy allows is what
    /// holds without it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic>
    pub static ALLOW_ALL_NETWORK_POLICY = {
        code: "NET002",
        name: "allow-all-network-policy",
        severity: Medium,
        severity_reason: "tools say medium; low where it selects some pods by label, as somebody has thought about these",
        since: "0.1.0",
        summary: "network policy allows everything",
        run: Object(POLICY_KINDS, allow_all_network_policy),
        frameworks: [nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [
            trivy("KSV-0038"), kubeaudit("AllowAllIngressNetworkPolicyExists"),
            kubeaudit("AllowAllEgressNetworkPolicyExists"), popeye("POP-1203"),
        ],
    }
}

/// Whose language a policy is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Kubernetes,
    Cilium,
    Calico,
}

impl Dialect {
    /// That of a policy; `None` where its rules have an order of their own.
    pub(super) fn of(policy: Object<'_>) -> Option<Self> {
        match policy.types().group() {
            "policy.networking.k8s.io" | "crd.antrea.io" => None,
            "cilium.io" => Some(Self::Cilium),
            "networking.k8s.io" | "extensions" => Some(Self::Kubernetes),
            _ => Some(Self::Calico),
        }
    }

    /// The node that opens a rule to everything, if it does.
    pub(super) fn open(self, rule: Node<'_>, direction: Direction) -> Option<Node<'_>> {
        match self {
            Self::Kubernetes => open(rule, direction),
            Self::Cilium => cilium_open(rule, direction),
            Self::Calico => calico_open(rule),
        }
    }
}

fn allow_all_network_policy(cx: &mut ObjectCx<'_>) {
    let Some(dialect) = Dialect::of(cx.object) else {
        return judge_ordered(cx);
    };
    let root = cx.object.root();
    let specs = root.get("specs").filter(|_| dialect == Dialect::Cilium);
    for spec in root
        .get("spec")
        .into_iter()
        .chain(specs.into_iter().flat_map(Node::items))
    {
        judge(cx, dialect, spec);
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, dialect: Dialect, spec: Node<'s>) {
    let (ingress, egress) = match dialect {
        Dialect::Kubernetes => directions(spec),
        Dialect::Cilium => (true, true),
        Dialect::Calico => calico_directions(spec),
    };
    let is_cluster_wide = cx.object.kind().starts_with("Global")
        || cx.object.kind() == "CiliumClusterwideNetworkPolicy";
    let selects_all = selects_all(dialect, spec);
    for (direction, applies) in [(Direction::Ingress, ingress), (Direction::Egress, egress)] {
        let rules = spec.get(direction.as_str()).into_iter();
        for rule in rules.flat_map(Node::items).filter(|_| applies) {
            let Some(node) = dialect.open(rule, direction) else {
                continue;
            };
            let (whom, severity) = match (selects_all, is_cluster_wide) {
                (true, true) => ("every pod of the cluster", Severity::Medium),
                (true, false) => ("every pod of the namespace", Severity::Medium),
                (false, _) => ("the pods that it selects", Severity::Low),
            };
            let message = format!("rule allows all {} of {whom}", direction.as_str());
            cx.report(&ALLOW_ALL_NETWORK_POLICY, node, message)
                .help("name the peers or the ports that are needed")
                .severity(severity);
        }
    }
}

/// Rules that come before all NetworkPolicies. Of each direction the first for everybody counts.
fn judge_ordered(cx: &mut ObjectCx<'_>) {
    if is_baseline(cx.object) {
        return;
    }
    let rules = ordered_rules(cx.object);
    for direction in [Direction::Ingress, Direction::Egress] {
        let mut of_direction = rules.iter().filter(|rule| rule.direction == direction);
        let Some(rule) = of_direction.find(|rule| rule.everybody().is_some()) else {
            continue;
        };
        let Some((node, everybody)) = rule.everybody_node() else {
            continue;
        };
        if rule.action != Action::Allow {
            continue;
        }
        let is_for_all = policies(cx.object)
            .iter()
            .any(|policy| policy.selection.is_everything());
        let (whom, severity) = if is_for_all {
            ("every pod of the cluster", Severity::Medium)
        } else {
            ("the pods that it selects", Severity::Low)
        };
        let (what, word) = match (everybody, direction) {
            (Everybody::Addresses, _) => ("all ", direction.as_str()),
            (Everybody::Pods, Direction::Ingress) => ("ingress from all pods", ""),
            (Everybody::Pods, Direction::Egress) => ("egress to all pods", ""),
        };
        let message = format!("rule allows {what}{word} of {whom}, whatever NetworkPolicies say");
        cx.report(&ALLOW_ALL_NETWORK_POLICY, node, message)
            .help("use `Pass`, or name the peers or the ports that are needed")
            .severity(severity);
    }
}

/// Whether a policy is for all pods of its namespaces.
fn selects_all(dialect: Dialect, spec: Node<'_>) -> bool {
    let selector = match dialect {
        Dialect::Kubernetes => spec.get("podSelector"),
        Dialect::Cilium => spec.get("endpointSelector"),
        Dialect::Calico => {
            let all = |key: &str| {
                let text = spec.str_at(&[key]).unwrap_or_default();
                CalicoSelector::parse(text) == Some(CalicoSelector::All)
            };
            return all("selector") && all("namespaceSelector");
        }
    };
    selector.is_none_or(|node| {
        let is_empty = |key| node.get(key).is_none_or(Node::is_empty);
        is_empty("matchLabels") && is_empty("matchExpressions")
    })
}

/// The node that opens a rule to everything, if it does.
fn open<'s>(rule: Node<'s>, direction: Direction) -> Option<Node<'s>> {
    if !rule.is_mapping() || rule.get("ports").is_some_and(|ports| !ports.is_empty()) {
        return None;
    }
    let peers = rule.get(match direction {
        Direction::Ingress => "from",
        Direction::Egress => "to",
    });
    let Some(peers) = peers.filter(|peers| !peers.is_empty()) else {
        return Some(rule);
    };
    peers.items().find_map(|peer| {
        let block = peer.get("ipBlock")?;
        let cidr = block.get("cidr")?;
        let is_all = matches!(cidr.as_str()?, "0.0.0.0/0" | "::/0");
        let has_exceptions = block.get("except").is_some_and(|except| !except.is_empty());
        (is_all && !has_exceptions).then_some(cidr)
    })
}

fn cilium_open<'s>(rule: Node<'s>, direction: Direction) -> Option<Node<'s>> {
    let (entities, cidrs, sets) = match direction {
        Direction::Ingress => ("fromEntities", "fromCIDR", "fromCIDRSet"),
        Direction::Egress => ("toEntities", "toCIDR", "toCIDRSet"),
    };
    if rule.get("toPorts").is_some_and(|ports| !ports.is_empty()) {
        return None;
    }
    let item = |key, open: &[&str]| {
        let mut items = rule.get(key)?.items();
        items.find(|item| item.as_str().is_some_and(|text| open.contains(&text)))
    };
    let set = || {
        let mut blocks = rule.get(sets)?.items();
        blocks.find_map(|block| {
            let cidr = block.get("cidr")?;
            let has_exceptions = block.get("except").is_some_and(|except| !except.is_empty());
            (matches!(cidr.as_str()?, "0.0.0.0/0" | "::/0") && !has_exceptions).then_some(cidr)
        })
    };
    item(entities, &["all"])
        .or_else(|| item(cidrs, &["0.0.0.0/0", "::/0"]))
        .or_else(set)
}

/// A rule that allows, and says nothing of protocol, source or destination.
fn calico_open(rule: Node<'_>) -> Option<Node<'_>> {
    const NARROWING: [&str; 8] = [
        "protocol",
        "notProtocol",
        "icmp",
        "notICMP",
        "source",
        "destination",
        "http",
        "ipVersion",
    ];
    let says = |key: &&str| {
        rule.get(key)
            .is_some_and(|node| !node.is_empty() || !node.scalar_text().is_empty())
    };
    let is_allow = rule.str_at(&["action"]) == Some("Allow");
    (is_allow && !NARROWING.iter().any(says)).then_some(rule)
}
