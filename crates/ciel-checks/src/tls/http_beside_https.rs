use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("", "ConfigMap"),
];

declare_check! {
    /// ## What it does
    /// Finds Ingresses with `tls` whose redirect from HTTP to HTTPS an annotation switches off, and ConfigMaps of
    /// ingress-nginx that switch the redirect or HSTS off for all.
    ///
    /// ## Why is this bad?
    /// The host is served in plain HTTP, too. Whoever is in between keeps the visitor there, and reads and changes
    /// everything.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// metadata:
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/ssl-redirect: "false"
    /// spec:
    ///   tls: [{hosts: [shop.example], secretName: shop-tls}]
    /// ```
    ///
    /// ## Use instead
    /// The default, which redirects.
    ///
    /// ## Exceptions
    /// Where TLS is passed through to the pods, there is nothing to redirect.
    ///
    /// ## References
    /// - <https://kubernetes.github.io/ingress-nginx/user-guide/tls/#server-side-https-enforcement-through-redirect>
    pub static HTTP_BESIDE_HTTPS = {
        code: "TLS024",
        name: "http-beside-https",
        severity: Low,
        since: "0.1.0",
        summary: "plain HTTP is served beside HTTPS",
        run: Object(KINDS, http_beside_https),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

/// Annotations that redirect unless they are `false`.
const REDIRECTS: [&str; 4] = [
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "ingress.kubernetes.io/ssl-redirect",
    "haproxy.org/ssl-redirect",
    "haproxy-ingress.github.io/ssl-redirect",
];

fn http_beside_https(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    if cx.object.kind() == "ConfigMap" {
        config_map(cx);
        return;
    }
    let Some(annotations) = root.at(&["metadata", "annotations"]) else {
        return;
    };
    let has_tls = root.at(&["spec", "tls"]).is_some_and(|tls| !tls.is_empty());
    let mut entries = annotations.entries();
    let is_elsewhere = entries.any(|(key, node)| {
        let key = key.scalar_text();
        let is_true = node.scalar_text() == "true";
        is_true && (key.ends_with("/ssl-passthrough") || key.ends_with("/force-ssl-redirect"))
    });
    if !has_tls || is_elsewhere {
        return;
    }
    let off = REDIRECTS
        .iter()
        .filter_map(|key| annotations.get(key))
        .find(|node| node.scalar_text() == "false");
    if let Some(node) = off {
        let message = "Ingress serves its hosts in plain HTTP beside HTTPS";
        cx.report(&HTTP_BESIDE_HTTPS, node, message)
            .help("take the annotation away: the default redirects to HTTPS")
            .fix_remove("take the annotation away", node);
    }
}

fn config_map(cx: &mut ObjectCx<'_>) {
    let Some(data) = cx.object.root().get("data") else {
        return;
    };
    for (key, what) in [
        (
            "ssl-redirect",
            "ingress-nginx serves every host in plain HTTP beside HTTPS",
        ),
        (
            "hsts",
            "ingress-nginx does not tell browsers to stay with HTTPS",
        ),
    ] {
        let off = data
            .get(key)
            .filter(|node: &Node<'_>| node.scalar_text() == "false");
        if let Some(node) = off {
            cx.report(&HTTP_BESIDE_HTTPS, node, what)
                .help("take the entry away: the default is on")
                .fix_remove("take the entry away", node);
        }
    }
}
