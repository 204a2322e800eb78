//! Policies whose rules allow, deny or pass on, the first that matches: those of administrators (AdminNetworkPolicy,
//! BaselineAdminNetworkPolicy, ClusterNetworkPolicy) and Antrea's. Only what they deny restricts.

use ciel_k8s::LabelSelector;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::Direction;

/// What a rule does with what it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Lets it through, whatever NetworkPolicies say.
    Allow,
    /// Refuses it, whatever NetworkPolicies say.
    Deny,
    /// Leaves it to NetworkPolicies.
    Pass,
}

/// What a rule without ports means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Everybody {
    /// All pods of the cluster.
    Pods,
    /// All addresses, of pods or not.
    Addresses,
}

/// One rule of such a policy.
#[derive(Clone, Copy, Debug)]
pub struct OrderedRule<'s> {
    /// Of which direction it is.
    pub direction: Direction,
    /// What it does.
    pub action: Action,
    /// Its mapping.
    pub node: Node<'s>,
    is_antrea: bool,
}

/// The kinds of such policies.
pub(crate) fn is_ordered(object: Object<'_>) -> bool {
    matches!(
        object.types().group(),
        "policy.networking.k8s.io" | "crd.antrea.io"
    )
}

/// Whether a policy speaks last, behind NetworkPolicies: what it allows is what holds without it.
#[must_use]
pub fn is_baseline(object: Object<'_>) -> bool {
    let tier = object.root().str_at(&["spec", "tier"]);
    object.kind() == "BaselineAdminNetworkPolicy"
        || tier.is_some_and(|tier| tier.eq_ignore_ascii_case("baseline"))
}

/// The rules of a policy of these kinds, in order, those for what comes in first; none for other kinds.
#[must_use]
pub fn ordered_rules(object: Object<'_>) -> Vec<OrderedRule<'_>> {
    let spec = object.root().get("spec").filter(|_| is_ordered(object));
    let Some(spec) = spec else {
        return Vec::new();
    };
    let is_antrea = object.types().group() == "crd.antrea.io";
    let mut rules = Vec::new();
    for direction in [Direction::Ingress, Direction::Egress] {
        for node in list(spec, direction.as_str()) {
            let action = match node.str_at(&["action"]) {
                Some("Allow" | "Accept") => Action::Allow,
                Some("Deny" | "Drop" | "Reject") => Action::Deny,
                Some("Pass") => Action::Pass,
                _ => continue,
            };
            rules.push(OrderedRule {
                direction,
                action,
                node,
                is_antrea,
            });
        }
    }
    rules
}

/// Whether a policy of these kinds refuses a direction as a whole: the first rule for everybody denies.
pub(crate) fn denies_all(rules: &[OrderedRule<'_>], direction: Direction) -> bool {
    let mut rules = rules.iter().filter(|rule| rule.direction == direction);
    rules
        .find(|rule| rule.everybody().is_some())
        .is_some_and(|rule| rule.action == Action::Deny)
}

/// Whether a policy of these kinds lets in what comes from outside, by its first rule that is about it; `None` where none
/// is. `is_routed`: through a router that runs in the cluster.
pub(crate) fn lets_strangers_in(object: Object<'_>, is_routed: bool) -> Option<bool> {
    let rules = ordered_rules(object).into_iter();
    let mut rules = rules.filter(|rule| rule.direction == Direction::Ingress);
    let first = rules.find(|rule| match rule.everybody() {
        Some(Everybody::Addresses) => true,
        Some(Everybody::Pods) => is_routed,
        // Some ports, or some peers: what is left is another rule's.
        None => rule.action == Action::Allow && (is_routed || rule.names_addresses()),
    });
    match first?.action {
        Action::Allow => Some(true),
        Action::Deny => Some(false),
        Action::Pass => None,
    }
}

fn list<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn is_all_addresses(cidr: Node<'_>) -> bool {
    matches!(cidr.scalar_text(), "0.0.0.0/0" | "::/0")
}

impl<'s> OrderedRule<'s> {
    /// The peers that the rule names.
    pub(crate) fn peers(&self) -> impl Iterator<Item = Node<'s>> + use<'s> {
        let key = match self.direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        list(self.node, key)
    }

    /// Whether the rule is about some ports or protocols only.
    #[must_use]
    pub fn has_ports(&self) -> bool {
        const NARROWING: [&str; 3] = ["ports", "protocols", "l7Protocols"];
        let says = |key: &&str| self.node.get(key).is_some_and(|list| !list.is_empty());
        NARROWING.iter().any(says)
    }

    /// Whom the rule means if it means everybody, whatever the port; `None` if it means some.
    #[must_use]
    pub fn everybody(&self) -> Option<Everybody> {
        if self.has_ports() {
            return None;
        }
        self.everybody_node().map(|(_, everybody)| everybody)
    }

    /// The node that names everybody, whatever the ports: a peer, or the rule.
    #[must_use]
    pub fn everybody_node(&self) -> Option<(Node<'s>, Everybody)> {
        if self.is_antrea {
            let is_to_services = self.node.get("toServices").is_some();
            if self.peers().next().is_none() {
                return (!is_to_services).then_some((self.node, Everybody::Addresses));
            }
        }
        let named: Vec<(Node<'s>, Everybody)> = self
            .peers()
            .filter_map(|peer| {
                let everybody = if self.is_antrea {
                    antrea_peer(peer)
                } else {
                    admin_peer(peer)
                };
                everybody.map(|everybody| (everybody_place(peer), everybody))
            })
            .collect();
        let is_addresses =
            |(_, everybody): &&(Node<'s>, Everybody)| *everybody == Everybody::Addresses;
        named.iter().find(is_addresses).or(named.first()).copied()
    }

    /// Whether the rule is about addresses, or about anybody on some ports.
    fn names_addresses(&self) -> bool {
        self.everybody_node()
            .is_some_and(|(_, everybody)| everybody == Everybody::Addresses)
            || self.peers().any(|peer| peer.get("ipBlock").is_some())
    }

    /// The ranges of addresses that the rule names, with those that it excepts.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = (Node<'s>, Option<Node<'s>>)> + use<'s> {
        self.peers().flat_map(|peer| {
            let block = peer.get("ipBlock");
            let of_block = block.and_then(|block| Some((block.get("cidr")?, block.get("except"))));
            let networks = list(peer, "networks").map(|cidr| (cidr, None));
            of_block.into_iter().chain(networks)
        })
    }

    /// Whether the rule is about TCP port 80, among others or alone.
    pub(crate) fn is_for_http(&self) -> bool {
        if self
            .node
            .get("l7Protocols")
            .is_some_and(|list| !list.is_empty())
        {
            return false;
        }
        let ports = list(self.node, "ports").chain(list(self.node, "protocols"));
        let mut ports = ports.peekable();
        // Antrea's `protocols` are ICMP and IGMP, which have none of the fields that are read.
        ports.peek().is_none() || ports.any(is_http)
    }
}

/// Where the node stands that makes a peer everybody.
fn everybody_place(peer: Node<'_>) -> Node<'_> {
    let open = list(peer, "networks").find(|cidr| is_all_addresses(*cidr));
    open.or_else(|| peer.at(&["ipBlock", "cidr"]))
        .unwrap_or(peer)
}

fn is_empty_selector(node: Node<'_>) -> bool {
    node.is_mapping() && LabelSelector::from_selector(node).is_empty()
}

fn admin_peer(peer: Node<'_>) -> Option<Everybody> {
    if list(peer, "networks").any(is_all_addresses) {
        return Some(Everybody::Addresses);
    }
    let all = |node: Option<Node<'_>>| node.is_some_and(is_empty_selector);
    let is_all = all(peer.get("namespaces"))
        || peer
            .get("pods")
            .is_some_and(|pods| all(pods.get("namespaceSelector")) && all(pods.get("podSelector")));
    is_all.then_some(Everybody::Pods)
}

fn antrea_peer(peer: Node<'_>) -> Option<Everybody> {
    if let Some(block) = peer.get("ipBlock") {
        let has_exceptions = list(block, "except").next().is_some();
        let is_all = block.get("cidr").is_some_and(is_all_addresses) && !has_exceptions;
        return is_all.then_some(Everybody::Addresses);
    }
    let namespaces = peer.get("namespaceSelector")?;
    let is_all_pods = peer.get("podSelector").is_none_or(is_empty_selector);
    (is_empty_selector(namespaces) && is_all_pods).then_some(Everybody::Pods)
}

/// A port as v1alpha1 (`portNumber`, `portRange`), v1alpha2 (`tcp.destinationPort`) and Antrea (`port`, `endPort`) write
/// it.
fn is_http(port: Node<'_>) -> bool {
    let number = |keys: &[&str]| port.at(keys).and_then(Node::as_i64);
    let is_tcp = |keys: &[&str]| matches!(port.str_at(keys), None | Some("TCP"));
    if let Some(own) = number(&["portNumber", "port"]) {
        return own == 80 && is_tcp(&["portNumber", "protocol"]);
    }
    if let Some(range) = port.get("portRange") {
        return is_tcp(&["portRange", "protocol"]) && is_in(range, "start", "end");
    }
    if let Some(tcp) = port.get("tcp") {
        let Some(target) = tcp.get("destinationPort") else {
            return tcp.get("destinationNamedPort").is_none();
        };
        let own = target.get("number").and_then(Node::as_i64);
        return own == Some(80)
            || target
                .get("range")
                .is_some_and(|range| is_in(range, "start", "end"));
    }
    if [
        "udp",
        "sctp",
        "icmp",
        "igmp",
        "namedPort",
        "destinationNamedPort",
    ]
    .iter()
    .any(|key| port.get(key).is_some())
    {
        return false;
    }
    let Some(own) = port.get("port") else {
        return is_tcp(&["protocol"]);
    };
    is_tcp(&["protocol"])
        && own.as_i64().is_some_and(|first| {
            let last = number(&["endPort"]).unwrap_or(first);
            (first..=last).contains(&80)
        })
}

fn is_in(range: Node<'_>, first: &str, last: &str) -> bool {
    let number = |key| range.get(key).and_then(Node::as_i64);
    number(first).is_some_and(|first| number(last).is_some_and(|last| (first..=last).contains(&80)))
}
