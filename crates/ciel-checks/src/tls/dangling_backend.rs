use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("gateway.networking.k8s.io", "HTTPRoute"),
    ("gateway.networking.k8s.io", "GRPCRoute"),
    ("gateway.networking.k8s.io", "TLSRoute"),
    ("gateway.networking.k8s.io", "TCPRoute"),
    ("gateway.networking.k8s.io", "UDPRoute"),
    ("route.openshift.io", "Route"),
];

declare_check! {
    /// ## What it does
    /// Finds Ingresses, routes of the Gateway API and Routes of OpenShift that lead to a Service that does not exist, or
    /// to a port that the Service does not have. Judged only where the input is complete.
    ///
    /// ## Why is this bad?
    /// Visitors get an error. And whoever may create Services in the namespace gets the host's visitors by giving one
    /// that name.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// spec:
    ///   defaultBackend:
    ///     service: {name: shop, port: {number: 80}} # and there is no Service shop
    /// ```
    ///
    /// ## Use instead
    /// The name and port of a Service in the same namespace.
    ///
    /// ## Exceptions
    /// Backends that are no Services are left alone, and so are the ports of Services without selectors and of type
    /// ExternalName. Taken for granted is that no operator makes the Service.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource>
    /// - <https://gateway-api.sigs.k8s.io/reference/spec/#backendref>
    pub static DANGLING_BACKEND = {
        code: "TLS016",
        name: "dangling-backend",
        severity: Low,
        since: "0.1.0",
        summary: "Ingress or route leads to no Service",
        profile: All,
        run: Object(KINDS, dangling_backend),
        frameworks: [],
        aliases: [
            kubescape("C-0298"), kubescape("C-0302"), kube_linter("dangling-ingress"),
            kube_score("ingress-targets-service"), popeye("POP-1401"), popeye("POP-1402"), popeye("POP-1404"),
        ],
    }
}

/// A Service that a route leads to.
struct Backend<'s> {
    node: Node<'s>,
    namespace: Option<&'s str>,
    /// The port's number or name; `None` for whichever.
    port: Option<Node<'s>>,
}

fn dangling_backend(cx: &mut ObjectCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    let object = cx.object;
    let Some(spec) = object.root().get("spec") else {
        return;
    };
    let backends = match (object.types().group(), object.kind()) {
        (_, "Ingress") => of_ingress(spec),
        ("route.openshift.io", _) => of_openshift_route(spec),
        _ => of_gateway_route(spec),
    };
    for backend in backends {
        judge(cx, &backend);
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, backend: &Backend<'s>) {
    let Some(name) = backend.node.as_str() else {
        return;
    };
    let object = cx.object;
    let namespace = backend.namespace.unwrap_or(object.namespace_or_default());
    let kind = object.kind();
    let Some(service) = cx.snapshot().find("", "Service", namespace, name) else {
        let message = format!(
            "{kind} leads to Service `{name}`, which does not exist in namespace `{namespace}`"
        );
        cx.report(&DANGLING_BACKEND, backend.node, message)
            .help("create the Service, or name one that exists");
        return;
    };
    let Some(port) = backend.port else { return };
    let spec = service.root().get("spec");
    let is_elsewhere = spec.is_none_or(|spec| {
        spec.str_at(&["type"]) == Some("ExternalName") || spec.get("ports").is_none()
    });
    let mut ports = spec
        .and_then(|spec| spec.get("ports"))
        .into_iter()
        .flat_map(Node::items);
    let wanted = port.scalar_text();
    let has_port = ports.any(|own| {
        ["port", "name"]
            .iter()
            .filter_map(|key| own.get(key))
            .any(|own| own.scalar_text() == wanted)
    });
    if !is_elsewhere && !has_port {
        let message =
            format!("{kind} leads to port `{wanted}`, which Service `{name}` does not have");
        cx.report(&DANGLING_BACKEND, port, message)
            .related(
                service,
                service
                    .root()
                    .at(&["spec", "ports"])
                    .unwrap_or(service.root()),
                "the Service's ports",
            )
            .help("name a port of the Service");
    }
}

fn of_ingress(spec: Node<'_>) -> Vec<Backend<'_>> {
    let rules = spec.get("rules").into_iter().flat_map(Node::items);
    let paths = rules
        .filter_map(|rule| rule.at(&["http", "paths"]))
        .flat_map(Node::items)
        .filter_map(|path| path.get("backend"));
    let default = spec.get("defaultBackend").or_else(|| spec.get("backend"));
    let mut found = Vec::new();
    for backend in paths.chain(default) {
        if let Some((node, port)) = service_of(backend) {
            found.push(Backend {
                node,
                namespace: None,
                port,
            });
        }
    }
    found
}

/// The name and port of the Service of an Ingress's backend, in the words of either API version.
fn service_of(backend: Node<'_>) -> Option<(Node<'_>, Option<Node<'_>>)> {
    let service = backend.get("service");
    let of_service = |key| service.and_then(|service| service.at(&["port", key]));
    let node = service
        .and_then(|service| service.get("name"))
        .or_else(|| backend.get("serviceName"))?;
    let port = of_service("number")
        .or_else(|| of_service("name"))
        .or_else(|| backend.get("servicePort"));
    // By this name the AWS Load Balancer Controller finds an action in an annotation.
    let is_action = port.is_some_and(|port| port.scalar_text() == "use-annotation");
    (!is_action).then_some((node, port))
}

fn of_gateway_route(spec: Node<'_>) -> Vec<Backend<'_>> {
    let rules = spec.get("rules").into_iter().flat_map(Node::items);
    let mut found = Vec::new();
    for rule in rules {
        let filters = rule.get("filters").into_iter().flat_map(Node::items);
        let mirrors = filters.filter_map(|filter| filter.at(&["requestMirror", "backendRef"]));
        let refs = rule.get("backendRefs").into_iter().flat_map(Node::items);
        for backend in refs.chain(mirrors) {
            let is_service = matches!(backend.str_at(&["kind"]), None | Some("Service"))
                && matches!(backend.str_at(&["group"]), None | Some("" | "core"));
            let node = backend.get("name").filter(|_| is_service);
            found.extend(node.map(|node| Backend {
                node,
                namespace: backend.str_at(&["namespace"]),
                port: backend.get("port"),
            }));
        }
    }
    found
}

fn of_openshift_route(spec: Node<'_>) -> Vec<Backend<'_>> {
    let others = spec
        .get("alternateBackends")
        .into_iter()
        .flat_map(Node::items);
    spec.get("to")
        .into_iter()
        .chain(others)
        .filter(|target| matches!(target.str_at(&["kind"]), None | Some("Service")))
        .filter_map(|target| target.get("name"))
        .map(|node| Backend {
            node,
            namespace: None,
            port: None,
        })
        .collect()
}
