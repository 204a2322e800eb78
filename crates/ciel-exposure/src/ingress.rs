use std::collections::HashSet;

use ciel_snapshot::{Object, ObjectId, Snapshot};
use ciel_yaml::Node;

use crate::service::is_internal_by_annotation;

/// The class of an Ingress: the field, or the annotation from before there was one.
pub(crate) fn class(ingress: Object<'_>) -> Option<&str> {
    let root = ingress.root();
    root.str_at(&["spec", "ingressClassName"])
        .or_else(|| root.str_at(&["metadata", "annotations", "kubernetes.io/ingress.class"]))
}

/// Whether an Ingress is only reachable from the network around the cluster: by the cloud's annotations, or by a class
/// whose name says so (`nginx-internal`).
#[must_use]
pub fn is_internal_ingress(ingress: Object<'_>) -> bool {
    let class = class(ingress).unwrap_or_default();
    if is_internal_name(class) {
        return true;
    }
    let annotations = ingress.root().at(&["metadata", "annotations"]);
    let annotation = |key: &str| {
        annotations
            .and_then(|node| node.get(key))
            .map(Node::scalar_text)
    };
    let alb = annotation("alb.ingress.kubernetes.io/scheme");
    // What the AWS Load Balancer Controller makes is internal unless told otherwise.
    alb.map_or(class == "alb", |scheme| scheme == "internal")
        || annotation("appgw.ingress.kubernetes.io/use-private-ip") == Some("true")
        || is_internal_by_annotation(annotations)
}

/// Whether a name has a word that says that it is for inside.
pub(crate) fn is_internal_name(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| {
            matches!(
                word,
                "internal" | "private" | "intranet" | "int" | "rilb" | "tailscale"
            )
        })
}

/// Annotations by which an Ingress asks for credentials or lets only some addresses in. Their presence is enough, but
/// for the values of [`OPEN_VALUES`].
const GUARDS: [&str; 17] = [
    "nginx.ingress.kubernetes.io/auth-url",
    "nginx.ingress.kubernetes.io/auth-type",
    "nginx.ingress.kubernetes.io/auth-tls-secret",
    "nginx.ingress.kubernetes.io/whitelist-source-range",
    "nginx.ingress.kubernetes.io/allowlist-source-range",
    "nginx.org/basic-auth-secret",
    "nginx.org/jwt-key",
    "alb.ingress.kubernetes.io/auth-type",
    "alb.ingress.kubernetes.io/inbound-cidrs",
    "haproxy.org/auth-type",
    "haproxy.org/allow-list",
    "haproxy-ingress.github.io/auth-secret",
    "haproxy-ingress.github.io/allowlist-source-range",
    "ingress.kubernetes.io/auth-type",
    "ingress.kubernetes.io/whitelist-source-range",
    "ingress.kubernetes.io/auth-url",
    "haproxy.router.openshift.io/ip_whitelist",
];

/// Values that guard nothing.
const OPEN_VALUES: [&str; 4] = ["", "none", "0.0.0.0/0", "0.0.0.0/0,::/0"];

/// Annotations that name plugins or middlewares; one whose name speaks of login is one.
const PLUGINS: [&str; 2] = [
    "traefik.ingress.kubernetes.io/router.middlewares",
    "konghq.com/plugins",
];

/// Whether annotations of a route ask for credentials, or let only some addresses in.
pub(crate) fn is_guarded(route: Object<'_>) -> bool {
    let annotations = route.root().at(&["metadata", "annotations"]);
    let value = |key: &str| {
        let node = annotations?.get(key)?;
        Some(node.scalar_text().trim())
    };
    GUARDS
        .iter()
        .any(|key| value(key).is_some_and(|value| !OPEN_VALUES.contains(&value)))
        || PLUGINS
            .iter()
            .any(|key| value(key).is_some_and(names_login))
}

/// Whether a name speaks of login.
pub(crate) fn names_login(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    [
        "auth",
        "oidc",
        "oauth",
        "jwt",
        "sso",
        "login",
        "allowlist",
        "whitelist",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// Whether TLS ends somewhere else than at `spec.tls`: at the cloud's load balancer, or behind the Ingress.
#[must_use]
pub fn terminates_elsewhere(ingress: Object<'_>) -> bool {
    const PRESENT: [&str; 9] = [
        "alb.ingress.kubernetes.io/certificate-arn",
        "ingress.gcp.kubernetes.io/pre-shared-cert",
        "networking.gke.io/managed-certificates",
        "networking.gke.io/certmap",
        "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
        "appgw.ingress.kubernetes.io/appgw-ssl-profile",
        "ingress.bluemix.net/ssl-services",
        "route.openshift.io/termination",
        "gcp.ingress.kubernetes.io/pre-shared-cert",
    ];
    const TRUE: [&str; 7] = [
        "nginx.ingress.kubernetes.io/ssl-passthrough",
        "nginx.ingress.kubernetes.io/force-ssl-redirect",
        "ingress.kubernetes.io/ssl-passthrough",
        "haproxy.org/ssl-passthrough",
        "haproxy-ingress.github.io/ssl-passthrough",
        "traefik.ingress.kubernetes.io/router.tls",
        "ingress.kubernetes.io/force-ssl-redirect",
    ];
    // Controllers that bring their own certificates to every Ingress of theirs.
    const CLASSES: [&str; 4] = [
        "tailscale",
        "ngrok",
        "cloudflare-tunnel",
        "openshift-default",
    ];
    let annotations = ingress.root().at(&["metadata", "annotations"]);
    let value = |key: &str| {
        annotations
            .and_then(|node| node.get(key))
            .map(Node::scalar_text)
    };
    let has_https = |key, word: &str| value(key).is_some_and(|value| value.contains(word));
    PRESENT
        .iter()
        .any(|key| value(key).is_some_and(|value| !value.is_empty()))
        || TRUE.iter().any(|key| value(key) == Some("true"))
        || has_https("alb.ingress.kubernetes.io/listen-ports", "HTTPS")
        || has_https(
            "traefik.ingress.kubernetes.io/router.entrypoints",
            "websecure",
        )
        || class(ingress).is_some_and(|class| CLASSES.contains(&class))
}

/// For which hosts some Ingress ends TLS. Controllers put the rules of several Ingresses for one host together.
#[derive(Debug, Default)]
pub struct TlsHosts<'s> {
    exact: HashSet<&'s str>,
    /// `*.shop.example` by `shop.example`.
    wildcard: HashSet<&'s str>,
    /// Ingresses with `tls` entries that name no host: for all hosts of their own.
    unnamed: HashSet<ObjectId>,
}

impl<'s> TlsHosts<'s> {
    /// Reads everything once.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        let mut hosts = Self::default();
        let ingresses = ["networking.k8s.io", "extensions"];
        for ingress in ingresses
            .iter()
            .flat_map(|group| snapshot.of_kind(group, "Ingress"))
        {
            let entries = ingress.root().at(&["spec", "tls"]).into_iter();
            for entry in entries.flat_map(Node::items) {
                let named = entry.get("hosts").filter(|list| !list.is_empty());
                let Some(named) = named else {
                    hosts.unnamed.insert(ingress.id());
                    continue;
                };
                for host in named.items().filter_map(Node::as_str) {
                    match host.strip_prefix("*.") {
                        Some(parent) => hosts.wildcard.insert(parent),
                        None => hosts.exact.insert(host),
                    };
                }
            }
        }
        hosts
    }

    /// Whether TLS ends for a host of an Ingress. A wildcard covers one label, as certificates do.
    #[must_use]
    pub fn covers(&self, ingress: Object<'_>, host: &str) -> bool {
        if self.unnamed.contains(&ingress.id()) {
            return true;
        }
        match host.split_once('.') {
            Some(("*", parent)) => self.wildcard.contains(parent),
            Some((_, parent)) => self.exact.contains(host) || self.wildcard.contains(parent),
            None => self.exact.contains(host),
        }
    }
}
