//! What policies and their peers select: the question from the policy's side.

use ciel_snapshot::{PodIndex, Workload};
use ciel_yaml::Node;

use crate::{
    CalicoSelector, NetworkPolicies, Selection,
    policies::{Namespaces, Pods},
};

/// Which of the input's pods a choice means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    /// None.
    Nothing,
    /// Only pods with the node's network, to which network plugins do not apply policies.
    HostNetworkOnly,
    /// Some.
    Pods,
}

/// Whether a pod has the node's network.
fn has_host_network(workload: &Workload<'_>) -> bool {
    workload.spec().node.bool_at(&["hostNetwork"]) == Some(true)
}

impl<'s> Selection<'s> {
    /// The namespace that it is about, if it is about one.
    #[must_use]
    pub fn namespace(&self) -> Option<&'s str> {
        match self.namespaces {
            Namespaces::One(namespace) => Some(namespace),
            _ => None,
        }
    }

    /// The labels that pods must have, with the values that would do; no values where any would.
    #[must_use]
    pub fn wanted(&self) -> Vec<(&str, &[&'s str])> {
        match &self.pods {
            Pods::Labels(selector) | Pods::Cilium(selector) => selector.wanted().collect(),
            Pods::Calico(selector) => calico_wanted(selector),
        }
    }
}

fn calico_wanted<'p, 's>(selector: &'p CalicoSelector<'s>) -> Vec<(&'p str, &'p [&'s str])> {
    match selector {
        CalicoSelector::Has(key)
        | CalicoSelector::Contains(key, _)
        | CalicoSelector::StartsWith(key, _)
        | CalicoSelector::EndsWith(key, _) => vec![(key, &[])],
        CalicoSelector::In(key, values) => vec![(key, values)],
        CalicoSelector::And(parts) | CalicoSelector::Or(parts) => {
            parts.iter().flat_map(calico_wanted).collect()
        }
        CalicoSelector::All | CalicoSelector::NotIn(..) | CalicoSelector::Not(_) => Vec::new(),
    }
}

impl<'s> NetworkPolicies<'s> {
    /// Which pods a choice means.
    #[must_use]
    pub fn selected(&self, selection: &Selection<'s>, pods: &PodIndex<'s>) -> Selected {
        if self.any_pod(selection, pods, |workload| !has_host_network(workload)) {
            Selected::Pods
        } else if self.any_pod(selection, pods, has_host_network) {
            Selected::HostNetworkOnly
        } else {
            Selected::Nothing
        }
    }

    fn any_pod(
        &self,
        selection: &Selection<'s>,
        pods: &PodIndex<'s>,
        is_meant: fn(&Workload<'s>) -> bool,
    ) -> bool {
        let in_namespace = |namespace: &str| match &selection.pods {
            Pods::Labels(selector) => pods.any(namespace, selector, is_meant),
            Pods::Cilium(_) | Pods::Calico(_) => pods.of_namespace(namespace).any(|workload| {
                is_meant(workload) && self.selects(selection, namespace, workload.template.labels())
            }),
        };
        match selection.namespaces {
            Namespaces::One(namespace) => in_namespace(namespace),
            _ => pods.namespaces().any(|namespace| {
                self.selects_namespace(selection, namespace) && in_namespace(namespace)
            }),
        }
    }

    /// Whether it means pods with these labels, which somebody may make in a namespace.
    #[must_use]
    pub fn means(&self, selection: &Selection<'s>, namespace: &str, labels: Node<'_>) -> bool {
        self.selects(selection, namespace, Some(labels))
    }
}
