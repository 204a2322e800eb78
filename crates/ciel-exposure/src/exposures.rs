use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

use ciel_core::{SourceId, limits};
use ciel_k8s::{Container, PodSpec};
use ciel_snapshot::{Object, ObjectId, PodIndex, Snapshot, Workload};
use ciel_yaml::{Node, NodeId};

use crate::{
    Reach,
    guards::Guards,
    routes::{self, Backend, Routing},
    serverless::Serverless,
    service::service_reach,
};

/// Variants of one Service that a route may mean; a folder with more is not a set of manifests.
const VARIANTS: usize = 64;

/// Ways to one Service, and to one pod, that are remembered: the open ones that reach farthest.
const WAYS: usize = 64;

/// One object on the way in, and the node that matters there.
#[derive(Clone, Copy, Debug)]
pub struct Step<'s> {
    /// The object.
    pub object: Object<'s>,
    /// What opens or leads on.
    pub node: Node<'s>,
}

/// One way in which a pod can be reached from outside the cluster.
#[derive(Clone, Debug)]
pub struct Exposure<'s> {
    /// From how far.
    pub reach: Reach,
    /// The way, from outside in: the route, if there is one, then the Service; for what a serverless platform opens, the
    /// route, if there is one, then the object that makes the pods.
    pub steps: Vec<Step<'s>>,
    /// Whether the way in asks for credentials or lets only some addresses in.
    pub is_guarded: bool,
    /// The pods' ports (numbers or names) that it leads to; empty for all.
    pub(crate) target_ports: Vec<Node<'s>>,
}

impl<'s> Exposure<'s> {
    /// Whether it comes through a router that runs in the cluster, and not straight from outside.
    #[must_use]
    pub fn is_routed(&self) -> bool {
        let first = self.steps.first();
        first.is_some_and(|step| !step.object.is("", "Service"))
    }

    /// Whether it leads to a port of a container: by number, by the name that the container gives it, or to all.
    #[must_use]
    pub fn leads_to(&self, container: Container<'_>, port: u16) -> bool {
        self.target_ports.is_empty()
            || self
                .target_ports
                .iter()
                .any(|target| match target.as_i64() {
                    Some(number) => number == i64::from(port),
                    None => named_port(container, target.scalar_text()) == Some(i64::from(port)),
                })
    }

    /// Whether each port that it leads to is one of these.
    #[must_use]
    pub fn leads_only_to(&self, container: Container<'_>, ports: &[u16]) -> bool {
        !self.target_ports.is_empty()
            && self.target_ports.iter().all(|target| {
                let number = target
                    .as_i64()
                    .or_else(|| named_port(container, target.scalar_text()));
                number.is_some_and(|number| ports.iter().any(|port| i64::from(*port) == number))
            })
    }
}

fn named_port(container: Container<'_>, name: &str) -> Option<i64> {
    let mut ports = container
        .node
        .get("ports")
        .into_iter()
        .flat_map(Node::items);
    ports
        .find(|port| port.str_at(&["name"]) == Some(name))?
        .get("containerPort")?
        .as_i64()
}

/// The ways from outside to the pods of a snapshot.
#[derive(Debug)]
pub struct Exposures<'s> {
    ways: Vec<Exposure<'s>>,
    /// By object and the spec of its pods: indices of ways.
    by_pod: HashMap<(ObjectId, NodeId), Vec<usize>>,
    guards: Guards<'s>,
    is_cut: bool,
}

impl<'s> Exposures<'s> {
    /// Follows every way once; `pods` is asked for if there is one.
    #[must_use]
    pub fn new<'p>(snapshot: &'s Snapshot, pods: impl FnOnce() -> &'p PodIndex<'s>) -> Self
    where
        's: 'p,
    {
        let routing = Routing::new(snapshot);
        let mut services: Vec<Object<'s>> = Vec::new();
        let mut backends: Vec<Backend<'s>> = Vec::new();
        for object in snapshot.objects() {
            if object.is("", "Service") {
                services.push(object);
            } else {
                backends.extend(routes::backends(&routing, object));
            }
        }
        let routed = by_service(&services, backends);
        let mut all = Self {
            ways: Vec::new(),
            by_pod: HashMap::new(),
            guards: routing.guards,
            is_cut: false,
        };
        let pods = LazyCell::new(pods);
        let mut budget = limits::EXPOSED_PODS;
        for (service, backends) in services.into_iter().zip(routed) {
            let ways = ways(service, &backends);
            if ways.is_empty() || budget == 0 {
                continue;
            }
            all.add(service, ways, &pods, &mut budget);
        }
        all.add_serverless(snapshot, &mut budget);
        all.is_cut = budget == 0;
        all.sort();
        all
    }

    fn add(
        &mut self,
        service: Object<'s>,
        ways: Vec<Exposure<'s>>,
        pods: &PodIndex<'s>,
        budget: &mut usize,
    ) {
        let selected = pods.of_service(service);
        if selected.is_empty() {
            return;
        }
        let first = self.ways.len();
        let ways_here = ways.len();
        self.ways.extend(ways);
        let beside = beside(service, &selected);
        for pod in selected {
            // Of variants of one workload in several files, the one beside the Service is meant.
            let is_variant =
                pod.object.source() != service.source() && beside.contains(pod.object.name());
            if is_variant {
                continue;
            }
            let Some(left) = budget.checked_sub(1) else {
                return;
            };
            *budget = left.saturating_sub(ways_here);
            self.by_pod
                .entry((pod.object.id(), pod.spec().node.id()))
                .or_default()
                .extend(first..self.ways.len());
        }
    }

    /// Adds what serverless platforms open: the pods are those of the object itself.
    fn add_serverless(&mut self, snapshot: &'s Snapshot, budget: &mut usize) {
        let serverless = Serverless::new(snapshot);
        for object in serverless.objects() {
            for workload in object.workloads() {
                let ways = serverless.ways(object, workload);
                let Some(left) = budget.checked_sub(ways.len()) else {
                    *budget = 0;
                    return;
                };
                *budget = left;
                let first = self.ways.len();
                self.ways.extend(ways);
                self.by_pod
                    .entry((object.id(), workload.spec().node.id()))
                    .or_default()
                    .extend(first..self.ways.len());
            }
        }
    }

    /// Brings the ways of each pod into order, and keeps the first.
    fn sort(&mut self) {
        let ways = &self.ways;
        for ids in self.by_pod.values_mut() {
            ids.sort_by_key(|id| ways.get(*id).map(order));
            ids.truncate(WAYS);
        }
    }

    /// Whether the search was given up at [`EXPOSED_PODS`](limits::EXPOSED_PODS), so that more can be reached than is
    /// known.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The ways to a workload's pods through Services: the open ones that reach farthest first.
    #[must_use]
    pub fn of(&self, workload: Workload<'_>) -> Vec<&Exposure<'s>> {
        let pod = (workload.object.id(), workload.spec().node.id());
        let ids = self.by_pod.get(&pod).into_iter().flatten();
        ids.filter_map(|id| self.ways.get(*id)).collect()
    }

    /// Whether Istio lets only some callers come to a workload's pods.
    #[must_use]
    pub fn is_guarded_by_mesh(&self, workload: Workload<'_>) -> bool {
        self.guards.are_before(workload)
    }

    /// The node that puts a container's port on the node's own addresses: `hostPort`, or `hostNetwork` of its pod.
    #[must_use]
    pub fn on_node<'c>(
        spec: PodSpec<'c>,
        container: Container<'c>,
        ports: &[u16],
    ) -> Option<Node<'c>> {
        let mut declared = container
            .node
            .get("ports")
            .into_iter()
            .flat_map(Node::items);
        let host_port = declared.find_map(|port| {
            let number = port.get("containerPort")?.as_i64()?;
            let is_wanted = ports.iter().any(|port| i64::from(*port) == number);
            port.get("hostPort").filter(|_| is_wanted)
        });
        let network = spec.node.get("hostNetwork");
        host_port.or_else(|| network.filter(|node| node.as_bool() == Some(true)))
    }
}

/// Names of the selected workloads that stand in the Service's own file, where others stand in other files. Variants may
/// differ in kind (a DaemonSet instead of a Deployment).
fn beside<'s>(service: Object<'s>, selected: &[Workload<'s>]) -> HashSet<&'s str> {
    let is_beside = |pod: &&Workload<'s>| pod.object.source() == service.source();
    if selected.iter().all(|pod| is_beside(&pod)) {
        return HashSet::new();
    }
    let own = selected.iter().filter(is_beside);
    own.map(|pod| pod.object.name()).collect()
}

/// The routes that lead to each Service. Of variants of one Service in several files, a route means the one beside it.
fn by_service<'s>(services: &[Object<'s>], backends: Vec<Backend<'s>>) -> Vec<Vec<Backend<'s>>> {
    let mut by_name: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    let mut by_source: HashMap<(&str, &str, SourceId), Vec<usize>> = HashMap::new();
    for (id, service) in services.iter().enumerate() {
        let (namespace, name) = (service.namespace_or_default(), service.name());
        by_name.entry((namespace, name)).or_default().push(id);
        let beside = (namespace, name, service.source());
        by_source.entry(beside).or_default().push(id);
    }
    let mut routed = vec![Vec::new(); services.len()];
    for backend in backends {
        let (namespace, name) = (backend.namespace, backend.service);
        let beside = by_source.get(&(namespace, name, backend.route.source()));
        let meant = beside.or_else(|| by_name.get(&(namespace, name)));
        for id in meant.into_iter().flatten().take(VARIANTS) {
            if let Some(routes) = routed.get_mut(*id) {
                routes.push(backend);
            }
        }
    }
    routed
}

/// The ways to a Service: by itself, and by routes.
fn ways<'s>(service: Object<'s>, backends: &[Backend<'s>]) -> Vec<Exposure<'s>> {
    let ports: Vec<Node<'s>> = service
        .root()
        .at(&["spec", "ports"])
        .into_iter()
        .flat_map(Node::items)
        .collect();
    let target = |port: &Node<'s>| port.get("targetPort").or_else(|| port.get("port"));
    let own = service_reach(service).map(|(reach, node)| Exposure {
        reach,
        steps: vec![Step {
            object: service,
            node,
        }],
        is_guarded: reach == Reach::Internal,
        target_ports: ports.iter().filter_map(target).collect(),
    });
    let routed = backends.iter().map(|backend| {
        let is_wanted = |port: &&Node<'s>| {
            backend.port.is_none_or(|wanted| {
                [port.get("port"), port.get("name")]
                    .iter()
                    .flatten()
                    .any(|own| own.scalar_text() == wanted.scalar_text())
            })
        };
        let selector = service.root().at(&["spec", "selector"]);
        Exposure {
            reach: backend.reach,
            steps: vec![
                Step {
                    object: backend.route,
                    node: backend.node,
                },
                Step {
                    object: service,
                    node: selector.unwrap_or(service.root()),
                },
            ],
            is_guarded: backend.is_guarded || backend.reach == Reach::Internal,
            target_ports: ports.iter().filter(is_wanted).filter_map(target).collect(),
        }
    });
    let mut ways: Vec<_> = own.into_iter().chain(routed).collect();
    ways.sort_by_key(order);
    ways.truncate(WAYS);
    ways
}

/// The order of ways: open ones first, and of these the ones that reach farthest.
fn order(way: &Exposure<'_>) -> (bool, std::cmp::Reverse<Reach>) {
    (way.is_guarded, std::cmp::Reverse(way.reach))
}
