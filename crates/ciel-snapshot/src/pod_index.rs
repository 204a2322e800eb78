use std::{collections::HashMap, sync::OnceLock};

use ciel_k8s::{LabelIndex, LabelSelector};

use crate::{Object, Snapshot, Workload};

/// The pods of a snapshot by namespace and label: what a Service, a policy or a budget selects.
#[derive(Debug, Default)]
pub struct PodIndex<'s> {
    by_namespace: HashMap<&'s str, LabelIndex<'s, Workload<'s>>>,
    /// Of all namespaces; made at the first question.
    everywhere: OnceLock<LabelIndex<'s, Workload<'s>>>,
}

impl<'s> PodIndex<'s> {
    /// Reads every pod and pod template once; those whose maker is here are left to it.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        let mut by_namespace: HashMap<&str, LabelIndex<'_, Workload<'_>>> = HashMap::new();
        for workload in snapshot.workloads() {
            let of_namespace = by_namespace.entry(workload.namespace()).or_default();
            of_namespace.push(workload.template.labels(), workload);
        }
        Self {
            by_namespace,
            everywhere: OnceLock::new(),
        }
    }

    /// The pods of a namespace that a selector matches, in the order of the sources. An empty selector matches all.
    #[must_use]
    pub fn select(&self, namespace: &str, selector: &LabelSelector<'_>) -> Vec<Workload<'s>> {
        let pods = self.by_namespace.get(namespace);
        let selected = pods.map(|pods| pods.select(selector)).unwrap_or_default();
        selected.into_iter().copied().collect()
    }

    /// Whether a selector matches pods of a namespace that meet a condition.
    #[must_use]
    pub fn any(
        &self,
        namespace: &str,
        selector: &LabelSelector<'_>,
        is_meant: impl Fn(&Workload<'s>) -> bool,
    ) -> bool {
        let pods = self.by_namespace.get(namespace);
        pods.is_some_and(|pods| pods.any(selector, is_meant))
    }

    /// Whether a selector matches pods of any namespace that meet a condition.
    #[must_use]
    pub fn any_anywhere(
        &self,
        selector: &LabelSelector<'_>,
        is_meant: impl Fn(&Workload<'s>) -> bool,
    ) -> bool {
        let everywhere = self.everywhere.get_or_init(|| {
            let mut everywhere = LabelIndex::default();
            for workload in self.by_namespace.values().flat_map(LabelIndex::iter) {
                everywhere.push(workload.template.labels(), *workload);
            }
            everywhere
        });
        everywhere.any(selector, is_meant)
    }

    /// The pods of a namespace, in the order of the sources.
    pub fn of_namespace(&self, namespace: &str) -> impl Iterator<Item = &Workload<'s>> {
        self.by_namespace
            .get(namespace)
            .into_iter()
            .flat_map(LabelIndex::iter)
    }

    /// The same, as long as no more pods have to be looked at than the budget has left; `None` where it has not.
    #[must_use]
    pub fn select_within(
        &self,
        namespace: &str,
        selector: &LabelSelector<'_>,
        budget: &mut usize,
    ) -> Option<Vec<Workload<'s>>> {
        let Some(pods) = self.by_namespace.get(namespace) else {
            return Some(Vec::new());
        };
        let selected = pods.select_within(selector, budget)?;
        Some(selected.into_iter().copied().collect())
    }

    /// The pods behind a Service: none for one without a selector.
    #[must_use]
    pub fn of_service(&self, service: Object<'_>) -> Vec<Workload<'s>> {
        let selector = service.root().at(&["spec", "selector"]);
        match selector.filter(|selector| !selector.is_empty()) {
            Some(selector) => {
                let selector = LabelSelector::from_labels(selector);
                self.select(service.namespace_or_default(), &selector)
            }
            None => Vec::new(),
        }
    }

    /// Whether a namespace has pods.
    #[must_use]
    pub fn is_populated(&self, namespace: &str) -> bool {
        self.by_namespace.contains_key(namespace)
    }

    /// The namespaces that have pods, in no order.
    pub fn namespaces(&self) -> impl Iterator<Item = &'s str> {
        self.by_namespace.keys().copied()
    }
}
