use std::net::IpAddr;

use ciel_core::Severity;
use ciel_network::{Direction, POLICY_KINDS, calico_directions, directions};
use ciel_yaml::Node;

use super::allow_all_network_policy::Dialect;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules of network policies that let nearly everybody in: all addresses but some (`0.0.0.0/0` with `except`,
    /// or its two halves), Cilium's entity `world`, every pod of every namespace (`namespaceSelector: {}` alone), each
    /// without a restriction to ports; and rules that open the port of a database, a queue or a node's service to all
    /// addresses, or to everybody because they name no peers. Rules that allow everything are
    /// `allow-all-network-policy`.
    ///
    /// ## Why is this bad?
    /// The policy looks like a wall and is a door. A dash too many makes two peers of a namespace selector and a pod
    /// selector, and lets a whole cluster in; `except` leaves the rest of the internet.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: postgres
    ///   ingress:
    ///   - ports:
    ///     - port: 5432
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: postgres
    ///   ingress:
    ///   - ports:
    ///     - port: 5432
    ///     from:
    ///     - podSelector:
    ///         matchLabels:
    ///           app: shop
    /// ```
    ///
    /// ## Exceptions
    /// Rules that open other ports to everybody are left alone: that is how a public service is opened. Egress is left to
    /// `allow-all-network-policy` and `metadata-service-allowed`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors>
    pub static OPEN_NETWORK_POLICY_RULE = {
        code: "NET020",
        name: "open-network-policy-rule",
        severity: Medium,
        severity_reason: "low where it lets in pods of the cluster only, or leaves addresses out",
        since: "0.1.0",
        summary: "rule of a network policy lets nearly everybody in",
        run: Object(POLICY_KINDS, open_network_policy_rule),
        frameworks: [nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [],
    }
}

/// Who is let in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// The rule names no peers.
    Everybody,
    /// All addresses.
    World,
    /// All addresses but some.
    NearlyWorld,
    /// Every pod of the cluster.
    Cluster,
}

impl Who {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::World => "every address",
            Self::NearlyWorld => "nearly every address",
            Self::Cluster => "every pod of every namespace",
        }
    }
}

/// Which ports are opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ports {
    /// The rule says nothing of ports.
    Unnamed,
    /// All that matter, by a range.
    All,
    /// Among others, one that is not for everybody, with what listens there.
    Inner(i64, &'static str),
    Others,
}

/// Ports that nobody offers to everybody, and what listens there.
const INNER_PORTS: [(i64, &str); 27] = [
    (22, "SSH"),
    (389, "LDAP"),
    (445, "SMB"),
    (1433, "SQL Server"),
    (1521, "Oracle"),
    (2049, "NFS"),
    (2181, "ZooKeeper"),
    (2375, "the Docker Engine API"),
    (2379, "etcd"),
    (2380, "etcd"),
    (3306, "MySQL"),
    (3389, "RDP"),
    (5432, "PostgreSQL"),
    (5672, "RabbitMQ"),
    (5900, "VNC"),
    (5984, "CouchDB"),
    (6379, "Redis"),
    (7687, "Neo4j"),
    (8086, "InfluxDB"),
    (9042, "Cassandra"),
    (9092, "Kafka"),
    (9200, "Elasticsearch"),
    (9300, "Elasticsearch"),
    (10250, "the kubelet"),
    (11211, "Memcached"),
    (26257, "CockroachDB"),
    (27017, "MongoDB"),
];

/// A range this wide leaves nothing out that matters.
const WIDE: i64 = 60_000;

fn open_network_policy_rule(cx: &mut ObjectCx<'_>) {
    let Some(dialect) = Dialect::of(cx.object) else {
        return;
    };
    let root = cx.object.root();
    let specs = root.get("specs").filter(|_| dialect == Dialect::Cilium);
    for spec in root
        .get("spec")
        .into_iter()
        .chain(specs.into_iter().flat_map(Node::items))
    {
        let applies = match dialect {
            Dialect::Kubernetes => directions(spec).0,
            Dialect::Cilium => true,
            Dialect::Calico => calico_directions(spec).0,
        };
        let rules = spec.get("ingress").filter(|_| applies).into_iter();
        for rule in rules.flat_map(Node::items).filter(|rule| rule.is_mapping()) {
            if dialect.open(rule, Direction::Ingress).is_some() {
                continue;
            }
            let (open, ports) = match dialect {
                Dialect::Kubernetes => (peers(rule), ports(rule, &["ports"])),
                Dialect::Cilium => (cilium_peers(rule), ports(rule, &["toPorts", "[]", "ports"])),
                Dialect::Calico => (calico_peers(rule), calico_ports(rule)),
            };
            if let Some((node, who)) = open {
                report(cx, node, who, ports);
            }
        }
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, who: Who, ports: Ports) {
    let by_address = !matches!(who, Who::Cluster);
    let (where_to, severity) = match (ports, who) {
        (Ports::Unnamed | Ports::All, Who::Cluster | Who::NearlyWorld) => {
            (" at every port".to_owned(), Severity::Low)
        }
        (Ports::Unnamed | Ports::All, _) => (" at every port".to_owned(), Severity::Medium),
        (Ports::Inner(port, what), _) if by_address => (
            format!(" at port {port}, where {what} listens"),
            Severity::Medium,
        ),
        _ => return,
    };
    let message = format!("rule lets {} in{where_to}", who.as_str());
    cx.report(&OPEN_NETWORK_POLICY_RULE, node, message)
        .help("name the pods, or the addresses, that need to come in")
        .severity(severity);
}

fn items<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn has_items(node: Node<'_>, key: &str) -> bool {
    node.get(key).is_some_and(|list| !list.is_empty())
}

fn is_empty_selector(selector: Node<'_>) -> bool {
    !has_items(selector, "matchLabels") && !has_items(selector, "matchExpressions")
}

/// What opens the peers of a rule of Kubernetes' own policies.
fn peers(rule: Node<'_>) -> Option<(Node<'_>, Who)> {
    if !has_items(rule, "from") {
        return Some((rule, Who::Everybody));
    }
    let blocks: Vec<Node<'_>> = items(rule, "from")
        .filter_map(|peer| peer.get("ipBlock"))
        .collect();
    if let Some(found) = world(&blocks) {
        return Some(found);
    }
    items(rule, "from").find_map(|peer| {
        let namespaces = peer
            .get("namespaceSelector")
            .filter(|node| is_empty_selector(*node))?;
        let is_all = peer.get("podSelector").is_none_or(is_empty_selector);
        is_all.then_some((namespaces, Who::Cluster))
    })
}

/// The block, of those with `cidr` and `except`, that opens a list of them: one for all addresses, or the first half of
/// them beside the second.
fn world<'s>(blocks: &[Node<'s>]) -> Option<(Node<'s>, Who)> {
    let whole = blocks.iter().find_map(|block| {
        let cidr = block.get("cidr")?;
        let who = if has_items(*block, "except") {
            Who::NearlyWorld
        } else {
            Who::World
        };
        (prefix_of(cidr)? == 0).then_some((cidr, who))
    });
    whole.or_else(|| halves(blocks.iter().filter_map(|block| block.get("cidr"))))
}

fn halves<'s>(cidrs: impl Iterator<Item = Node<'s>>) -> Option<(Node<'s>, Who)> {
    let halves: Vec<Node<'s>> = cidrs.filter(|cidr| prefix_of(*cidr) == Some(1)).collect();
    let first = *halves.first()?;
    let is_other = |cidr: &Node<'_>| {
        address_of(*cidr).is_some_and(|other| {
            address_of(first).is_some_and(|own| own != other && own.is_ipv4() == other.is_ipv4())
        })
    };
    halves.iter().any(is_other).then_some((first, Who::World))
}

fn prefix_of(cidr: Node<'_>) -> Option<u8> {
    let (_, bits) = cidr.scalar_text().split_once('/')?;
    bits.trim().parse().ok()
}

fn address_of(cidr: Node<'_>) -> Option<IpAddr> {
    let (address, _) = cidr.scalar_text().split_once('/')?;
    address.trim().parse().ok()
}

fn cilium_peers(rule: Node<'_>) -> Option<(Node<'_>, Who)> {
    let entity = items(rule, "fromEntities").find(|item| {
        matches!(
            item.scalar_text(),
            "all" | "world" | "world-ipv4" | "world-ipv6"
        )
    });
    if let Some(entity) = entity {
        return Some((entity, Who::World));
    }
    let plain = items(rule, "fromCIDR").find(|cidr| prefix_of(*cidr) == Some(0));
    if let Some(cidr) = plain {
        return Some((cidr, Who::World));
    }
    let sets: Vec<Node<'_>> = items(rule, "fromCIDRSet").collect();
    world(&sets).or_else(|| halves(items(rule, "fromCIDR")))
}

fn calico_peers(rule: Node<'_>) -> Option<(Node<'_>, Who)> {
    if rule.str_at(&["action"]) != Some("Allow") || rule.str_at(&["protocol"]) == Some("ICMP") {
        return None;
    }
    let Some(source) = rule.get("source").filter(|source| !source.is_empty()) else {
        return Some((rule, Who::Everybody));
    };
    let whole = items(source, "nets").find(|cidr| prefix_of(*cidr) == Some(0));
    if has_items(source, "notNets") {
        return whole.map(|cidr| (cidr, Who::NearlyWorld));
    }
    whole
        .map(|cidr| (cidr, Who::World))
        .or_else(|| halves(items(source, "nets")))
}

/// The ports at the end of a path, where `[]` stands for every item of a list.
fn ports(rule: Node<'_>, path: &[&str]) -> Ports {
    let mut lists = vec![rule];
    for key in path {
        lists = match *key {
            "[]" => lists.into_iter().flat_map(Node::items).collect(),
            key => lists.into_iter().filter_map(|node| node.get(key)).collect(),
        };
    }
    let entries = lists.into_iter().flat_map(Node::items);
    let numbers = entries.map(|entry| {
        let Some(port) = entry.get("port") else {
            // A protocol without a port is all of its ports.
            return (0, WIDE);
        };
        let first = port.scalar_text().parse().unwrap_or(-1);
        let last = entry.get("endPort").and_then(Node::as_i64).unwrap_or(first);
        (first, last)
    });
    judge_ports(numbers)
}

fn calico_ports(rule: Node<'_>) -> Ports {
    let listed = rule.at(&["destination", "ports"]);
    let numbers = listed.into_iter().flat_map(Node::items).map(|port| {
        let text = port.scalar_text();
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let number = |text: &str| text.trim().parse().unwrap_or(-1);
        (number(first), number(last))
    });
    judge_ports(numbers)
}

fn judge_ports(ranges: impl Iterator<Item = (i64, i64)>) -> Ports {
    let mut found = Ports::Unnamed;
    for (first, last) in ranges {
        if last - first >= WIDE {
            return Ports::All;
        }
        let inner = INNER_PORTS
            .iter()
            .find(|(port, _)| (first..=last).contains(port));
        match (inner, found) {
            (_, Ports::Inner(..)) => {}
            (Some((port, what)), _) => found = Ports::Inner(*port, what),
            (None, _) => found = Ports::Others,
        }
    }
    found
}
