//! The ways from outside to a Service: each kind of route in its own words.

use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use crate::{
    Reach,
    guards::Guards,
    ingress::{self, is_internal_name},
    istio::IstioGateways,
    routers,
    service::is_internal_by_annotation,
};

/// A route that leads to a Service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backend<'s> {
    pub(crate) route: Object<'s>,
    /// The node that names the Service.
    pub(crate) node: Node<'s>,
    pub(crate) namespace: &'s str,
    pub(crate) service: &'s str,
    /// Number or name of the Service's port; `None` for any.
    pub(crate) port: Option<Node<'s>>,
    pub(crate) reach: Reach,
    /// Whether the route asks for credentials or lets only some addresses in.
    pub(crate) is_guarded: bool,
}

/// What routes refer to.
#[derive(Debug)]
pub(crate) struct Routing<'s> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) guards: Guards<'s>,
    pub(crate) istio: IstioGateways<'s>,
}

impl<'s> Routing<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            snapshot,
            guards: Guards::new(snapshot),
            istio: IstioGateways::new(snapshot),
        }
    }
}

/// The Services that an object leads to from outside; none for objects that are no routes.
pub(crate) fn backends<'s>(routing: &Routing<'s>, route: Object<'s>) -> Vec<Backend<'s>> {
    let types = route.types();
    let Some(spec) = route.root().get("spec") else {
        return Vec::new();
    };
    match (types.group(), types.kind.as_str()) {
        ("networking.k8s.io" | "extensions", "Ingress") => of_ingress(route, spec),
        (
            "gateway.networking.k8s.io",
            "HTTPRoute" | "GRPCRoute" | "TLSRoute" | "TCPRoute" | "UDPRoute",
        ) => of_gateway_route(routing, route, spec),
        ("networking.istio.io", "VirtualService") => of_virtual_service(routing, route, spec),
        ("route.openshift.io", "Route") => of_openshift_route(route, spec),
        _ => routers::backends(routing, route, spec),
    }
}

fn of_ingress<'s>(route: Object<'s>, spec: Node<'s>) -> Vec<Backend<'s>> {
    let reach = if ingress::is_internal_ingress(route) {
        Reach::Internal
    } else {
        Reach::Internet
    };
    let rules = spec.get("rules").into_iter().flat_map(Node::items);
    let paths = rules
        .filter_map(|rule| rule.at(&["http", "paths"]))
        .flat_map(Node::items)
        .filter_map(|path| path.get("backend"));
    let default = spec.get("defaultBackend").or_else(|| spec.get("backend"));
    let is_guarded = ingress::is_guarded(route);
    let backend = |backend: Node<'s>| {
        // `service: {name, port}`, and in the old API `serviceName`, `servicePort`.
        let node = backend
            .at(&["service", "name"])
            .or_else(|| backend.get("serviceName"))?;
        let port = backend.at(&["service", "port"]);
        let port = port.and_then(|port| port.get("number").or_else(|| port.get("name")));
        Some(Backend {
            route,
            node,
            namespace: route.namespace_or_default(),
            service: node.as_str()?,
            port: port.or_else(|| backend.get("servicePort")),
            reach,
            is_guarded,
        })
    };
    paths.chain(default).filter_map(backend).collect()
}

fn of_gateway_route<'s>(
    routing: &Routing<'s>,
    route: Object<'s>,
    spec: Node<'s>,
) -> Vec<Backend<'s>> {
    let own = route.namespace_or_default();
    // The way that reaches farthest, and of these one that asks for nothing.
    let parents = spec.get("parentRefs").into_iter().flat_map(Node::items);
    let way = parents
        // A parent that is a Service is a mesh's business.
        .filter(|parent| parent.str_at(&["kind"]) != Some("Service"))
        .map(|parent| {
            let namespace = parent.str_at(&["namespace"]).unwrap_or(own);
            let name = parent.str_at(&["name"]).unwrap_or_default();
            let is_guarded = routing.guards.are_on("Gateway", namespace, name);
            (
                gateway_reach(routing.snapshot, namespace, name),
                !is_guarded,
            )
        })
        .max();
    let Some((reach, is_open)) = way else {
        return Vec::new();
    };
    let is_guarded = !is_open
        || ingress::is_guarded(route)
        || routing.guards.are_on(route.kind(), own, route.name());
    let mut backends = Vec::new();
    for rule in spec.get("rules").into_iter().flat_map(Node::items) {
        let filters = rule.get("filters").into_iter().flat_map(Node::items);
        let asks = filters.into_iter().any(|filter| {
            let named = |key| filter.str_at(&["extensionRef", key]);
            named("name").is_some_and(ingress::names_login)
                || named("kind").is_some_and(ingress::names_login)
        });
        for backend in rule.get("backendRefs").into_iter().flat_map(Node::items) {
            let is_service = matches!(backend.str_at(&["kind"]), None | Some("Service"));
            let node = backend.get("name").filter(|_| is_service);
            let Some((node, service)) = node.and_then(|node| Some((node, node.as_str()?))) else {
                continue;
            };
            backends.push(Backend {
                route,
                node,
                namespace: backend.str_at(&["namespace"]).unwrap_or(own),
                service,
                port: backend.get("port"),
                reach,
                is_guarded: is_guarded || asks,
            });
        }
    }
    backends
}

/// A Gateway that the input does not have is taken to be reachable, unless its name says otherwise.
fn gateway_reach(snapshot: &Snapshot, namespace: &str, name: &str) -> Reach {
    let gateway = snapshot.find("gateway.networking.k8s.io", "Gateway", namespace, name);
    let is_internal = is_internal_name(name)
        || gateway.is_some_and(|gateway| {
            let root = gateway.root();
            let class = root.str_at(&["spec", "gatewayClassName"]);
            class.is_some_and(is_internal_name)
                || is_internal_by_annotation(root.at(&["spec", "infrastructure", "annotations"]))
                || is_internal_by_annotation(root.at(&["metadata", "annotations"]))
        });
    if is_internal {
        Reach::Internal
    } else {
        Reach::Internet
    }
}

fn of_virtual_service<'s>(
    routing: &Routing<'s>,
    route: Object<'s>,
    spec: Node<'s>,
) -> Vec<Backend<'s>> {
    let gateways = spec.get("gateways").into_iter().flat_map(Node::items);
    let reach = gateways
        .filter_map(Node::as_str)
        // Without a gateway it is about what happens within the mesh.
        .filter(|name| *name != "mesh")
        .map(|name| routing.istio.reach(route, name))
        .max();
    let Some(reach) = reach else {
        return Vec::new();
    };
    let mut backends = destinations(route, spec, reach);
    for rule in spec.get("http").into_iter().flat_map(Node::items) {
        // The rest of the route is another's business.
        let delegate = rule.get("delegate").and_then(|delegate| {
            let own = route.namespace_or_default();
            let namespace = delegate.str_at(&["namespace"]).unwrap_or(own);
            let name = delegate.str_at(&["name"])?;
            routing
                .snapshot
                .find("networking.istio.io", "VirtualService", namespace, name)
        });
        let Some(delegate) = delegate.filter(|delegate| *delegate != route) else {
            continue;
        };
        if let Some(spec) = delegate.root().get("spec") {
            backends.extend(destinations(delegate, spec, reach));
        }
    }
    backends
}

fn destinations<'s>(route: Object<'s>, spec: Node<'s>, reach: Reach) -> Vec<Backend<'s>> {
    let rules = ["http", "tls", "tcp"]
        .into_iter()
        .filter_map(|key| spec.get(key))
        .flat_map(Node::items);
    let targets = rules
        .filter_map(|rule| rule.get("route"))
        .flat_map(Node::items)
        .filter_map(|target| target.get("destination"));
    targets
        .filter_map(|target| {
            let node = target.get("host")?;
            let mut parts = node.as_str()?.split('.');
            let service = parts.next()?;
            Some(Backend {
                route,
                node,
                namespace: parts.next().unwrap_or(route.namespace_or_default()),
                service,
                port: target.at(&["port", "number"]),
                reach,
                is_guarded: false,
            })
        })
        .collect()
}

fn of_openshift_route<'s>(route: Object<'s>, spec: Node<'s>) -> Vec<Backend<'s>> {
    let others = spec
        .get("alternateBackends")
        .into_iter()
        .flat_map(Node::items);
    let targets = spec.get("to").into_iter().chain(others);
    let backend = |target: Node<'s>| {
        let node = target.get("name")?;
        Some(Backend {
            route,
            node,
            namespace: route.namespace_or_default(),
            service: node.as_str()?,
            port: None,
            reach: Reach::Internet,
            is_guarded: ingress::is_guarded(route),
        })
    };
    targets
        .filter(|target| matches!(target.str_at(&["kind"]), None | Some("Service")))
        .filter_map(backend)
        .collect()
}
