use ciel_yaml::Node;

use super::fields::{is_on, nodes_at};
use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("traefik.io", "TLSOption"),
    ("traefik.containo.us", "TLSOption"),
    ("projectcontour.io", "HTTPProxy"),
    ("gateway.envoyproxy.io", "ClientTrafficPolicy"),
    ("networking.istio.io", "Gateway"),
];

declare_check! {
    /// ## What it does
    /// Finds routes that ask clients for certificates and let those in whose certificate nobody has checked, or who have
    /// none: `auth-tls-verify-client: optional_no_ca`, `off` or `optional` of ingress-nginx, `RequireAnyClientCert` of
    /// Traefik, `skipClientCertValidation` of Contour, `optional` of Envoy Gateway, `OPTIONAL_MUTUAL` of Istio.
    ///
    /// ## Why is this bad?
    /// What is behind the route trusts that whoever comes in has shown a certificate. Anybody makes one for any name.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// metadata:
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-tls-secret: shop/partners
    ///     nginx.ingress.kubernetes.io/auth-tls-verify-client: optional_no_ca
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// metadata:
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-tls-secret: shop/partners
    ///     nginx.ingress.kubernetes.io/auth-tls-verify-client: "on"
    /// ```
    ///
    /// ## Exceptions
    /// A program behind the route may check what the proxy passes on; then say so in a comment that suppresses this.
    ///
    /// ## References
    /// - <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#client-certificate-authentication>
    /// - <https://doc.traefik.io/traefik/https/tls/#client-authentication-mtls>
    pub static CLIENT_CERTIFICATE_UNCHECKED = {
        code: "TLS023",
        name: "client-certificate-unchecked",
        severity: Medium,
        since: "0.1.0",
        summary: "clients' certificates are asked for, and not checked",
        run: Object(KINDS, client_certificate_unchecked),
        frameworks: [owasp2025("K09")],
        aliases: [],
    }
}

fn client_certificate_unchecked(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let found = match (cx.object.types().group(), cx.object.kind()) {
        (_, "Ingress") => of_ingress(root),
        (_, "TLSOption") => with_value(
            root,
            &["spec", "clientAuth", "clientAuthType"],
            &[
                "RequireAnyClientCert",
                "RequestClientCert",
                "VerifyClientCertIfGiven",
            ],
        ),
        (_, "HTTPProxy") => {
            let validation = ["spec", "virtualhost", "tls", "clientValidation"];
            ["skipClientCertValidation", "optionalClientCertificate"]
                .into_iter()
                .filter_map(|key| root.at(&validation)?.get(key))
                .find(|node| is_on(*node))
        }
        (_, "ClientTrafficPolicy") => root
            .at(&["spec", "tls", "clientValidation", "optional"])
            .filter(|node| is_on(*node)),
        _ => with_value(
            root,
            &["spec", "servers", "[]", "tls", "mode"],
            &["OPTIONAL_MUTUAL"],
        ),
    };
    let Some(node) = found else { return };
    let lets_in = match node.scalar_text() {
        "optional_no_ca" | "RequireAnyClientCert" | "RequestClientCert" => {
            "with a certificate that nobody has checked"
        }
        _ => "without a certificate that was checked",
    };
    let message = format!("{} lets clients in {lets_in}", cx.object.kind());
    let good: serde_json::Value = match cx.object.kind() {
        "Ingress" => "on".into(),
        "TLSOption" => "RequireAndVerifyClientCert".into(),
        "HTTPProxy" | "ClientTrafficPolicy" => false.into(),
        _ => "MUTUAL".into(),
    };
    cx.report(&CLIENT_CERTIFICATE_UNCHECKED, node, message)
        .help("require a certificate, and check it against your authority")
        .fix_replace("require one, and check it", node, good);
}

fn of_ingress(root: Node<'_>) -> Option<Node<'_>> {
    let annotations = root.at(&["metadata", "annotations"])?;
    annotations.get("nginx.ingress.kubernetes.io/auth-tls-secret")?;
    let verify = annotations.get("nginx.ingress.kubernetes.io/auth-tls-verify-client")?;
    matches!(verify.scalar_text(), "off" | "optional" | "optional_no_ca").then_some(verify)
}

fn with_value<'s>(root: Node<'s>, path: &[&str], values: &[&str]) -> Option<Node<'s>> {
    let mut nodes = nodes_at(root, path).into_iter();
    nodes.find(|node| values.contains(&node.scalar_text()))
}
