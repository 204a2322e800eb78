//! Rules that let pods reach the metadata service of their cloud.

use std::net::Ipv4Addr;

use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use crate::{
    Action, Direction, Everybody, directions, is_baseline,
    ordered::{OrderedRule, denies_all, is_ordered, ordered_rules},
    read::calico_directions,
};

/// Where the clouds' metadata services answer, over plain HTTP.
pub const METADATA_ADDRESS: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);

/// A rule for what goes out, and how it comes to the metadata service.
#[derive(Clone, Copy, Debug)]
pub struct MetadataWay<'s> {
    /// The node that allows it: a range of addresses, an entity, or the rule.
    pub node: Node<'s>,
    /// Whether it names the service's own address, or a small range around it.
    pub is_meant: bool,
}

/// The ways of a policy to the metadata service, one a rule: none for rules that allow everything, which are more than
/// that.
#[must_use]
pub fn metadata_ways(object: Object<'_>) -> Vec<MetadataWay<'_>> {
    if is_ordered(object) {
        return ordered(object);
    }
    let types = object.types();
    let root = object.root();
    let specs = root.get("specs").into_iter().flat_map(Node::items);
    let specs = root.get("spec").into_iter().chain(specs);
    let rule: fn(Node<'_>) -> Option<MetadataWay<'_>> = match types.group() {
        "networking.k8s.io" | "extensions" => kubernetes,
        "cilium.io" => cilium,
        _ => calico,
    };
    let applies = |spec: &Node<'_>| match types.group() {
        "networking.k8s.io" | "extensions" => directions(*spec).1,
        "cilium.io" => true,
        _ => calico_directions(*spec).1,
    };
    specs
        .filter(applies)
        .flat_map(|spec| list(spec, "egress"))
        .filter_map(rule)
        .collect()
}

/// Whether some policy of the input denies the metadata service outright, whatever others allow.
#[must_use]
pub fn denies_metadata(snapshot: &Snapshot) -> bool {
    let cilium = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"];
    let mut cilium = cilium
        .into_iter()
        .flat_map(|kind| snapshot.of_kind("cilium.io", kind))
        .filter_map(|object| object.root().get("spec"))
        .flat_map(|spec| list(spec, "egressDeny"));
    let mut calico = ["crd.projectcalico.org", "projectcalico.org"]
        .into_iter()
        .flat_map(|group| {
            let kinds = ["NetworkPolicy", "GlobalNetworkPolicy"];
            kinds
                .into_iter()
                .flat_map(move |kind| snapshot.of_kind(group, kind))
        })
        .filter_map(|object| object.root().get("spec"))
        .flat_map(|spec| list(spec, "egress"))
        .filter(|rule| rule.str_at(&["action"]) == Some("Deny"));
    let mut ordered = ORDERED
        .into_iter()
        .flat_map(|(group, kind)| snapshot.of_kind(group, kind))
        .filter(|object| !is_baseline(*object))
        .flat_map(ordered_rules)
        .filter(|rule| rule.direction == Direction::Egress);
    ordered.any(|rule| rule.action == Action::Deny && ordered_range(&rule).is_some())
        || cilium.any(|rule| cilium_blocks(rule).is_some())
        || calico.any(|rule| {
            let nets = rule.get("destination").into_iter();
            nets.flat_map(|entity| list(entity, "nets"))
                .any(|net| covers(net.scalar_text()))
        })
}

/// Kinds whose rules come before those of NetworkPolicies.
const ORDERED: [(&str, &str); 4] = [
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
    ("policy.networking.k8s.io", "ClusterNetworkPolicy"),
    ("crd.antrea.io", "ClusterNetworkPolicy"),
    ("crd.antrea.io", "NetworkPolicy"),
];

/// The rules that allow it before one refuses it. What is allowed last matters only if the rest is refused.
fn ordered(object: Object<'_>) -> Vec<MetadataWay<'_>> {
    let rules = ordered_rules(object);
    if is_baseline(object) && !denies_all(&rules, Direction::Egress) {
        return Vec::new();
    }
    let rules = rules.into_iter();
    rules
        .filter(|rule| rule.direction == Direction::Egress)
        .filter_map(|rule| Some((rule, ordered_range(&rule)?)))
        .take_while(|(rule, _)| rule.action == Action::Allow)
        // One that allows everything is more than that.
        .filter(|(rule, _)| rule.everybody().is_none())
        .map(|(_, range)| way(range))
        .collect()
}

/// The range of a rule that holds the service's address, or the rule where it is for all addresses.
fn ordered_range<'s>(rule: &OrderedRule<'s>) -> Option<Node<'s>> {
    if !rule.is_for_http() {
        return None;
    }
    let mut ranges = rule.ranges().filter(|(cidr, except)| {
        let mut exceptions = except.iter().flat_map(|list| list.items());
        covers(cidr.scalar_text()) && !exceptions.any(|range| covers(range.scalar_text()))
    });
    let own = ranges.next().map(|(cidr, _)| cidr);
    own.or_else(|| {
        let (node, everybody) = rule.everybody_node()?;
        (everybody == Everybody::Addresses).then_some(node)
    })
}

fn list<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn kubernetes(rule: Node<'_>) -> Option<MetadataWay<'_>> {
    let has_port = rule.get("ports").is_some_and(|ports| !ports.is_empty());
    let allows_http = |port: Node<'_>| {
        let first = port.get("port").map(Node::as_i64);
        let last = port.get("endPort").and_then(Node::as_i64);
        matches!(port.str_at(&["protocol"]), None | Some("TCP"))
            && match first {
                None => true,
                // A name is that of a port of a pod.
                Some(None) => false,
                Some(Some(first)) => (first..=last.unwrap_or(first)).contains(&80),
            }
    };
    if has_port && !list(rule, "ports").any(allows_http) {
        return None;
    }
    let to = rule.get("to").filter(|to| !to.is_empty());
    let Some(to) = to else {
        return has_port.then_some(MetadataWay {
            node: rule,
            is_meant: false,
        });
    };
    to.items().find_map(|peer| {
        let block = peer.get("ipBlock")?;
        let way = covering(block, "cidr", "except")?;
        let is_everything = !has_port && is_all(way.node) && list(block, "except").next().is_none();
        (!is_everything).then_some(way)
    })
}

fn cilium(rule: Node<'_>) -> Option<MetadataWay<'_>> {
    let ports: Vec<Node<'_>> = list(rule, "toPorts")
        .flat_map(|ports| list(ports, "ports"))
        .collect();
    let allows_http = |port: &Node<'_>| {
        matches!(port.get("port").map(Node::scalar_text), Some("80" | "0"))
            && matches!(port.str_at(&["protocol"]), None | Some("TCP" | "ANY"))
    };
    if !ports.is_empty() && !ports.iter().any(allows_http) {
        return None;
    }
    let way = cilium_blocks(rule)?;
    let has_exceptions = list(rule, "toCIDRSet")
        .any(|block| block.contains(way.node) && list(block, "except").next().is_some());
    let is_everything = is_all(way.node) || way.node.as_str() == Some("all");
    (!is_everything || has_exceptions || !ports.is_empty()).then_some(way)
}

fn cilium_blocks(rule: Node<'_>) -> Option<MetadataWay<'_>> {
    let entity = list(rule, "toEntities")
        .find(|item| matches!(item.as_str(), Some("world" | "world-ipv4" | "all")))
        .map(|node| MetadataWay {
            node,
            is_meant: false,
        });
    let plain = || {
        list(rule, "toCIDR")
            .find(|item| covers(item.scalar_text()))
            .map(way)
    };
    let set = || list(rule, "toCIDRSet").find_map(|block| covering(block, "cidr", "except"));
    entity.or_else(plain).or_else(set)
}

fn calico(rule: Node<'_>) -> Option<MetadataWay<'_>> {
    let is_tcp = rule
        .get("protocol")
        .is_none_or(|protocol| matches!(protocol.scalar_text(), "TCP" | "6"));
    if rule.str_at(&["action"]) != Some("Allow") || !is_tcp {
        return None;
    }
    let target = rule.get("destination")?;
    let allows_http = |port: Node<'_>| match port.scalar_text().split_once(':') {
        Some((first, last)) => {
            let number = |text: &str| text.parse::<u16>().unwrap_or_default();
            (number(first)..=number(last)).contains(&80)
        }
        None => port.scalar_text() == "80",
    };
    let has_port = target.get("ports").is_some_and(|ports| !ports.is_empty());
    if has_port && !list(target, "ports").any(allows_http) {
        return None;
    }
    if list(target, "notNets").any(|net| covers(net.scalar_text())) {
        return None;
    }
    let found = list(target, "nets").find(|net| covers(net.scalar_text()))?;
    (has_port || !is_all(found) || list(target, "notNets").next().is_some()).then(|| way(found))
}

/// The range of a block that holds the service's address, unless an exception takes it out.
fn covering<'s>(block: Node<'s>, cidr: &str, except: &str) -> Option<MetadataWay<'s>> {
    let cidr = block.get(cidr).filter(|cidr| covers(cidr.scalar_text()))?;
    let is_out = list(block, except).any(|range| covers(range.scalar_text()));
    (!is_out).then(|| way(cidr))
}

fn way(range: Node<'_>) -> MetadataWay<'_> {
    MetadataWay {
        node: range,
        is_meant: prefix(range.scalar_text()).is_some_and(|(_, bits)| bits >= 16),
    }
}

fn is_all(range: Node<'_>) -> bool {
    prefix(range.scalar_text()).is_some_and(|(_, bits)| bits == 0)
}

/// Whether a range of IPv4 addresses holds the service's address.
fn covers(range: &str) -> bool {
    prefix(range).is_some_and(|(address, bits)| {
        let shift = 32 - bits;
        let network = |address: Ipv4Addr| u32::from(address).checked_shr(shift).unwrap_or(0);
        network(address) == network(METADATA_ADDRESS)
    })
}

fn prefix(range: &str) -> Option<(Ipv4Addr, u32)> {
    let (address, bits) = range.trim().split_once('/').unwrap_or((range.trim(), "32"));
    let bits = bits.parse().ok().filter(|bits| *bits <= 32)?;
    Some((address.parse().ok()?, bits))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn ranges_hold_the_address_or_do_not() {
        for (range, expected) in [
            ("0.0.0.0/0", true),
            ("169.254.0.0/16", true),
            ("169.254.169.254/32", true),
            ("169.254.169.254", true),
            ("128.0.0.0/1", true),
            ("10.0.0.0/8", false),
            ("169.254.169.0/33", false),
            ("::/0", false),
            ("", false),
        ] {
            assert_eq!(covers(range), expected, "{range}");
        }
    }
}
