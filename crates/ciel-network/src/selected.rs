//! What policies and their peers select: the question from the policy's side.

use std::sync::atomic::Ordering;

use ciel_core::limits;
use ciel_k8s::LabelIndex;
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

    /// Whether it means all pods of all namespaces.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        let is_everywhere = match &self.namespaces {
            Namespaces::All => true,
            Namespaces::Labels(selector) => selector.is_empty(),
            Namespaces::Calico(selector) => *selector == CalicoSelector::All,
            Namespaces::One(_) => false,
        };
        is_everywhere
            && match &self.pods {
                Pods::Labels(selector) | Pods::Cilium(selector) => selector.is_empty(),
                Pods::Calico(selector) => *selector == CalicoSelector::All,
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
        match (&selection.namespaces, &selection.pods) {
            (Namespaces::One(namespace), Pods::Labels(selector)) => {
                pods.any(namespace, selector, is_meant)
            }
            (Namespaces::All, Pods::Labels(selector)) => pods.any_anywhere(selector, is_meant),
            (Namespaces::One(namespace), _) => self.any_tried(selection, pods, namespace, is_meant),
            _ => pods.namespaces().any(|namespace| {
                !self.may_try()
                    || self.selects_namespace(selection, namespace)
                        && self.any_tried(selection, pods, namespace, is_meant)
            }),
        }
    }

    /// Tries pod by pod, as no index helps. Where too much was tried already, the answer is that there is one: nothing
    /// is called missing that was not looked for.
    fn any_tried(
        &self,
        selection: &Selection<'s>,
        pods: &PodIndex<'s>,
        namespace: &str,
        is_meant: fn(&Workload<'s>) -> bool,
    ) -> bool {
        pods.of_namespace(namespace).any(|workload| {
            !self.may_try()
                || is_meant(workload)
                    && self.selects(selection, namespace, workload.template.labels())
        })
    }

    /// Counts a trial; `false` when there have been [`SELECTOR_TRIALS`](limits::SELECTOR_TRIALS).
    fn may_try(&self) -> bool {
        self.trials.fetch_add(1, Ordering::Relaxed) < limits::SELECTOR_TRIALS
    }

    /// Whether policies were no more compared with pods, after too many trials.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.trials.load(Ordering::Relaxed) >= limits::SELECTOR_TRIALS
    }

    /// Whether it means pods with these labels, which somebody may make in a namespace.
    #[must_use]
    pub fn means(&self, selection: &Selection<'s>, namespace: &str, labels: Node<'_>) -> bool {
        self.selects(selection, namespace, Some(labels))
    }

    /// Whether it means pods of a namespace with some of these labels.
    pub(crate) fn means_any(
        &self,
        selection: &Selection<'s>,
        namespace: &str,
        labels: &LabelIndex<'s, Node<'s>>,
    ) -> bool {
        if !self.selects_namespace(selection, namespace) {
            return false;
        }
        match &selection.pods {
            Pods::Labels(selector) => labels.any(selector, |_| true),
            _ => labels
                .iter()
                .any(|labels| !self.may_try() || self.means(selection, namespace, *labels)),
        }
    }
}
