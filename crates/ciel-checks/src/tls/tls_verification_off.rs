use super::fields::{is_on, nodes_at};
use crate::{ObjectCx, declare_check};
use ciel_core::Severity;

declare_check! {
    /// ## What it does
    /// Finds switches that turn the check of certificates off: `insecureSkipTLSVerify` of APIServices,
    /// `insecure-skip-tls-verify` in kubeconfigs (as objects, and within Secrets and ConfigMaps), `insecureSkipVerify` of
    /// Prometheus' monitors, Traefik's transports and Istio's rules, and their like of cert-manager, Vault, Flux, Argo CD,
    /// KEDA, Velero, Grafana, Envoy Gateway and kubeadm; `proxy-ssl-verify: "off"` of ingress-nginx.
    ///
    /// ## Why is this bad?
    /// Encryption alone does not say with whom: whoever gets in between answers in the server's place, and is given the
    /// credentials. For an APIService it is the API server that is deceived, with the rights of its front proxy.
    ///
    /// ## Example
    /// ```yaml
    /// kind: APIService
    /// spec:
    ///   insecureSkipTLSVerify: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: APIService
    /// spec:
    ///   caBundle: …
    /// ```
    ///
    /// ## Exceptions
    /// What only reads measurements is `low`.
    ///
    /// ## References
    /// - TOB-K8S-013 of the audit of 2019: <https://github.com/kubernetes/sig-security/tree/main/sig-security-external-audit/security-audit-2019>
    /// - <https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/api-service-v1/>
    pub static TLS_VERIFICATION_OFF = {
        code: "TLS009",
        name: "tls-verification-off",
        severity: Medium,
        severity_reason: "high where the API server or its clients are deceived, low where measurements are read",
        since: "0.1.0",
        summary: "check of certificates is switched off",
        run: AnyObject(tls_verification_off),
        frameworks: [nsa("network-separation"), mitre("T1557")],
        aliases: [],
    }
}

/// A switch: group and kind of the object, path, what is not checked, how bad it is.
type Switch = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
    Severity,
);

const METRICS: &str = "whom it reads measurements from";

#[rustfmt::skip]
const SWITCHES: &[Switch] = &[
    ("apiregistration.k8s.io", "APIService", &["spec", "insecureSkipTLSVerify"], "who answers for its API", Severity::Medium),
    ("monitoring.coreos.com", "ServiceMonitor", &["spec", "endpoints", "[]", "tlsConfig", "insecureSkipVerify"], METRICS, Severity::Low),
    ("monitoring.coreos.com", "PodMonitor", &["spec", "podMetricsEndpoints", "[]", "tlsConfig", "insecureSkipVerify"], METRICS, Severity::Low),
    ("monitoring.coreos.com", "Probe", &["spec", "tlsConfig", "insecureSkipVerify"], METRICS, Severity::Low),
    ("monitoring.coreos.com", "ScrapeConfig", &["spec", "tlsConfig", "insecureSkipVerify"], METRICS, Severity::Low),
    ("monitoring.coreos.com", "Prometheus", &["spec", "remoteWrite", "[]", "tlsConfig", "insecureSkipVerify"], "whom it sends measurements to", Severity::Medium),
    ("monitoring.coreos.com", "PrometheusAgent", &["spec", "remoteWrite", "[]", "tlsConfig", "insecureSkipVerify"], "whom it sends measurements to", Severity::Medium),
    ("monitoring.coreos.com", "Prometheus", &["spec", "alerting", "alertmanagers", "[]", "tlsConfig", "insecureSkipVerify"], "whom it sends alerts to", Severity::Low),
    ("cert-manager.io", "Issuer", &["spec", "acme", "skipTLSVerify"], "who issues its certificates", Severity::Medium),
    ("cert-manager.io", "ClusterIssuer", &["spec", "acme", "skipTLSVerify"], "who issues its certificates", Severity::Medium),
    ("traefik.io", "ServersTransport", &["spec", "insecureSkipVerify"], "who is behind the route", Severity::Medium),
    ("traefik.io", "ServersTransportTCP", &["spec", "tls", "insecureSkipVerify"], "who is behind the route", Severity::Medium),
    ("traefik.containo.us", "ServersTransport", &["spec", "insecureSkipVerify"], "who is behind the route", Severity::Medium),
    ("gateway.envoyproxy.io", "Backend", &["spec", "tls", "insecureSkipVerify"], "who is behind the route", Severity::Medium),
    ("networking.istio.io", "DestinationRule", &["spec", "trafficPolicy", "tls", "insecureSkipVerify"], "who answers", Severity::Medium),
    ("networking.istio.io", "DestinationRule", &["spec", "trafficPolicy", "portLevelSettings", "[]", "tls", "insecureSkipVerify"], "who answers", Severity::Medium),
    ("networking.istio.io", "DestinationRule", &["spec", "subsets", "[]", "trafficPolicy", "tls", "insecureSkipVerify"], "who answers", Severity::Medium),
    ("secrets.hashicorp.com", "VaultConnection", &["spec", "skipTLSVerify"], "who gives out its secrets", Severity::High),
    ("source.toolkit.fluxcd.io", "HelmRepository", &["spec", "insecure"], "where charts come from", Severity::Medium),
    ("source.toolkit.fluxcd.io", "OCIRepository", &["spec", "insecure"], "where manifests come from", Severity::Medium),
    ("source.toolkit.fluxcd.io", "Bucket", &["spec", "insecure"], "where manifests come from", Severity::Medium),
    ("velero.io", "BackupStorageLocation", &["spec", "config", "insecureSkipTLSVerify"], "who keeps the backups", Severity::Medium),
    ("keda.sh", "ScaledObject", &["spec", "triggers", "[]", "metadata", "unsafeSsl"], METRICS, Severity::Low),
    ("kubeadm.k8s.io", "JoinConfiguration", &["discovery", "bootstrapToken", "unsafeSkipCAVerification"], "whose cluster the node joins", Severity::High),
    ("bootstrap.cluster.x-k8s.io", "KubeadmConfig", &["spec", "joinConfiguration", "discovery", "bootstrapToken", "unsafeSkipCAVerification"], "whose cluster the node joins", Severity::High),
    ("bootstrap.cluster.x-k8s.io", "KubeadmConfigTemplate", &["spec", "template", "spec", "joinConfiguration", "discovery", "bootstrapToken", "unsafeSkipCAVerification"], "whose cluster the node joins", Severity::High),
    ("grafana.integreatly.org", "GrafanaDatasource", &["spec", "datasource", "jsonData", "tlsSkipVerify"], METRICS, Severity::Low),
];

fn tls_verification_off(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    match (object.types().group(), object.kind()) {
        ("", "Config" | "Secret" | "ConfigMap") => {
            kubeconfigs(cx);
            argo_cd(cx);
        }
        ("networking.k8s.io" | "extensions", "Ingress") => ingress(cx),
        // Most objects are of the core group and of `apps`, which have no such switch.
        ("" | "apps" | "batch" | "rbac.authorization.k8s.io", _) => {}
        (group, kind) => switches(cx, group, kind),
    }
}

/// `proxy-ssl-verify` of ingress-nginx, said aloud. It is the default, too, which nobody chose.
fn ingress(cx: &mut ObjectCx<'_>) {
    const VERIFY: &str = "nginx.ingress.kubernetes.io/proxy-ssl-verify";
    let verify = cx.object.root().at(&["metadata", "annotations", VERIFY]);
    if let Some(node) = verify.filter(|node| node.scalar_text() == "off") {
        cx.report(
            &TLS_VERIFICATION_OFF,
            node,
            "Ingress does not check who is behind it",
        )
        .severity(Severity::Low)
        .help("set it to `on`, and name the authority in `proxy-ssl-secret`")
        .fix_replace("check it", node, "on");
    }
}

/// One finding for all switches of one kind, as monitors have one for each endpoint.
fn switches(cx: &mut ObjectCx<'_>, group: &str, kind: &str) {
    let object = cx.object;
    let own = SWITCHES
        .iter()
        .filter(|(of, name, ..)| *of == group && *name == kind);
    for (_, _, path, what, severity) in own {
        let mut nodes = nodes_at(object.root(), path);
        nodes.retain(|node| is_on(*node));
        let Some((first, rest)) = nodes.split_first() else {
            continue;
        };
        let message = format!("{kind} does not check {what}");
        let report = cx
            .report(&TLS_VERIFICATION_OFF, *first, message)
            .severity(*severity)
            .help("name the authority that the certificate is checked against");
        let report = rest.iter().fold(report, |report, node| {
            report.related(object, *node, "nor here")
        });
        // kubeadm wants hashes instead, which are the cluster's.
        if object.types().group() == "kubeadm.k8s.io" || group == "bootstrap.cluster.x-k8s.io" {
            continue;
        }
        let report = report.fix_replace("check the certificate", *first, checked(*first));
        rest.iter().fold(report, |report, node| {
            report.fix_also_set(*node, &[], checked(*node))
        });
    }
}

/// The value of a switch that is not on, written as the one that is.
fn checked(node: ciel_yaml::Node<'_>) -> serde_json::Value {
    match node.as_str() {
        Some(_) => "false".into(),
        None => false.into(),
    }
}

fn kubeconfigs(cx: &mut ObjectCx<'_>) {
    for (node, cluster) in cx.analyses().certificates().unverified(cx.object) {
        let message = format!("kubeconfig does not check who answers for cluster `{cluster}`");
        let is_field = cx.object.kind() == "Config";
        let report = cx
            .report(&TLS_VERIFICATION_OFF, *node, message)
            .severity(Severity::High)
            .help("give `certificate-authority-data` instead");
        if is_field {
            report.fix_replace("check the certificate", *node, false);
        }
    }
}

/// Secrets by which Argo CD knows repositories and clusters.
fn argo_cd(cx: &mut ObjectCx<'_>) {
    let label = cx.object.view().label("argocd.argoproj.io/secret-type");
    let Some(kind) = label else { return };
    let plain = cx.object.root().get("stringData");
    let Some(plain) = plain else { return };
    let node = match kind {
        "repository" | "repo-creds" => plain.get("insecure").filter(|node| is_on(*node)),
        "cluster" => plain.get("config").filter(|node| {
            let packed: String = node.scalar_text().split_whitespace().collect();
            packed.contains("\"insecure\":true")
        }),
        _ => None,
    };
    if let Some(node) = node {
        let message = format!("Argo CD does not check who answers for the {kind}");
        let report = cx
            .report(&TLS_VERIFICATION_OFF, node, message)
            .severity(Severity::High)
            .help("name the authority that the certificate is checked against");
        if kind != "cluster" {
            report.fix_replace("check the certificate", node, checked(node));
        }
    }
}
