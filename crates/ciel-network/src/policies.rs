use std::{
    collections::{HashMap, HashSet},
    sync::atomic::AtomicUsize,
};

use ciel_k8s::{LabelSelector, SelectorIndex};
use ciel_snapshot::{Object, Snapshot, Workload};
use ciel_yaml::Node;

use crate::{CalicoSelector, ordered, read};

/// Into the pod, or out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Into the pod.
    Ingress,
    /// Out of the pod.
    Egress,
}

impl Direction {
    /// The word in Kubernetes' fields, in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
        }
    }
}

/// A policy, or one of the rules of an object that holds several.
#[derive(Debug)]
pub struct Policy<'s> {
    /// The object.
    pub object: Object<'s>,
    /// Whether what comes into the selected pods is restricted to what the policy allows.
    pub ingress: bool,
    /// Whether what goes out of the selected pods is restricted to what the policy allows.
    pub egress: bool,
    /// The node that says which pods it selects; where nothing says so, what would hold it.
    pub selector: Node<'s>,
    /// Which pods it selects.
    pub selection: Selection<'s>,
    /// Where it was meant to restrict and does not: the empty list of rules of a policy of Cilium.
    pub empty: Option<Node<'s>>,
}

/// A choice of pods: that of a policy, or of one of its peers.
#[derive(Debug)]
pub struct Selection<'s> {
    pub(crate) namespaces: Namespaces<'s>,
    pub(crate) pods: Pods<'s>,
}

/// In which namespaces a policy selects pods.
#[derive(Debug)]
pub(crate) enum Namespaces<'s> {
    All,
    One(&'s str),
    Labels(LabelSelector<'s>),
    Calico(CalicoSelector<'s>),
}

/// Which pods of its namespaces a policy selects.
#[derive(Debug)]
pub(crate) enum Pods<'s> {
    /// By labels as they are.
    Labels(LabelSelector<'s>),
    /// By labels with Cilium's prefixes (`k8s:app`) and those that it makes of the namespace.
    Cilium(LabelSelector<'s>),
    Calico(CalicoSelector<'s>),
}

/// How policies restrict a pod: the first that does, for each direction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Isolation<'p, 's> {
    /// A policy that restricts what comes in.
    pub ingress: Option<&'p Policy<'s>>,
    /// A policy that restricts what goes out.
    pub egress: Option<&'p Policy<'s>>,
}

impl Isolation<'_, '_> {
    /// Whether no policy selects the pod.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.ingress.is_none() && self.egress.is_none()
    }
}

/// The network policies of a snapshot.
#[derive(Debug, Default)]
pub struct NetworkPolicies<'s> {
    policies: Vec<Policy<'s>>,
    ingress: Index<'s>,
    egress: Index<'s>,
    /// The policies that were meant to restrict and do not.
    empty: Index<'s>,
    pub(crate) namespaces: HashMap<&'s str, Option<Node<'s>>>,
    /// Namespaces with pods to which policies apply.
    populated: HashSet<&'s str>,
    /// Namespaces with policies of their own.
    with_policies: HashSet<&'s str>,
    /// How often a pod was compared with a selector for which there is no index.
    pub(crate) trials: AtomicUsize,
}

/// Indices of the policies that restrict one direction, by how they are found.
#[derive(Debug, Default)]
struct Index<'s> {
    /// Of one namespace, by plain labels.
    by_namespace: HashMap<&'s str, SelectorIndex<'s, usize>>,
    /// Of all namespaces, by plain labels.
    everywhere: SelectorIndex<'s, usize>,
    /// Of one namespace, by anything else.
    other_by_namespace: HashMap<&'s str, Vec<usize>>,
    /// Of some namespaces, or by anything else.
    other: Vec<usize>,
}

impl<'s> Index<'s> {
    fn add(&mut self, id: usize, policy: &Policy<'s>) {
        match (&policy.selection.namespaces, &policy.selection.pods) {
            (Namespaces::One(namespace), Pods::Labels(selector)) => {
                let index = self.by_namespace.entry(namespace).or_default();
                index.push(selector.clone(), id);
            }
            (Namespaces::All, Pods::Labels(selector)) => {
                self.everywhere.push(selector.clone(), id);
            }
            (Namespaces::One(namespace), _) => {
                let ids = self.other_by_namespace.entry(namespace).or_default();
                ids.push(id);
            }
            _ => self.other.push(id),
        }
    }
}

impl<'s> NetworkPolicies<'s> {
    /// Reads everything once.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        let mut all = Self::default();
        for namespace in snapshot.of_kind("", "Namespace") {
            let labels = namespace.root().at(&["metadata", "labels"]);
            all.namespaces.insert(namespace.name(), labels);
        }
        all.populated = snapshot
            .workloads()
            .filter(|workload| workload.spec().node.bool_at(&["hostNetwork"]) != Some(true))
            .map(Workload::namespace)
            .collect();
        for object in snapshot.objects() {
            for policy in read::policies(object) {
                all.add(policy);
            }
        }
        all
    }

    fn add(&mut self, policy: Policy<'s>) {
        let id = self.policies.len();
        if policy.ingress {
            self.ingress.add(id, &policy);
        }
        if policy.egress {
            self.egress.add(id, &policy);
        }
        if policy.empty.is_some() {
            self.empty.add(id, &policy);
        }
        if let Namespaces::One(namespace) = policy.selection.namespaces
            && (policy.ingress || policy.egress)
        {
            self.with_policies.insert(namespace);
        }
        self.policies.push(policy);
    }

    /// All policies, in the order of the sources.
    #[must_use]
    pub fn policies(&self) -> &[Policy<'s>] {
        &self.policies
    }

    /// Whether the snapshot has pods in a namespace to which policies apply.
    #[must_use]
    pub fn is_populated(&self, namespace: &str) -> bool {
        self.populated.contains(namespace)
    }

    /// Whether a namespace has a policy of its own, or one of the cluster selects all its pods.
    #[must_use]
    pub fn has_policy(&self, namespace: &str) -> bool {
        let selects_all = |policy: &Policy<'_>| match &policy.selection.pods {
            Pods::Labels(selector) | Pods::Cilium(selector) => selector.is_empty(),
            Pods::Calico(selector) => *selector == CalicoSelector::All,
        };
        let is_everywhere = |index: &Index<'_>| {
            let others = index.other.iter().filter_map(|id| self.policies.get(*id));
            index.everywhere.matching(None).next().is_some()
                || others
                    .filter(|policy| selects_all(policy))
                    .any(|policy| self.selects_namespace(&policy.selection, namespace))
        };
        self.with_policies.contains(namespace)
            || is_everywhere(&self.ingress)
            || is_everywhere(&self.egress)
    }

    /// Whether a policy restricts a direction of all pods of a namespace, whatever their labels.
    #[must_use]
    pub fn has_default(&self, namespace: &str, direction: Direction) -> bool {
        let index = match direction {
            Direction::Ingress => &self.ingress,
            Direction::Egress => &self.egress,
        };
        let selects_all = |id: &usize| {
            self.policies.get(*id).is_some_and(|policy| {
                let is_all = match &policy.selection.pods {
                    Pods::Labels(selector) | Pods::Cilium(selector) => selector.is_empty(),
                    Pods::Calico(selector) => *selector == CalicoSelector::All,
                };
                is_all && self.selects_namespace(&policy.selection, namespace)
            })
        };
        let mut plain = index.by_namespace.get(namespace).into_iter();
        plain.any(|plain| plain.for_all().next().is_some())
            || index.everywhere.for_all().next().is_some()
            || index.other.iter().any(selects_all)
    }

    /// How policies restrict the pods of a workload.
    #[must_use]
    pub fn isolation<'p>(&'p self, workload: Workload<'p>) -> Isolation<'p, 's> {
        Isolation {
            ingress: self.first(&self.ingress, workload),
            egress: self.first(&self.egress, workload),
        }
    }

    /// A policy without rules that selects the pods of a workload, and restricts nothing.
    #[must_use]
    pub fn empty_for<'p>(&'p self, workload: Workload<'p>) -> Option<&'p Policy<'s>> {
        self.first(&self.empty, workload)
    }

    fn first<'p>(&'p self, index: &'p Index<'s>, workload: Workload<'p>) -> Option<&'p Policy<'s>> {
        self.matching(index, workload).next()
    }

    /// Whether what comes from outside of the cluster may pass to a workload's pods: no policy restricts them, or a rule
    /// lets it in. `is_routed`: it comes through a router that runs in the cluster, such as an Ingress controller, and
    /// not straight from outside. Policies of Cilium and Calico are taken to let it pass.
    #[must_use]
    pub fn lets_strangers_in(&self, workload: Workload<'_>, is_routed: bool) -> bool {
        if workload.spec().node.bool_at(&["hostNetwork"]) == Some(true) {
            return true;
        }
        let mut is_restricted = false;
        for policy in self.matching(&self.ingress, workload) {
            if ordered::is_ordered(policy.object) {
                match ordered::lets_strangers_in(policy.object, is_routed) {
                    Some(true) => return true,
                    Some(false) => is_restricted = true,
                    None => {}
                }
                continue;
            }
            is_restricted = true;
            let is_own = policy.object.is("networking.k8s.io", "NetworkPolicy");
            let rules = policy.object.root().at(&["spec", "ingress"]).into_iter();
            let mut rules = rules.flat_map(Node::items);
            if !is_own || rules.any(|rule| lets_strangers_in(rule, is_routed)) {
                return true;
            }
        }
        !is_restricted
    }

    fn matching<'p>(
        &'p self,
        index: &'p Index<'s>,
        workload: Workload<'p>,
    ) -> impl Iterator<Item = &'p Policy<'s>> {
        let (namespace, labels) = (workload.namespace(), workload.template.labels());
        let plain = index.by_namespace.get(namespace);
        let plain = plain
            .into_iter()
            .flat_map(move |plain| plain.matching(labels));
        let everywhere = index.everywhere.matching(labels);
        let others = index
            .other_by_namespace
            .get(namespace)
            .into_iter()
            .flatten();
        let others = others.chain(&index.other).filter(move |id| {
            let policy = self.policies.get(**id);
            policy.is_some_and(|policy| self.selects(&policy.selection, namespace, labels))
        });
        let ids = plain.chain(everywhere).chain(others);
        ids.filter_map(|id| self.policies.get(*id))
    }

    pub(crate) fn selects(
        &self,
        selection: &Selection<'_>,
        namespace: &str,
        labels: Option<Node<'_>>,
    ) -> bool {
        let of_pod = |key: &str| {
            let labels = labels?;
            labels.get_raw(key).map(Node::scalar_text)
        };
        self.selects_namespace(selection, namespace)
            && match &selection.pods {
                Pods::Labels(selector) => selector.matches(labels),
                Pods::Calico(selector) => selector.matches(&|key: &str| match key {
                    "projectcalico.org/namespace" => Some(namespace),
                    "projectcalico.org/orchestrator" => Some("k8s"),
                    _ => of_pod(key),
                }),
                Pods::Cilium(selector) => selector.matches_with(|key| {
                    let key = read::without_source(key);
                    match key.strip_prefix("io.cilium.k8s.namespace.labels.") {
                        Some(key) => self.namespace_label(namespace, key),
                        None if key == "io.kubernetes.pod.namespace" => Some(namespace),
                        None => of_pod(key),
                    }
                }),
            }
    }

    /// Where a namespace's labels are not known, a policy that asks for them is taken to select it: what cannot be seen
    /// is not called missing.
    pub(crate) fn selects_namespace(&self, selection: &Selection<'_>, namespace: &str) -> bool {
        let is_known = self.namespaces.contains_key(namespace);
        match &selection.namespaces {
            Namespaces::All => true,
            Namespaces::One(own) => *own == namespace,
            Namespaces::Labels(selector) => {
                !is_known || selector.matches_with(|key| self.namespace_label(namespace, key))
            }
            Namespaces::Calico(selector) => {
                !is_known
                    || selector.matches(&|key: &str| match key {
                        "projectcalico.org/name" => Some(namespace),
                        _ => self.namespace_label(namespace, key),
                    })
            }
        }
    }

    pub(crate) fn namespace_label<'l>(&'l self, namespace: &'l str, key: &str) -> Option<&'l str> {
        if key == "kubernetes.io/metadata.name" {
            return Some(namespace);
        }
        let labels = (*self.namespaces.get(namespace)?)?;
        labels.get_raw(key).map(Node::scalar_text)
    }
}

/// Whether a rule of a NetworkPolicy lets in what comes from outside: from anybody, from all addresses or from private
/// ones, as those of nodes and load balancers are. A list of public addresses lets in whom somebody chose.
fn lets_strangers_in(rule: Node<'_>, is_routed: bool) -> bool {
    let from = rule.get("from").filter(|from| !from.is_empty());
    let Some(from) = from else {
        return rule.is_mapping();
    };
    from.items()
        .any(|peer| match peer.str_at(&["ipBlock", "cidr"]) {
            Some(cidr) => is_everybody_or_private(cidr),
            None => is_routed,
        })
}

fn is_everybody_or_private(cidr: &str) -> bool {
    let (address, bits) = cidr.split_once('/').unwrap_or((cidr, ""));
    bits == "0"
        || match address.parse() {
            Ok(std::net::IpAddr::V4(address)) => {
                let [a, b, ..] = address.octets();
                address.is_private() || (a == 100 && (64..128).contains(&b))
            }
            Ok(std::net::IpAddr::V6(address)) => address.is_unique_local(),
            Err(_) => true,
        }
}
