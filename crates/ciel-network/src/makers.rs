//! Custom resources whose controllers make pods: what they may make is not called missing.

use std::collections::{HashMap, HashSet};

use ciel_core::limits;
use ciel_k8s::{LabelIndex, LabelSelector, Requirement};
use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use crate::{NetworkPolicies, Selection};

/// What custom resources say of the pods that their controllers will make, by namespace.
#[derive(Debug, Default)]
pub struct PodMakers<'s> {
    by_namespace: HashMap<&'s str, Makers<'s>>,
    /// Namespaces into which something deploys whole charts or folders.
    deployed: HashSet<&'s str>,
    /// Groups of custom resources, whose names are the domains of labels that their controllers write.
    groups: HashSet<&'s str>,
    /// Keys of labels that some pod of the input has.
    keys: HashSet<&'s str>,
}

#[derive(Debug, Default)]
struct Makers<'s> {
    /// Maps of labels, wherever they stand in a custom resource.
    labels: LabelIndex<'s, Node<'s>>,
    /// Names and kinds, in lower case.
    words: HashSet<String>,
}

/// Kinds that make no pods, whatever labels they hold.
const NO_MAKERS: [&str; 14] = [
    "ServiceMonitor",
    "PodMonitor",
    "PrometheusRule",
    "Probe",
    "ScrapeConfig",
    "AlertmanagerConfig",
    "Certificate",
    "Issuer",
    "ClusterIssuer",
    "ExternalSecret",
    "SecretStore",
    "VirtualService",
    "DestinationRule",
    "IngressRoute",
];

impl<'s> PodMakers<'s> {
    /// Reads every custom resource once.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        let mut makers = Self::default();
        for workload in snapshot.workloads() {
            let labels = workload
                .template
                .labels()
                .into_iter()
                .flat_map(Node::entries);
            makers.keys.extend(labels.map(|(key, _)| key.scalar_text()));
        }
        for object in snapshot.objects() {
            makers.add(object);
        }
        makers
    }

    fn add(&mut self, object: Object<'s>) {
        let types = object.types();
        let (group, kind) = (types.group(), types.kind.as_str());
        if group == "apiextensions.k8s.io" {
            self.groups.extend(object.root().str_at(&["spec", "group"]));
            return;
        }
        let is_builtin =
            !group.contains('.') || (group.ends_with(".k8s.io") && !group.contains("x-k8s.io"));
        let is_policy = crate::POLICY_KINDS.contains(&(group, kind));
        if is_builtin || is_policy || NO_MAKERS.contains(&kind) {
            return;
        }
        self.groups.insert(group);
        let own = object.namespace_or_default();
        let target = |keys: &[&str]| object.root().str_at(keys);
        match (group, kind) {
            ("argoproj.io", "Application" | "ApplicationSet") => {
                self.deployed
                    .extend(target(&["spec", "destination", "namespace"]));
            }
            ("helm.toolkit.fluxcd.io" | "kustomize.toolkit.fluxcd.io" | "helm.cattle.io", _) => {
                let namespace = target(&["spec", "targetNamespace"]);
                self.deployed.insert(namespace.unwrap_or(own));
            }
            // What they make is what their template says, and no more.
            ("argoproj.io", "Rollout") | ("apps.kruise.io", "CloneSet") => {}
            _ => {
                let makers = self.by_namespace.entry(own).or_default();
                makers.words.insert(kind.to_ascii_lowercase());
                makers.words.insert(object.name().to_ascii_lowercase());
                collect_labels(object.root(), 0, &mut makers.labels);
            }
        }
    }

    /// Whether a controller may make pods that a choice means. `true` where that cannot be known.
    #[must_use]
    pub fn may_make(&self, policies: &NetworkPolicies<'s>, selection: &Selection<'s>) -> bool {
        let wanted = selection.wanted();
        if wanted.iter().any(|(key, _)| self.is_of_a_controller(key)) {
            return true;
        }
        let is_of_product = |value: &&str| self.is_of_a_product(value);
        if wanted
            .iter()
            .any(|(_, values)| values.iter().any(is_of_product))
        {
            return true;
        }
        let namespaces = match selection.namespace() {
            Some(namespace) if self.deployed.contains(namespace) => return true,
            None if !self.deployed.is_empty() => return true,
            Some(namespace) => vec![namespace],
            None => self.by_namespace.keys().copied().collect(),
        };
        namespaces.into_iter().any(|namespace| {
            self.by_namespace.get(namespace).is_some_and(|makers| {
                let is_named = |value: &&str| makers.words.contains(&value.to_ascii_lowercase());
                wanted.iter().any(|(_, values)| values.iter().any(is_named))
                    || policies.means_any(selection, namespace, &makers.labels)
            })
        })
    }

    /// Whether a controller may make pods of a namespace that a selector of labels matches. `true` where that cannot be
    /// known.
    #[must_use]
    pub fn may_make_labelled(&self, namespace: &str, selector: &LabelSelector<'_>) -> bool {
        if self.deployed.contains(namespace) {
            return true;
        }
        let makers = self.by_namespace.get(namespace);
        let is_made = selector.requirements().iter().any(|requirement| {
            let Requirement::In(key, values) = requirement else {
                return false;
            };
            self.is_of_a_controller(key)
                || values.iter().any(|value| {
                    self.is_of_a_product(value)
                        || makers.is_some_and(|makers| {
                            makers.words.contains(&value.to_ascii_lowercase())
                        })
                })
        });
        is_made || makers.is_some_and(|makers| makers.labels.any(selector, |_| true))
    }

    /// Whether a label's value is called after a group of custom resources (`longhorn-csi-plugin`, `longhorn.io`): the
    /// product's controller makes such pods.
    fn is_of_a_product(&self, value: &str) -> bool {
        self.groups.iter().any(|group| {
            let product = group.split('.').next().unwrap_or_default();
            let rest = value.strip_prefix(product);
            product.len() > 3 && rest.is_some_and(|rest| rest.starts_with('-'))
        })
    }

    /// Whether a label is one that a program puts on pods: its domain is no common one, and no pod that stands here
    /// has it.
    fn is_of_a_controller(&self, key: &str) -> bool {
        const COMMON: [&str; 4] = ["app.kubernetes.io", "kubernetes.io", "k8s.io", "helm.sh"];
        const WRITTEN: [&str; 6] = [
            "pod-template-hash",
            "controller-uid",
            "job-name",
            "controller-revision-hash",
            "statefulset.kubernetes.io/pod-name",
            "batch.kubernetes.io/job-name",
        ];
        if WRITTEN.contains(&key) {
            return true;
        }
        match key.split_once('/') {
            Some((domain, _)) => {
                self.groups.contains(domain)
                    || (!COMMON.contains(&domain) && !self.keys.contains(key))
            }
            None => false,
        }
    }
}

/// The maps called `labels` in a tree.
fn collect_labels<'s>(node: Node<'s>, depth: usize, found: &mut LabelIndex<'s, Node<'s>>) {
    if depth > limits::DEPTH {
        return;
    }
    for (key, child) in node.entries() {
        if key.scalar_text() == "labels" && child.is_mapping() {
            found.push(Some(child), child);
        } else {
            collect_labels(child, depth + 1, found);
        }
    }
    for child in node.items() {
        collect_labels(child, depth + 1, found);
    }
}
