use ciel_core::Severity;
use ciel_exposure::terminates_elsewhere;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("gateway.networking.k8s.io", "Gateway"),
    ("networking.istio.io", "Gateway"),
    ("route.openshift.io", "Route"),
    ("traefik.io", "IngressRoute"),
    ("traefik.containo.us", "IngressRoute"),
    ("projectcontour.io", "HTTPProxy"),
];

declare_check! {
    /// ## What it does
    /// Finds what lets plain HTTP in: Ingresses whose hosts no `tls` entry covers (wildcards cover one label, and
    /// another Ingress may bring the certificate for a host), Gateways that listen for HTTP and never for HTTPS, servers
    /// of Istio's Gateways without HTTPS redirect, Routes of OpenShift and virtual hosts of Contour without `tls`,
    /// IngressRoutes of Traefik for the entry point `web` alone.
    ///
    /// ## Why is this bad?
    /// Passwords, cookies and tokens cross the network as they are. Whoever sits in between reads them and changes what
    /// comes back.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// spec:
    ///   rules:
    ///   - host: shop.example
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Ingress
    /// spec:
    ///   tls:
    ///   - hosts: [shop.example]
    ///     secretName: shop-tls
    ///   rules:
    ///   - host: shop.example
    /// ```
    ///
    /// ## Exceptions
    /// Where TLS ends elsewhere, by the annotations of a controller (a certificate of the cloud's load balancer, TLS
    /// passed through to the pods, a redirect that is forced), nothing is reported; nor for the Ingresses by which
    /// cert-manager answers challenges, nor for the minions of NGINX's mergeable Ingresses, whose master has `tls`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/ingress/#tls>
    /// - <https://gateway-api.sigs.k8s.io/guides/tls/>
    pub static INGRESS_WITHOUT_TLS = {
        code: "TLS001",
        name: "ingress-without-tls",
        severity: Medium,
        since: "0.1.0",
        summary: "traffic from outside comes in without TLS",
        run: Object(KINDS, ingress_without_tls),
        frameworks: [nsa("network-separation")],
        aliases: [kubescape("C-0263"), kubescape("C-0245"), polaris("tlsSettingsMissing")],
    }
}

fn ingress_without_tls(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    match (cx.object.types().group(), cx.object.kind()) {
        (_, "Ingress") => ingress(cx, spec),
        ("gateway.networking.k8s.io", _) => gateway(cx, spec),
        ("networking.istio.io", _) => istio_gateway(cx, spec),
        ("route.openshift.io", _) => openshift_route(cx, spec),
        ("projectcontour.io", _) => contour_proxy(cx, spec),
        _ => traefik_route(cx, spec),
    }
}

fn ingress<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    let object = cx.object;
    if terminates_elsewhere(object) || is_part_of_another(object.root(), spec) {
        return;
    }
    let has_entries = spec.get("tls").is_some_and(|tls| !tls.is_empty());
    let hosts = cx.analyses().tls_hosts();
    let rules = spec.get("rules").into_iter().flat_map(Node::items);
    let mut bare: Vec<Node<'_>> = Vec::new();
    let (mut named, mut unnamed) = (0, 0);
    for rule in rules {
        match rule
            .get("host")
            .filter(|host| !host.scalar_text().is_empty())
        {
            Some(host) => {
                named += 1;
                if !hosts.covers(object, host.scalar_text()) {
                    bare.push(host);
                }
            }
            None => unnamed += 1,
        }
    }
    if !has_entries {
        // All hosts by other Ingresses' certificates, and nothing without a host.
        if named > 0 && bare.is_empty() && unnamed == 0 {
            return;
        }
        let message = match bare.as_slice() {
            [] => "Ingress has no `tls`: it serves every host in plain HTTP".to_owned(),
            [host] => format!(
                "Ingress has no `tls`: `{}` is served in plain HTTP",
                host.scalar_text()
            ),
            [host, rest @ ..] => format!(
                "Ingress has no `tls`: `{}` and {} more are served in plain HTTP",
                host.scalar_text(),
                rest.len()
            ),
        };
        cx.report_missing(&INGRESS_WITHOUT_TLS, spec, ".tls", message)
            .help("add a `tls` entry with the hosts and the Secret of their certificate");
        return;
    }
    for host in bare {
        let message = format!("no `tls` entry covers host `{}`", host.scalar_text());
        cx.report(&INGRESS_WITHOUT_TLS, host, message)
            .help("add the host to a `tls` entry whose certificate is valid for it");
    }
}

/// Ingresses that only add to another one: solvers of certificate challenges, and NGINX's minions.
fn is_part_of_another(root: Node<'_>, spec: Node<'_>) -> bool {
    let is_solver = root
        .at(&["metadata", "labels", "acme.cert-manager.io/http01-solver"])
        .is_some();
    let is_minion = root.str_at(&[
        "metadata",
        "annotations",
        "nginx.org/mergeable-ingress-type",
    ]) == Some("minion");
    let mut paths = spec
        .get("rules")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|rule| rule.at(&["http", "paths"]))
        .flat_map(Node::items)
        .peekable();
    let only_challenges = paths.peek().is_some()
        && paths.all(|path| {
            let path = path.str_at(&["path"]).unwrap_or_default();
            path.starts_with("/.well-known/acme-challenge")
        });
    is_solver || is_minion || only_challenges
}

fn gateway<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    let listeners = || spec.get("listeners").into_iter().flat_map(Node::items);
    let protocol = |listener: Node<'s>| listener.str_at(&["protocol"]);
    // With an HTTPS listener beside it, the HTTP one is there to redirect; which route does is not the Gateway's to say.
    if listeners().any(|listener| matches!(protocol(listener), Some("HTTPS" | "TLS"))) {
        return;
    }
    for listener in listeners().filter(|listener| protocol(*listener) == Some("HTTP")) {
        let node = listener.get("protocol").unwrap_or(listener);
        let name = listener.str_at(&["name"]).unwrap_or_default();
        let message =
            format!("listener `{name}` takes plain HTTP, and the Gateway has no HTTPS listener");
        cx.report(&INGRESS_WITHOUT_TLS, node, message)
            .help("add an HTTPS listener with a certificate, and redirect from this one");
    }
}

fn istio_gateway<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    for server in spec.get("servers").into_iter().flat_map(Node::items) {
        let Some(protocol) = server.at(&["port", "protocol"]) else {
            continue;
        };
        let is_plain = protocol.as_str().is_some_and(|text| {
            matches!(
                text.to_ascii_uppercase().as_str(),
                "HTTP" | "HTTP2" | "GRPC"
            )
        });
        let redirects = server.bool_at(&["tls", "httpsRedirect"]) == Some(true);
        if is_plain && !redirects {
            let name = server.str_at(&["port", "name"]).unwrap_or_default();
            let message =
                format!("server `{name}` takes plain HTTP and does not redirect to HTTPS");
            cx.report(&INGRESS_WITHOUT_TLS, protocol, message)
                .help("set `tls.httpsRedirect: true` here and serve HTTPS beside it");
        }
    }
}

fn openshift_route<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    let Some(tls) = spec.get("tls") else {
        cx.report_missing(
            &INGRESS_WITHOUT_TLS,
            spec,
            ".tls",
            "Route has no `tls`: it is served in plain HTTP",
        )
        .help("set `tls.termination` and `tls.insecureEdgeTerminationPolicy: Redirect`");
        return;
    };
    let insecure = tls.get("insecureEdgeTerminationPolicy");
    if let Some(node) = insecure.filter(|node| node.as_str() == Some("Allow")) {
        cx.report(
            &INGRESS_WITHOUT_TLS,
            node,
            "Route is served in plain HTTP beside HTTPS",
        )
        .help("set it to `Redirect`")
        .severity(Severity::Medium)
        .fix_replace("redirect to HTTPS", node, "Redirect");
    }
}

fn contour_proxy<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    // Without a virtual host it is part of another proxy.
    let Some(host) = spec.get("virtualhost").filter(|host| host.is_mapping()) else {
        return;
    };
    if host.get("tls").is_none() {
        let name = host.str_at(&["fqdn"]).unwrap_or_default();
        let message = format!("virtual host `{name}` has no `tls`: it is served in plain HTTP");
        cx.report_missing(&INGRESS_WITHOUT_TLS, host, ".tls", message)
            .help("name the Secret of its certificate in `tls.secretName`");
    }
}

fn traefik_route<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    let Some(points) = spec.get("entryPoints").filter(|points| !points.is_empty()) else {
        return;
    };
    // Other entry points may have TLS by Traefik's own configuration, as `websecure` has in its chart.
    let is_plain = points
        .items()
        .all(|point| matches!(point.scalar_text(), "web" | "http"));
    let routes = || spec.get("routes").into_iter().flat_map(Node::items);
    // A middleware that redirects, by its name, or the solver of a challenge.
    let is_redirect = routes().any(|route| {
        let middlewares = route.get("middlewares").into_iter().flat_map(Node::items);
        let mut names = middlewares.filter_map(|middleware| middleware.str_at(&["name"]));
        names.any(|name| name.contains("redirect") || name.contains("https"))
            || route
                .str_at(&["match"])
                .is_some_and(|rule| rule.contains("acme-challenge"))
    });
    if is_plain && spec.get("tls").is_none() && !is_redirect {
        cx.report(
            &INGRESS_WITHOUT_TLS,
            points,
            "IngressRoute is for plain HTTP alone",
        )
        .severity(Severity::Low)
        .help("use the entry point for HTTPS with `tls`, and redirect from this one");
    }
}
