//! Which pods Services and PodDisruptionBudgets select, and what autoscalers scale.

use std::collections::{HashMap, HashSet};

use ciel_core::limits;
use ciel_k8s::{LabelIndex, LabelSelector, Requirement, version_of};
use ciel_snapshot::{Object, ObjectId, PodIndex, Snapshot, Workload};

use super::autoscaler::{Autoscaler, Target};
use crate::Cx;

/// Labels that controllers add to pods, which no template shows.
const ADDED_LABELS: [&str; 10] = [
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "pod-template-hash",
    "pod-template-generation",
    "job-name",
    "controller-uid",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
];

/// The pods of one workload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pods<'s> {
    /// What is or makes them.
    pub(crate) object: Object<'s>,
    /// The pod as the object describes it; none where a controller has a selector only.
    pub(crate) workload: Option<Workload<'s>>,
}

/// What a selector leads to.
#[derive(Clone, Debug)]
pub(crate) enum Selected<'s> {
    /// These pods; an empty list for none at all.
    Pods(Vec<Pods<'s>>),
    /// It cannot be known: controllers give the pods these labels, or there were too many to look at.
    Unknown,
}

/// The references between workloads and the objects that serve, protect and scale them.
#[derive(Debug, Default)]
pub(crate) struct Fleet<'s> {
    /// Controllers whose template has no pod, by namespace.
    controllers: HashMap<&'s str, LabelIndex<'s, Object<'s>>>,
    /// By Service or PodDisruptionBudget.
    selected: HashMap<ObjectId, Selected<'s>>,
    /// What makes pods that some Service selects.
    served: HashSet<ObjectId>,
    /// By the object that makes the pods.
    budgets: HashMap<ObjectId, Vec<Object<'s>>>,
    autoscalers: HashMap<Target<'s>, Vec<Autoscaler<'s>>>,
    is_cut: bool,
}

impl<'s> Fleet<'s> {
    /// Follows all references.
    pub(crate) fn new(snapshot: &'s Snapshot, pods: &PodIndex<'s>) -> Self {
        let mut fleet = Self::default();
        for object in snapshot.objects().filter(|object| object.owner().is_none()) {
            fleet.add(object);
        }
        let mut left = limits::SELECTED_PODS;
        for service in snapshot.of_kind("", "Service") {
            let selector = service.root().at(&["spec", "selector"]);
            // To a Service, an empty selector is none.
            if let Some(selector) = selector.filter(|selector| !selector.is_empty()) {
                fleet.follow(
                    pods,
                    service,
                    LabelSelector::from_labels(selector),
                    &mut left,
                );
            }
        }
        fleet.served = fleet
            .selected
            .values()
            .filter_map(|selected| match selected {
                Selected::Pods(pods) => Some(pods.iter().map(|pods| pods.object.id())),
                Selected::Unknown => None,
            })
            .flatten()
            .collect();
        for budget in budgets(snapshot) {
            if let Some(selector) = budget_selector(budget) {
                fleet.follow(pods, budget, selector, &mut left);
            }
            if let Some(Selected::Pods(pods)) = fleet.selected.get(&budget.id()) {
                for pods in pods {
                    fleet
                        .budgets
                        .entry(pods.object.id())
                        .or_default()
                        .push(budget);
                }
            }
        }
        fleet
    }

    fn add(&mut self, object: Object<'s>) {
        if let Some(autoscaler) = Autoscaler::of(object) {
            self.autoscalers
                .entry(autoscaler.target)
                .or_default()
                .push(autoscaler);
            return;
        }
        let namespace = object.namespace_or_default();
        // A controller whose template has no pod yet makes pods with its labels, or those that it selects.
        let is_controller = matches!(object.types().group(), "apps" | "apps.openshift.io");
        if !is_controller || object.workloads().next().is_some() {
            return;
        }
        let at = |keys: &[&str]| object.root().at(keys);
        let labels = at(&["spec", "template", "metadata", "labels"])
            .or_else(|| at(&["spec", "selector", "matchLabels"]));
        if labels.is_some() {
            let controllers = self.controllers.entry(namespace).or_default();
            controllers.push(labels, object);
        }
    }

    fn follow(
        &mut self,
        pods: &PodIndex<'s>,
        from: Object<'s>,
        selector: LabelSelector<'s>,
        left: &mut usize,
    ) {
        let selected = self.select(pods, from, selector, left).unwrap_or_else(|| {
            self.is_cut = true;
            Selected::Unknown
        });
        self.selected.insert(from.id(), selected);
    }

    /// `None` where nothing is left of the budget.
    fn select(
        &self,
        pods: &PodIndex<'s>,
        from: Object<'s>,
        selector: LabelSelector<'s>,
        left: &mut usize,
    ) -> Option<Selected<'s>> {
        let was_empty = selector.is_empty();
        let selector = selector.without(&ADDED_LABELS);
        if selector.is_empty() && !was_empty {
            return Some(Selected::Unknown);
        }
        let own = from.namespace_or_default();
        let found = self.select_in(pods, own, &selector, left)?;
        if !found.is_empty() {
            return Some(Selected::Pods(found));
        }
        // An object that does not say its namespace lands in one that Kustomize or `kubectl -n` names.
        let is_unplaced = from.namespace().is_empty();
        for other in pods.namespaces().filter(|_| is_unplaced) {
            if !self.select_in(pods, other, &selector, left)?.is_empty() {
                return Some(Selected::Unknown);
            }
        }
        Some(Selected::Pods(found))
    }

    fn select_in(
        &self,
        pods: &PodIndex<'s>,
        namespace: &str,
        selector: &LabelSelector<'s>,
        left: &mut usize,
    ) -> Option<Vec<Pods<'s>>> {
        let selected = pods.select_within(namespace, selector, left)?;
        let of_templates = selected.into_iter().map(|workload| Pods {
            object: workload.object,
            workload: Some(workload),
        });
        let mut found: Vec<Pods<'s>> = of_templates.collect();
        if let Some(controllers) = self.controllers.get(namespace) {
            let selected = controllers.select_within(selector, left)?;
            found.extend(selected.into_iter().map(|object| Pods {
                object: *object,
                workload: None,
            }));
        }
        Some(found)
    }

    /// What the selector of a Service or PodDisruptionBudget leads to; `None` where it has none.
    pub(crate) fn selected(&self, object: Object<'s>) -> Option<&Selected<'s>> {
        self.selected.get(&object.id())
    }

    /// Whether some Service selects pods of an object.
    pub(crate) fn is_served(&self, object: Object<'s>) -> bool {
        self.served.contains(&object.id())
    }

    /// The PodDisruptionBudgets that select pods of an object.
    pub(crate) fn budgets_of(&self, object: Object<'s>) -> &[Object<'s>] {
        self.budgets
            .get(&object.id())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// What scales an object by itself.
    pub(crate) fn autoscaler_of(&self, object: Object<'s>) -> Option<&Autoscaler<'s>> {
        if self.autoscalers.is_empty() {
            return None;
        }
        self.autoscalers.get(&Target::of(object))?.first()
    }

    /// Whether some references were not followed, as there were too many.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }
}

/// Whether the selector of a Service or PodDisruptionBudget surely leads to no pod: none that stands here, none that a
/// controller of custom resources may make, and none that every cluster has.
pub(super) fn selects_nothing<'s>(
    cx: &Cx<'s>,
    object: Object<'s>,
    selector: &LabelSelector<'s>,
) -> bool {
    let selected = cx.analyses().fleet().selected(object);
    let is_empty = matches!(selected, Some(Selected::Pods(pods)) if pods.is_empty());
    let namespace = object.namespace_or_default();
    // The control plane and what a cloud runs in namespaces of its own have no manifest.
    let is_elsewhere = namespace.starts_with("gke-managed-")
        || namespace == "kube-system" && is_control_plane(selector);
    if !is_empty || is_elsewhere {
        return false;
    }
    let makers = cx.analyses().pod_makers();
    !makers.may_make_labelled(namespace, selector)
}

/// The PodDisruptionBudgets of a snapshot.
fn budgets(snapshot: &Snapshot) -> impl Iterator<Item = Object<'_>> {
    snapshot.of_kind("policy", "PodDisruptionBudget")
}

/// The selector of a PodDisruptionBudget; `None` for one that selects nothing whatever there is. An empty one selected
/// nothing in `policy/v1beta1`, and selects everything since.
fn budget_selector(budget: Object<'_>) -> Option<LabelSelector<'_>> {
    let selector = budget.root().at(&["spec", "selector"])?;
    let selector = LabelSelector::from_selector(selector);
    let is_old = version_of(&budget.types().api_version) == "v1beta1";
    (!selector.is_empty() || !is_old).then_some(selector)
}

/// Whether labels name pods that every cluster has in kube-system, which its manifests do not show.
fn is_control_plane(selector: &LabelSelector<'_>) -> bool {
    const NAMES: [&str; 7] = [
        "control-plane",
        "etcd",
        "kube-apiserver",
        "kube-controller-manager",
        "kube-dns",
        "kube-proxy",
        "kube-scheduler",
    ];
    selector.requirements().iter().any(|requirement| {
        matches!(
            requirement,
            Requirement::In("component" | "k8s-app" | "tier" | "k8s-component", values)
                if values.iter().any(|value| NAMES.contains(value))
        )
    })
}
