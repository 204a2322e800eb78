use ciel_core::Severity;
use ciel_yaml::Node;

use super::fields::nodes_at;
use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("security.istio.io", "PeerAuthentication"),
    ("networking.istio.io", "DestinationRule"),
    ("policy.linkerd.io", "ServerAuthorization"),
    ("kuma.io", "Mesh"),
    ("consul.hashicorp.com", "Mesh"),
];

declare_check! {
    /// ## What it does
    /// Finds settings of service meshes that let plain text in or send it out: Istio's PeerAuthentication with `DISABLE`
    /// or `PERMISSIVE`, DestinationRules with `tls.mode: DISABLE`, Linkerd's ServerAuthorization for unauthenticated
    /// clients, Kuma's and Consul's permissive mode.
    ///
    /// ## Why is this bad?
    /// A mesh says who calls by the certificates of both sides. Where plain text is taken, too, any pod can call without
    /// being known, and policies that name identities hold back nobody who leaves his away.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PeerAuthentication
    /// spec:
    ///   mtls: {mode: DISABLE}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: PeerAuthentication
    /// spec:
    ///   mtls: {mode: STRICT}
    /// ```
    ///
    /// ## Exceptions
    /// `PERMISSIVE` is `low`: it is Istio's default, for the time of moving in. A DestinationRule for a host outside the
    /// cluster is left alone.
    ///
    /// ## References
    /// - <https://istio.io/latest/docs/reference/config/security/peer_authentication/>
    /// - <https://linkerd.io/2/reference/authorization-policy/>
    pub static MESH_WITHOUT_MTLS = {
        code: "TLS018",
        name: "mesh-without-mtls",
        severity: Medium,
        severity_reason: "low for permissive modes and single ports",
        since: "0.1.0",
        summary: "service mesh takes or sends plain text",
        run: Object(KINDS, mesh_without_mtls),
        frameworks: [nsa("network-separation"), owasp2025("K05"), mitre("T1557")],
        aliases: [],
    }
}

fn mesh_without_mtls(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let Some(spec) = root.get("spec") else { return };
    match (cx.object.types().group(), cx.object.kind()) {
        ("security.istio.io", _) => peer_authentication(cx, spec),
        ("networking.istio.io", _) => destination_rule(cx, spec),
        ("policy.linkerd.io", _) => {
            let field = spec.at(&["client", "unauthenticated"]);
            if let Some(node) = field.filter(|node| node.as_bool() == Some(true)) {
                report(
                    cx,
                    node,
                    Severity::Medium,
                    "lets clients in that the mesh does not know",
                    None,
                );
            }
        }
        ("kuma.io", _) => {
            for node in nodes_at(spec, &["mtls", "backends", "[]", "mode"]) {
                if node.as_str() == Some("PERMISSIVE") {
                    report(
                        cx,
                        node,
                        Severity::Low,
                        "takes plain text beside mutual TLS",
                        Some("STRICT".into()),
                    );
                }
            }
        }
        _ => {
            let field = spec.get("allowEnablingPermissiveMutualTLS");
            if let Some(node) = field.filter(|node| node.as_bool() == Some(true)) {
                report(
                    cx,
                    node,
                    Severity::Low,
                    "may take plain text beside mutual TLS",
                    Some(false.into()),
                );
            }
        }
    }
}

fn peer_authentication<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    if let Some(node) = spec.at(&["mtls", "mode"]) {
        match node.as_str() {
            Some("DISABLE") => report(
                cx,
                node,
                Severity::Medium,
                "takes plain text only",
                Some("STRICT".into()),
            ),
            Some("PERMISSIVE") => {
                report(
                    cx,
                    node,
                    Severity::Low,
                    "takes plain text beside mutual TLS",
                    Some("STRICT".into()),
                );
            }
            _ => {}
        }
    }
    for (port, settings) in spec
        .get("portLevelMtls")
        .into_iter()
        .flat_map(Node::entries)
    {
        let mode = settings.get("mode");
        if let Some(node) = mode.filter(|mode| mode.as_str() == Some("DISABLE")) {
            let problem = format!("takes plain text at port {}", port.scalar_text());
            report(cx, node, Severity::Low, &problem, Some("STRICT".into()));
        }
    }
}

fn destination_rule<'s>(cx: &mut ObjectCx<'s>, spec: Node<'s>) {
    let host = spec.str_at(&["host"]).unwrap_or_default();
    // Names of Services: alone, with their namespace, or whole. Others are outside.
    let is_service = |(name, namespace): (&str, &str)| {
        cx.snapshot().find("", "Service", namespace, name).is_some()
    };
    let is_inside = !host.contains('.')
        || host.ends_with(".local")
        || host.ends_with(".svc")
        || host.split_once('.').is_some_and(is_service);
    if !is_inside {
        return;
    }
    let paths: [&[&str]; 3] = [
        &["trafficPolicy", "tls", "mode"],
        &["trafficPolicy", "portLevelSettings", "[]", "tls", "mode"],
        &["subsets", "[]", "trafficPolicy", "tls", "mode"],
    ];
    for node in paths.iter().flat_map(|path| nodes_at(spec, path)) {
        if node.as_str() == Some("DISABLE") {
            let problem = format!("sends plain text to `{host}`");
            report(
                cx,
                node,
                Severity::Medium,
                &problem,
                Some("ISTIO_MUTUAL".into()),
            );
        }
    }
}

fn report<'s>(
    cx: &mut ObjectCx<'s>,
    node: Node<'s>,
    severity: Severity,
    problem: &str,
    good: Option<serde_json::Value>,
) {
    let message = format!("{} {problem}", cx.object.kind());
    let report = cx
        .report(&MESH_WITHOUT_MTLS, node, message)
        .severity(severity)
        .help("ask for mutual TLS everywhere, and list the exceptions one by one");
    if let Some(good) = good {
        report.fix_replace("ask for mutual TLS", node, good);
    }
}
