//! What references lead to: the names of what can be scaled, of service accounts and of Services.

use std::collections::{HashMap, HashSet};

use ciel_core::limits;
use ciel_k8s::{LabelIndex, LabelSelector};
use ciel_snapshot::{Object, ObjectId, Snapshot};
use ciel_yaml::Node;

/// Names, for references of objects that do not say their namespace, and what ServiceMonitors select.
#[derive(Debug, Default)]
pub(crate) struct References<'s> {
    /// Kind and name, in whatever namespace.
    names: HashSet<(&'s str, &'s str)>,
    /// ServiceMonitors that select a Service.
    monitoring: HashSet<ObjectId>,
    is_cut: bool,
}

/// Kinds whose objects are named by others.
const NAMED: [&str; 7] = [
    "Deployment",
    "DeploymentConfig",
    "ReplicaSet",
    "ReplicationController",
    "Service",
    "ServiceAccount",
    "StatefulSet",
];

impl<'s> References<'s> {
    /// Reads the names and follows the ServiceMonitors.
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        let mut references = Self::default();
        for object in snapshot.objects() {
            if NAMED.contains(&object.kind()) {
                references.names.insert((object.kind(), object.name()));
            }
        }
        references.follow_monitors(snapshot);
        references
    }

    fn follow_monitors(&mut self, snapshot: &'s Snapshot) {
        let mut monitors = monitors(snapshot).peekable();
        if monitors.peek().is_none() {
            return;
        }
        let mut services: HashMap<&str, LabelIndex<'s, ()>> = HashMap::new();
        for service in snapshot.of_kind("", "Service") {
            let labels = service.root().at(&["metadata", "labels"]);
            let of_namespace = services.entry(service.namespace_or_default()).or_default();
            of_namespace.push(labels, ());
        }
        let mut left = limits::SELECTED_PODS;
        for monitor in monitors {
            let namespaces: Vec<&str> = match Namespaces::of(monitor) {
                Namespaces::Any => services.keys().copied().collect(),
                Namespaces::These(names) => names,
            };
            let selector = monitor_selector(monitor);
            let is_found = namespaces.into_iter().any(|namespace| {
                services.get(namespace).is_some_and(|services| {
                    let found = services.select_within(&selector, &mut left);
                    self.is_cut |= found.is_none();
                    found.is_none_or(|found| !found.is_empty())
                })
            });
            if is_found {
                self.monitoring.insert(monitor.id());
            }
        }
    }

    /// Whether a ServiceMonitor selects some Service.
    pub(crate) fn selects_service(&self, monitor: Object<'s>) -> bool {
        self.monitoring.contains(&monitor.id())
    }

    /// Whether what an object refers to by kind and name is there. Where the object does not say its namespace (as in
    /// a base that Kustomize or `kubectl -n` completes), anything of that name counts.
    pub(crate) fn leads_somewhere(
        &self,
        from: Object<'s>,
        group: &str,
        kind: &str,
        name: &str,
    ) -> bool {
        let snapshot = from.snapshot();
        snapshot.find(group, kind, from.namespace(), name).is_some()
            || (from.namespace().is_empty() && self.names.contains(&(kind, name)))
    }

    /// Whether some references were not followed, as there were too many.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }
}

fn monitors(snapshot: &Snapshot) -> impl Iterator<Item = Object<'_>> {
    snapshot.of_kind("monitoring.coreos.com", "ServiceMonitor")
}

/// The selector of a ServiceMonitor; one without selects every Service.
pub(super) fn monitor_selector(monitor: Object<'_>) -> LabelSelector<'_> {
    let selector = monitor.root().at(&["spec", "selector"]);
    selector
        .map(LabelSelector::from_selector)
        .unwrap_or_default()
}

/// Where a ServiceMonitor looks for Services.
pub(super) enum Namespaces<'s> {
    Any,
    These(Vec<&'s str>),
}

impl<'s> Namespaces<'s> {
    pub(super) fn of(monitor: Object<'s>) -> Self {
        let selector = monitor.root().at(&["spec", "namespaceSelector"]);
        if selector.is_some_and(|selector| selector.bool_at(&["any"]) == Some(true)) {
            return Self::Any;
        }
        let names = selector.and_then(|selector| selector.get("matchNames"));
        match names.filter(|names| !names.is_empty()) {
            Some(names) => Self::These(names.items().map(Node::scalar_text).collect()),
            None if monitor.namespace().is_empty() => Self::Any,
            None => Self::These(vec![monitor.namespace()]),
        }
    }
}
