//! Routes of products: Traefik, Contour, NGINX, Emissary, APISIX, Kong, Skipper, Gloo.

use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{
    Reach,
    ingress::{self, is_internal_name, names_login},
    routes::{Backend, Routing},
};

/// The Services that a product's route leads to; none for objects that are no routes.
pub(crate) fn backends<'s>(
    routing: &Routing<'s>,
    route: Object<'s>,
    spec: Node<'s>,
) -> Vec<Backend<'s>> {
    let types = route.types();
    match (types.group(), types.kind.as_str()) {
        (
            "traefik.io" | "traefik.containo.us",
            "IngressRoute" | "IngressRouteTCP" | "IngressRouteUDP",
        ) => of_traefik(routing, route, spec),
        ("projectcontour.io", "HTTPProxy") => of_contour(route, spec),
        ("k8s.nginx.org", "VirtualServer" | "VirtualServerRoute" | "TransportServer") => {
            let is_guarded = list(spec, "policies")
                .filter_map(|policy| policy.str_at(&["name"]))
                .any(|name| is_asking_policy(routing, route, name));
            let targets = list(spec, "upstreams");
            named(route, targets, ("service", "port"), is_guarded)
        }
        ("getambassador.io", "Mapping" | "TCPMapping") => {
            of_mapping(route, spec).into_iter().collect()
        }
        ("apisix.apache.org", "ApisixRoute") => of_apisix(route, spec),
        ("configuration.konghq.com", "TCPIngress" | "UDPIngress") => {
            let targets = list(spec, "rules").filter_map(|rule| rule.get("backend"));
            named(route, targets, ("serviceName", "servicePort"), false)
        }
        ("gateway.solo.io", "VirtualService") => {
            of_gloo(routing, route, spec.get("virtualHost").unwrap_or(spec))
        }
        ("gateway.solo.io", "RouteTable") => of_gloo(routing, route, spec),
        ("zalando.org", "RouteGroup") => named(
            route,
            list(spec, "backends"),
            ("serviceName", "servicePort"),
            false,
        ),
        _ => Vec::new(),
    }
}

/// Composed Services of Traefik that one route is followed through.
const COMPOSED: usize = 16;

fn list<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

/// How far a route of its class reaches.
fn reach(route: Object<'_>) -> Reach {
    let class = ingress::class(route).unwrap_or_default();
    if is_internal_name(class) {
        Reach::Internal
    } else {
        Reach::Internet
    }
}

/// Backends that give their Service and its port under these keys.
fn named<'s>(
    route: Object<'s>,
    targets: impl Iterator<Item = Node<'s>>,
    (service, port): (&str, &str),
    is_guarded: bool,
) -> Vec<Backend<'s>> {
    let reach = reach(route);
    let is_guarded = is_guarded || ingress::is_guarded(route);
    let backend = |target: Node<'s>| {
        let node = target.get(service)?;
        let namespace = target.str_at(&["namespace"]);
        Some(Backend {
            route,
            node,
            namespace: namespace.unwrap_or(route.namespace_or_default()),
            service: node.as_str()?,
            port: target.get(port),
            reach,
            is_guarded,
        })
    };
    targets.filter_map(backend).collect()
}

fn of_traefik<'s>(routing: &Routing<'s>, route: Object<'s>, spec: Node<'s>) -> Vec<Backend<'s>> {
    let own = route.namespace_or_default();
    let mut backends = Vec::new();
    for rule in list(spec, "routes") {
        let is_guarded = list(rule, "middlewares").any(|middleware| {
            let namespace = middleware.str_at(&["namespace"]).unwrap_or(own);
            let name = middleware.str_at(&["name"]).unwrap_or_default();
            routing.guards.is_asking_middleware(namespace, name)
        });
        let (composed, plain): (Vec<_>, Vec<_>) = list(rule, "services")
            .partition(|service| service.str_at(&["kind"]) == Some("TraefikService"));
        let plain = plain.into_iter();
        backends.extend(named(route, plain, ("name", "port"), is_guarded));
        for service in composed {
            backends.extend(of_traefik_service(routing, route, service, is_guarded));
        }
    }
    backends
}

/// The Services among which a TraefikService parts requests, as backends of the route that names it.
fn of_traefik_service<'s>(
    routing: &Routing<'s>,
    route: Object<'s>,
    named_by: Node<'s>,
    is_guarded: bool,
) -> Vec<Backend<'s>> {
    let own = route.namespace_or_default();
    let Some(node) = named_by.get("name") else {
        return Vec::new();
    };
    let mut backends = Vec::new();
    let namespace = named_by.str_at(&["namespace"]).unwrap_or(own);
    let mut asked = vec![(namespace, node.scalar_text())];
    // Each composed Service may name others; a circle ends here.
    for _ in 0..COMPOSED {
        let Some((namespace, name)) = asked.pop() else {
            break;
        };
        let composed = ["traefik.io", "traefik.containo.us"]
            .iter()
            .find_map(|group| {
                routing
                    .snapshot
                    .find(group, "TraefikService", namespace, name)
            });
        let Some(spec) = composed.and_then(|composed| composed.root().get("spec")) else {
            continue;
        };
        let weighted = spec.get("weighted").into_iter();
        let weighted = weighted.flat_map(|weighted| list(weighted, "services"));
        let mirrors = spec.get("mirroring").into_iter();
        let mirrors = mirrors.flat_map(|main| std::iter::once(main).chain(list(main, "mirrors")));
        for part in weighted.chain(mirrors) {
            let Some(service) = part.str_at(&["name"]) else {
                continue;
            };
            let namespace = part.str_at(&["namespace"]).unwrap_or(namespace);
            if part.str_at(&["kind"]) == Some("TraefikService") {
                asked.push((namespace, service));
                continue;
            }
            backends.push(Backend {
                route,
                node,
                namespace,
                service,
                port: part.get("port"),
                reach: reach(route),
                is_guarded: is_guarded || ingress::is_guarded(route),
            });
        }
    }
    backends
}

/// Gloo's routes: to a Service, or to an Upstream that stands for one.
fn of_gloo<'s>(routing: &Routing<'s>, route: Object<'s>, host: Node<'s>) -> Vec<Backend<'s>> {
    const LOGINS: [&str; 4] = ["extauth", "jwt", "jwtStaged", "rbac"];
    let own = route.namespace_or_default();
    let asks = |node: Node<'_>| {
        let options = node.get("options");
        options.is_some_and(|options| LOGINS.iter().any(|key| options.get(key).is_some()))
    };
    let is_open = !asks(host) && !ingress::is_guarded(route);
    let mut backends = Vec::new();
    for rule in list(host, "routes") {
        let action = rule.get("routeAction");
        let single = action.and_then(|action| action.get("single"));
        let several = action.into_iter().flat_map(|action| {
            let parts = action.get("multi").into_iter();
            parts.flat_map(|multi| list(multi, "destinations"))
        });
        let several = several.filter_map(|part| part.get("destination"));
        for target in single.into_iter().chain(several) {
            let of_upstream = || {
                let node = target.at(&["upstream", "name"])?;
                let namespace = target.str_at(&["upstream", "namespace"]).unwrap_or(own);
                let upstream =
                    routing
                        .snapshot
                        .find("gloo.solo.io", "Upstream", namespace, node.as_str()?)?;
                let kube = upstream.root().at(&["spec", "kube"])?;
                let service = kube.str_at(&["serviceName"])?;
                let namespace = kube.str_at(&["serviceNamespace"]).unwrap_or(namespace);
                Some((node, namespace, service, kube.get("servicePort")))
            };
            let of_service = || {
                let node = target.at(&["kube", "ref", "name"])?;
                let namespace = target.str_at(&["kube", "ref", "namespace"]);
                let port = target.at(&["kube", "port"]);
                Some((node, namespace.unwrap_or(own), node.as_str()?, port))
            };
            let Some((node, namespace, service, port)) = of_service().or_else(of_upstream) else {
                continue;
            };
            backends.push(Backend {
                route,
                node,
                namespace,
                service,
                port,
                reach: reach(route),
                is_guarded: !is_open || asks(rule),
            });
        }
    }
    backends
}

fn of_contour<'s>(route: Object<'s>, spec: Node<'s>) -> Vec<Backend<'s>> {
    let asks = |node: Node<'_>| {
        ["authorization", "ipAllowPolicy", "jwtProviders"]
            .iter()
            .any(|key| node.get(key).is_some())
    };
    let is_guarded = spec.get("virtualhost").is_some_and(asks);
    let mut backends = Vec::new();
    for rule in list(spec, "routes").chain(spec.get("tcpproxy")) {
        let is_guarded = is_guarded || rule.get("ipAllowPolicy").is_some();
        backends.extend(named(
            route,
            list(rule, "services"),
            ("name", "port"),
            is_guarded,
        ));
    }
    backends
}

/// Whether a policy of NGINX's controller asks for something: as it is written, or else by its name.
fn is_asking_policy(routing: &Routing<'_>, route: Object<'_>, name: &str) -> bool {
    const ASKING: [&str; 5] = ["basicAuth", "jwt", "oidc", "apiKey", "accessControl"];
    let namespace = route.namespace_or_default();
    let policy = routing
        .snapshot
        .find("k8s.nginx.org", "Policy", namespace, name);
    match policy.and_then(|policy| policy.root().get("spec")) {
        Some(spec) => ASKING.iter().any(|key| spec.get(key).is_some()),
        None => names_login(name),
    }
}

/// Emissary's `service: https://name.namespace:port`.
fn of_mapping<'s>(route: Object<'s>, spec: Node<'s>) -> Option<Backend<'s>> {
    let node = spec.get("service")?;
    let text = node.as_str()?;
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split(['/', ':']).next()?;
    let mut parts = host.split('.');
    let service = parts.next().filter(|name| !name.is_empty())?;
    Some(Backend {
        route,
        node,
        namespace: parts.next().unwrap_or(route.namespace_or_default()),
        service,
        port: None,
        reach: reach(route),
        is_guarded: ingress::is_guarded(route),
    })
}

fn of_apisix<'s>(route: Object<'s>, spec: Node<'s>) -> Vec<Backend<'s>> {
    let mut backends = Vec::new();
    for rule in list(spec, "http").chain(list(spec, "stream")) {
        let plugins = list(rule, "plugins").filter_map(|plugin| plugin.str_at(&["name"]));
        let is_guarded = rule.bool_at(&["authentication", "enable"]) == Some(true)
            || plugins.into_iter().any(names_login);
        let keys = ("serviceName", "servicePort");
        let targets = list(rule, "backends").chain(rule.get("backend"));
        backends.extend(named(route, targets, keys, is_guarded));
    }
    backends
}
