//! Platforms that open pods to the world by themselves: Knative and KServe.

use std::collections::HashMap;

use ciel_snapshot::{Object, Snapshot, Workload};
use ciel_yaml::Node;

use crate::{
    Exposure, Reach, Step,
    ingress::{self, is_internal_name},
};

/// Routes of one object that are remembered.
const ROUTES: usize = 16;

/// Kind, namespace and name of what a route leads to.
type Target<'s> = (&'static str, &'s str, &'s str);

/// What opens the pods of serverless objects.
#[derive(Debug)]
pub(crate) struct Serverless<'s> {
    snapshot: &'s Snapshot,
    /// Whether Knative keeps to the cluster what has no domain of its own.
    is_private: bool,
    /// Routes by kind, namespace and name of the object that they lead to, with the node that names it.
    routes: HashMap<Target<'s>, Vec<Step<'s>>>,
}

/// Kinds that make pods and are opened by their platform.
const KINDS: [(&str, &str); 3] = [
    ("serving.knative.dev", "Service"),
    ("serving.knative.dev", "Configuration"),
    ("serving.kserve.io", "InferenceService"),
];

/// Labels by which an object is kept to the cluster; the second is Knative's old one, the third KServe's.
const VISIBILITY: [&str; 3] = [
    "networking.knative.dev/visibility",
    "serving.knative.dev/visibility",
    "networking.kserve.io/visibility",
];

impl<'s> Serverless<'s> {
    /// Reads routes and the platform's settings.
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        let mut all = Self {
            snapshot,
            is_private: is_private(snapshot),
            routes: HashMap::new(),
        };
        for route in snapshot.of_kind("serving.knative.dev", "Route") {
            let traffic = route.root().at(&["spec", "traffic"]);
            for part in traffic.into_iter().flat_map(Node::items) {
                all.add(route, "Configuration", part.get("configurationName"));
            }
        }
        for mapping in snapshot.of_kind("serving.knative.dev", "DomainMapping") {
            let target = mapping.root().at(&["spec", "ref"]);
            let is_of_knative = |target: &Node<'_>| {
                target
                    .str_at(&["apiVersion"])
                    .is_some_and(|version| version.starts_with("serving.knative.dev/"))
                    && target.str_at(&["kind"]) == Some("Service")
            };
            let name = target
                .filter(is_of_knative)
                .and_then(|target| target.get("name"));
            all.add(mapping, "Service", name);
        }
        all
    }

    fn add(&mut self, route: Object<'s>, kind: &'static str, name: Option<Node<'s>>) {
        let Some((node, name)) = name.and_then(|node| Some((node, node.as_str()?))) else {
            return;
        };
        let of_target = self
            .routes
            .entry((kind, route.namespace_or_default(), name))
            .or_default();
        if of_target.len() < ROUTES {
            of_target.push(Step {
                object: route,
                node,
            });
        }
    }

    /// The objects whose pods a platform may open.
    pub(crate) fn objects(&self) -> impl Iterator<Item = Object<'s>> + use<'s> {
        let snapshot = self.snapshot;
        KINDS
            .iter()
            .flat_map(move |(group, kind)| snapshot.of_kind(group, kind))
    }

    /// The ways to the pods of one of [`Serverless::objects`].
    pub(crate) fn ways(&self, object: Object<'s>, workload: Workload<'s>) -> Vec<Exposure<'s>> {
        let root = object.root();
        let name = root.at(&["metadata", "name"]).unwrap_or(root);
        let own = Step { object, node: name };
        let mut ways = Vec::new();
        if object.kind() != "Configuration" {
            ways.extend(
                self.reach(object)
                    .map(|reach| way(reach, vec![own], workload)),
            );
        }
        let kind = object.kind();
        let routes = KINDS
            .iter()
            .filter(|(_, own)| *own == kind)
            .find_map(|(_, kind)| {
                self.routes
                    .get(&(*kind, object.namespace_or_default(), object.name()))
            });
        for step in routes.into_iter().flatten() {
            // A domain of its own is open, whatever its Service says.
            let reach = match step.object.kind() {
                "DomainMapping" => Some(class_reach(step.object)),
                _ => self.reach(step.object),
            };
            ways.extend(reach.map(|reach| way(reach, vec![*step, own], workload)));
        }
        ways
    }

    /// From how far an object is opened by itself.
    fn reach(&self, object: Object<'_>) -> Option<Reach> {
        let labels = object.root().at(&["metadata", "labels"]);
        let is_local = VISIBILITY.iter().any(|key| {
            let value = labels.and_then(|labels| labels.get_raw(key));
            value.is_some_and(|value| value.scalar_text() == "cluster-local")
        });
        let is_of_knative = object.types().group() == "serving.knative.dev";
        let is_kept = is_local || (self.is_private && is_of_knative);
        (!is_kept).then(|| class_reach(object))
    }
}

/// How far the ingress class of an object reaches.
fn class_reach(object: Object<'_>) -> Reach {
    const CLASSES: [&str; 2] = [
        "networking.knative.dev/ingress-class",
        "networking.knative.dev/ingress.class",
    ];
    let annotations = object.root().at(&["metadata", "annotations"]);
    let is_internal = CLASSES.iter().any(|key| {
        let class = annotations.and_then(|node| node.get_raw(key));
        class.is_some_and(|class| is_internal_name(class.scalar_text()))
    });
    if is_internal {
        Reach::Internal
    } else {
        Reach::Internet
    }
}

fn way<'s>(reach: Reach, steps: Vec<Step<'s>>, workload: Workload<'s>) -> Exposure<'s> {
    let is_guarded = reach == Reach::Internal
        || steps
            .iter()
            .any(|step| ingress::is_guarded(step.object) || asks_for_login(step.object));
    let containers = workload.spec().containers().into_iter();
    let ports = containers.filter_map(|container| container.node.get("ports"));
    let ports = ports.flat_map(Node::items);
    Exposure {
        reach,
        steps,
        is_guarded,
        target_ports: ports.filter_map(|port| port.get("containerPort")).collect(),
    }
}

/// Whether OpenShift AI puts a login in front of a model.
fn asks_for_login(object: Object<'_>) -> bool {
    const KEYS: [&str; 2] = [
        "security.opendatahub.io/enable-auth",
        "serving.knative.openshift.io/enable-auth",
    ];
    let annotations = object.root().at(&["metadata", "annotations"]);
    KEYS.iter().any(|key| {
        let value = annotations.and_then(|node| node.get_raw(key));
        value.is_some_and(|value| value.scalar_text() == "true")
    })
}

/// Whether the input has Knative's domains, and the only one for everybody is the cluster's own.
fn is_private(snapshot: &Snapshot) -> bool {
    let domains = snapshot.find("", "ConfigMap", "knative-serving", "config-domain");
    let Some(data) = domains.and_then(|domains| domains.root().get("data")) else {
        return false;
    };
    let mut open = data.entries().filter(|(domain, value)| {
        let is_for_everybody = !value.scalar_text().contains("selector:");
        is_for_everybody && !domain.scalar_text().starts_with('_')
    });
    open.all(|(domain, _)| domain.scalar_text().starts_with("svc.cluster.local"))
        && data
            .entries()
            .any(|(domain, _)| domain.scalar_text().starts_with("svc."))
}
