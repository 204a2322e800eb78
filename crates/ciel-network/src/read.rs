use ciel_k8s::{LabelSelector, Requirement};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{
    CalicoSelector, Direction, Policy,
    ordered::{denies_all, ordered_rules},
    policies::{Namespaces, Pods, Selection},
};

/// The kinds that this crate reads, as group and kind.
pub const POLICY_KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "NetworkPolicy"),
    ("extensions", "NetworkPolicy"),
    ("cilium.io", "CiliumNetworkPolicy"),
    ("cilium.io", "CiliumClusterwideNetworkPolicy"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("crd.projectcalico.org", "GlobalNetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("projectcalico.org", "GlobalNetworkPolicy"),
    ("crd.antrea.io", "NetworkPolicy"),
    ("crd.antrea.io", "ClusterNetworkPolicy"),
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"),
    ("policy.networking.k8s.io", "ClusterNetworkPolicy"),
];

/// The policies that an object is; none for other kinds.
#[must_use]
pub fn policies(object: Object<'_>) -> Vec<Policy<'_>> {
    let types = object.types();
    let spec = object.root().get("spec");
    match (types.group(), types.kind.as_str()) {
        ("networking.k8s.io" | "extensions", "NetworkPolicy") => kubernetes(object, spec),
        ("cilium.io", "CiliumNetworkPolicy" | "CiliumClusterwideNetworkPolicy") => {
            let specs = object.root().get("specs").into_iter().flat_map(Node::items);
            let all = spec.into_iter().chain(specs);
            all.filter_map(|spec| cilium(object, spec)).collect()
        }
        (
            "crd.projectcalico.org" | "projectcalico.org",
            "NetworkPolicy" | "GlobalNetworkPolicy",
        ) => calico(object, spec).into_iter().collect(),
        ("crd.antrea.io", "NetworkPolicy" | "ClusterNetworkPolicy") => {
            spec.map_or_else(Vec::new, |spec| antrea(object, spec))
        }
        (
            "policy.networking.k8s.io",
            "AdminNetworkPolicy" | "BaselineAdminNetworkPolicy" | "ClusterNetworkPolicy",
        ) => spec
            .and_then(|spec| admin(object, spec))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// In which directions a NetworkPolicy of Kubernetes restricts: as `policyTypes` says; where it says nothing, what comes
/// in, and what goes out if there is a rule for that.
#[must_use]
pub fn directions(spec: Node<'_>) -> (bool, bool) {
    let types = spec.get("policyTypes").filter(|types| !types.is_empty());
    match types {
        Some(types) => {
            let has = |wanted| types.items().any(|item| item.as_str() == Some(wanted));
            (has("Ingress"), has("Egress"))
        }
        None => (
            true,
            spec.get("egress").is_some_and(|rules| !rules.is_empty()),
        ),
    }
}

fn kubernetes<'s>(object: Object<'s>, spec: Option<Node<'s>>) -> Vec<Policy<'s>> {
    let Some(spec) = spec else {
        return Vec::new();
    };
    let (ingress, egress) = directions(spec);
    let selector = spec.get("podSelector").map(LabelSelector::from_selector);
    vec![Policy {
        object,
        ingress,
        egress,
        selector: spec.get("podSelector").unwrap_or(spec),
        selection: Selection {
            namespaces: Namespaces::One(object.namespace_or_default()),
            pods: Pods::Labels(selector.unwrap_or_default()),
        },
        empty: None,
    }]
}

fn cilium<'s>(object: Object<'s>, spec: Node<'s>) -> Option<Policy<'s>> {
    // One with a `nodeSelector` is for nodes.
    let node = spec.get("endpointSelector")?;
    let selector = LabelSelector::from_selector(node);
    // An empty list of rules is none at all, to Cilium; a list with an empty rule denies.
    let restricts = |direction: &str, deny: &str| {
        let has_rules = |key| {
            spec.get(key)
                .is_some_and(|rules: Node<'_>| !rules.is_empty())
        };
        let is_default_deny = spec.bool_at(&["enableDefaultDeny", direction]);
        is_default_deny.unwrap_or(has_rules(direction) || has_rules(deny))
    };
    let lists = ["ingress", "egress", "ingressDeny", "egressDeny"];
    let says_nothing = spec.get("enableDefaultDeny").is_none()
        && lists
            .iter()
            .all(|key| spec.get(key).is_none_or(|rules| rules.is_empty()));
    let list = || lists.iter().find_map(|key| spec.get(key)).unwrap_or(node);
    Some(Policy {
        object,
        ingress: restricts("ingress", "ingressDeny"),
        egress: restricts("egress", "egressDeny"),
        selector: node,
        selection: Selection {
            namespaces: match object.kind() {
                "CiliumNetworkPolicy" => Namespaces::One(object.namespace_or_default()),
                _ => Namespaces::All,
            },
            pods: cilium_pods(selector),
        },
        empty: says_nothing.then(list),
    })
}

/// Pods by a selector of Cilium, by index where it asks nothing of the namespace. `k8s:app` and `any:app` are `app`.
pub(crate) fn cilium_pods(selector: LabelSelector<'_>) -> Pods<'_> {
    let is_plain = selector.requirements().iter().all(|requirement| {
        requirement.key().is_none_or(|key| {
            let key = without_source(key);
            !key.contains(':') && !key.starts_with("io.")
        })
    });
    if !is_plain {
        return Pods::Cilium(selector);
    }
    let requirements = selector
        .requirements()
        .iter()
        .map(|requirement| match requirement {
            Requirement::In(key, values) => Requirement::In(without_source(key), values.clone()),
            Requirement::NotIn(key, values) => {
                Requirement::NotIn(without_source(key), values.clone())
            }
            Requirement::Exists(key) => Requirement::Exists(without_source(key)),
            Requirement::DoesNotExist(key) => Requirement::DoesNotExist(without_source(key)),
            Requirement::Invalid => Requirement::Invalid,
        });
    Pods::Labels(LabelSelector::from_requirements(requirements.collect()))
}

/// The key of a label as Kubernetes writes it, without Cilium's word for where it comes from.
pub(crate) fn without_source(key: &str) -> &str {
    key.strip_prefix("k8s:")
        .or_else(|| key.strip_prefix("any:"))
        .unwrap_or(key)
}

/// Pods by a selector of Calico, by index where it says no more than Kubernetes' own can.
pub(crate) fn calico_pods(selector: CalicoSelector<'_>) -> Pods<'_> {
    let labels = selector.to_labels().filter(|labels| {
        let mut keys = labels.requirements().iter().filter_map(Requirement::key);
        keys.all(|key| !key.starts_with("projectcalico.org/"))
    });
    labels.map_or(Pods::Calico(selector), Pods::Labels)
}

/// In which directions a policy of Calico restricts.
#[must_use]
pub fn calico_directions(spec: Node<'_>) -> (bool, bool) {
    let types = spec.get("types").filter(|types| !types.is_empty());
    let has_rules = |key| {
        spec.get(key)
            .is_some_and(|rules: Node<'_>| !rules.is_empty())
    };
    match types {
        Some(types) => {
            let has = |wanted| types.items().any(|item| item.as_str() == Some(wanted));
            (has("Ingress"), has("Egress"))
        }
        None => (
            has_rules("ingress") || !has_rules("egress"),
            has_rules("egress"),
        ),
    }
}

fn calico<'s>(object: Object<'s>, spec: Option<Node<'s>>) -> Option<Policy<'s>> {
    let spec = spec?;
    let text = |key| spec.str_at(&[key]).unwrap_or_default();
    let (ingress, egress) = calico_directions(spec);
    let namespaces = match object.kind() {
        "NetworkPolicy" => Namespaces::One(object.namespace_or_default()),
        _ => match text("namespaceSelector") {
            "" => Namespaces::All,
            selector => Namespaces::Calico(CalicoSelector::parse(selector)?),
        },
    };
    Some(Policy {
        object,
        ingress,
        egress,
        selector: spec.get("selector").unwrap_or(spec),
        selection: Selection {
            namespaces,
            pods: calico_pods(CalicoSelector::parse(text("selector"))?),
        },
        empty: None,
    })
}

fn antrea<'s>(object: Object<'s>, spec: Node<'s>) -> Vec<Policy<'s>> {
    let rules = ordered_rules(object);
    let denies = |direction| denies_all(&rules, direction);
    let of_all = spec.get("appliedTo").into_iter().flat_map(Node::items);
    let of_all = of_all.filter_map(|target| {
        let directions = (denies(Direction::Ingress), denies(Direction::Egress));
        antrea_policy(object, target, directions)
    });
    // Where the policy names nobody, each rule does.
    let of_rules = rules.iter().flat_map(|rule| {
        let denies = denies_all(std::slice::from_ref(rule), rule.direction);
        let directions = (
            denies && rule.direction == Direction::Ingress,
            denies && rule.direction == Direction::Egress,
        );
        let targets = rule.node.get("appliedTo").into_iter();
        let targets = targets.flat_map(Node::items);
        targets.filter_map(move |target| antrea_policy(object, target, directions))
    });
    of_all.chain(of_rules).collect()
}

/// A policy of Antrea for one of those that it is applied to; `None` for nodes, and for Services, whose clients are
/// outside of the cluster.
fn antrea_policy<'s>(
    object: Object<'s>,
    target: Node<'s>,
    (ingress, egress): (bool, bool),
) -> Option<Policy<'s>> {
    if target.get("nodeSelector").is_some() || target.get("service").is_some() {
        return None;
    }
    let is_cluster_wide = object.kind() == "ClusterNetworkPolicy";
    let group = target.str_at(&["group"]).and_then(|name| {
        let kind = if is_cluster_wide {
            "ClusterGroup"
        } else {
            "Group"
        };
        object
            .snapshot()
            .find("crd.antrea.io", kind, object.namespace(), name)
    });
    // A group that is not in the input, and one made of other groups, may be anybody.
    let chosen = group
        .and_then(|group| group.root().get("spec"))
        .unwrap_or(target);
    Some(Policy {
        object,
        ingress,
        egress,
        selector: target,
        selection: Selection {
            namespaces: match (is_cluster_wide, chosen.get("namespaceSelector")) {
                (false, _) => Namespaces::One(object.namespace_or_default()),
                (true, Some(selector)) => by_labels(LabelSelector::from_selector(selector)),
                (true, None) => Namespaces::All,
            },
            pods: pods_of(chosen),
        },
        empty: None,
    })
}

fn admin<'s>(object: Object<'s>, spec: Node<'s>) -> Option<Policy<'s>> {
    let rules = ordered_rules(object);
    let subject = spec.get("subject")?;
    Some(Policy {
        object,
        ingress: denies_all(&rules, Direction::Ingress),
        egress: denies_all(&rules, Direction::Egress),
        selector: subject,
        selection: admin_selection(subject)?,
        empty: None,
    })
}

/// Whom a subject or a peer of an administrator's policy means.
pub(crate) fn admin_selection(subject: Node<'_>) -> Option<Selection<'_>> {
    let (namespaces, pods) = match (subject.get("namespaces"), subject.get("pods")) {
        (Some(selector), _) => (
            LabelSelector::from_selector(selector),
            Pods::Labels(LabelSelector::default()),
        ),
        (None, Some(pods)) => {
            let selector = pods.get("namespaceSelector");
            let namespaces = selector.map(LabelSelector::from_selector);
            (namespaces.unwrap_or_default(), pods_of(pods))
        }
        (None, None) => return None,
    };
    Some(Selection {
        namespaces: by_labels(namespaces),
        pods,
    })
}

/// Namespaces by their labels; all where nothing is asked for, which an index can find.
pub(crate) fn by_labels(selector: LabelSelector<'_>) -> Namespaces<'_> {
    if selector.is_empty() {
        Namespaces::All
    } else {
        Namespaces::Labels(selector)
    }
}

pub(crate) fn pods_of(node: Node<'_>) -> Pods<'_> {
    let selector = node.get("podSelector").map(LabelSelector::from_selector);
    Pods::Labels(selector.unwrap_or_default())
}
