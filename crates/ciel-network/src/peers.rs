//! Whom the rules of a policy name by label.

use ciel_k8s::{LabelSelector, Requirement};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{
    CalicoSelector, Direction, Selection, directions,
    ordered::ordered_rules,
    policies::{Namespaces, Pods},
    read::{admin_selection, by_labels, calico_pods, cilium_pods, pods_of},
};

/// Pods that a rule names by label.
#[derive(Debug)]
pub struct Peer<'s> {
    /// Of which direction the rule is.
    pub direction: Direction,
    /// The node that names them.
    pub node: Node<'s>,
    /// Which pods it means.
    pub selection: Selection<'s>,
}

const DIRECTIONS: [Direction; 2] = [Direction::Ingress, Direction::Egress];

/// The peers of a policy that are named by label.
#[must_use]
pub fn peers(object: Object<'_>) -> Vec<Peer<'_>> {
    let types = object.types();
    let spec = object.root().get("spec");
    match (types.group(), types.kind.as_str()) {
        ("networking.k8s.io" | "extensions", "NetworkPolicy") => {
            spec.map_or_else(Vec::new, |spec| kubernetes(object, spec))
        }
        ("cilium.io", "CiliumNetworkPolicy" | "CiliumClusterwideNetworkPolicy") => {
            let specs = object.root().get("specs").into_iter().flat_map(Node::items);
            let all = spec.into_iter().chain(specs);
            all.flat_map(|spec| cilium(object, spec)).collect()
        }
        ("crd.projectcalico.org" | "projectcalico.org", "NetworkPolicy") => {
            spec.map_or_else(Vec::new, |spec| calico(object, spec))
        }
        ("policy.networking.k8s.io", _) => admin(object),
        ("crd.antrea.io", "NetworkPolicy" | "ClusterNetworkPolicy") => antrea(object),
        _ => Vec::new(),
    }
}

fn list<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn kubernetes<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Peer<'s>> {
    let (ingress, egress) = directions(spec);
    let mut peers = Vec::new();
    for (direction, applies, key) in [
        (Direction::Ingress, ingress, "from"),
        (Direction::Egress, egress, "to"),
    ] {
        let rules = list(spec, direction.as_str()).filter(|_| applies);
        for peer in rules.flat_map(|rule| list(rule, key)) {
            let (pods, namespaces) = (peer.get("podSelector"), peer.get("namespaceSelector"));
            let Some(node) = pods.or(namespaces) else {
                continue;
            };
            let namespaces = namespaces.map(LabelSelector::from_selector);
            let pods = pods.map(LabelSelector::from_selector);
            peers.push(Peer {
                direction,
                node,
                selection: Selection {
                    namespaces: namespaces.map_or(
                        Namespaces::One(object.namespace_or_default()),
                        |selector| {
                            named(&selector).map_or(Namespaces::Labels(selector), Namespaces::One)
                        },
                    ),
                    pods: Pods::Labels(pods.unwrap_or_default()),
                },
            });
        }
    }
    peers
}

/// The one namespace that a selector of namespaces asks for by name, and by nothing else.
fn named<'s>(selector: &LabelSelector<'s>) -> Option<&'s str> {
    match selector.requirements() {
        [Requirement::In("kubernetes.io/metadata.name", values)] => match values.as_slice() {
            [name] => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn cilium<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Peer<'s>> {
    let mut peers = Vec::new();
    for (direction, key) in DIRECTIONS.into_iter().zip(["fromEndpoints", "toEndpoints"]) {
        for node in list(spec, direction.as_str()).flat_map(|rule| list(rule, key)) {
            let selector = LabelSelector::from_selector(node);
            let mut keys = selector.requirements().iter().filter_map(Requirement::key);
            // Cilium's own: the host, the world, health checks.
            if keys.any(|key| key.starts_with("reserved:") || key.starts_with("cidr:")) {
                continue;
            }
            let namespaces = cilium_namespaces(object, &selector);
            peers.push(Peer {
                direction,
                node,
                selection: Selection {
                    namespaces,
                    pods: cilium_pods(selector),
                },
            });
        }
    }
    peers
}

/// The policy's own namespace, unless a label says another.
fn cilium_namespaces<'s>(object: Object<'s>, selector: &LabelSelector<'s>) -> Namespaces<'s> {
    let mut asked = selector.requirements().iter().filter(|requirement| {
        let key = requirement.key().unwrap_or_default();
        let key = key.split_once(':').map_or(key, |(_, key)| key);
        key == "io.kubernetes.pod.namespace" || key.starts_with("io.cilium.k8s.namespace.labels.")
    });
    match (asked.next(), object.kind()) {
        (Some(Requirement::In(key, values)), _) if key.ends_with("io.kubernetes.pod.namespace") => {
            match values.as_slice() {
                [name] => Namespaces::One(name),
                _ => Namespaces::All,
            }
        }
        (None, "CiliumNetworkPolicy") => Namespaces::One(object.namespace_or_default()),
        _ => Namespaces::All,
    }
}

fn calico<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Peer<'s>> {
    let mut peers = Vec::new();
    for (direction, key) in DIRECTIONS.into_iter().zip(["source", "destination"]) {
        for entity in list(spec, direction.as_str()).filter_map(|rule| rule.get(key)) {
            let node = entity.get("selector");
            let selector = node.and_then(|node| CalicoSelector::parse(node.as_str()?));
            let (Some(node), Some(selector)) = (node, selector) else {
                continue;
            };
            if entity.get("namespaceSelector").is_some() {
                continue;
            }
            peers.push(Peer {
                direction,
                node,
                selection: Selection {
                    namespaces: Namespaces::One(object.namespace_or_default()),
                    pods: calico_pods(selector),
                },
            });
        }
    }
    peers
}

fn admin(object: Object<'_>) -> Vec<Peer<'_>> {
    let rules = ordered_rules(object).into_iter();
    let peers = rules.flat_map(|rule| rule.peers().map(move |node| (rule.direction, node)));
    peers
        .filter_map(|(direction, node)| {
            Some(Peer {
                direction,
                node: node.get("namespaces").or_else(|| node.get("pods"))?,
                selection: by_name(admin_selection(node)?),
            })
        })
        .collect()
}

/// Antrea's peers by the labels of pods and namespaces; groups, Services, nodes and names are not looked at.
fn antrea(object: Object<'_>) -> Vec<Peer<'_>> {
    let rules = ordered_rules(object).into_iter();
    let peers = rules.flat_map(|rule| rule.peers().map(move |node| (rule.direction, node)));
    let is_cluster_wide = object.kind() == "ClusterNetworkPolicy";
    peers
        .filter_map(|(direction, node)| {
            let (pods, namespaces) = (node.get("podSelector"), node.get("namespaceSelector"));
            if node.get("namespaces").is_some() {
                return None;
            }
            let namespaces = match namespaces.map(LabelSelector::from_selector) {
                Some(selector) => by_labels(selector),
                None if is_cluster_wide => Namespaces::All,
                None => Namespaces::One(object.namespace_or_default()),
            };
            let pods_or_namespaces = pods.or_else(|| node.get("namespaceSelector"))?;
            Some(Peer {
                direction,
                node: pods_or_namespaces,
                selection: by_name(Selection {
                    namespaces,
                    pods: pods_of(node),
                }),
            })
        })
        .collect()
}

/// A choice with the one namespace that it asks for by name, if it does.
fn by_name(selection: Selection<'_>) -> Selection<'_> {
    let name = match &selection.namespaces {
        Namespaces::Labels(selector) => named(selector),
        _ => None,
    };
    match name {
        Some(name) => Selection {
            namespaces: Namespaces::One(name),
            ..selection
        },
        None => selection,
    }
}
