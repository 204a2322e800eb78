use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, Report, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Certificates of cert-manager that ask for a short key (RSA below 2048 bits), for a lifetime of more than
    /// 398 days, for an authority's rights besides naming hosts, or for a keystore in a form that anybody can open.
    ///
    /// ## Why is this bad?
    /// A short key can be computed. A long lifetime means that a stolen key serves for long, and browsers refuse it. Who
    /// has a server's certificate that is an authority, too, makes one for any host.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Certificate
    /// spec:
    ///   dnsNames: [shop.example]
    ///   duration: 87600h
    ///   privateKey: {algorithm: RSA, size: 1024}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Certificate
    /// spec:
    ///   dnsNames: [shop.example]
    ///   duration: 2160h
    ///   privateKey: {algorithm: ECDSA, size: 256, rotationPolicy: Always}
    /// ```
    ///
    /// ## Exceptions
    /// Authorities without hosts may last longer.
    ///
    /// ## References
    /// - <https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec>
    pub static WEAK_CERTIFICATE_REQUEST = {
        code: "TLS020",
        name: "weak-certificate-request",
        severity: Medium,
        severity_reason: "low for a long lifetime",
        since: "0.1.0",
        summary: "Certificate asks for a weak key or too long a life",
        run: Object(&[("cert-manager.io", "Certificate")], weak_certificate_request),
        frameworks: [],
        aliases: [],
    }
}

/// Hours that browsers let a certificate last: 398 days.
const LIFETIME: u64 = 398 * 24;

fn weak_certificate_request(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    let is_authority = spec.bool_at(&["isCA"]) == Some(true);
    let has_hosts = spec.get("dnsNames").is_some_and(|names| !names.is_empty());
    let size = spec.at(&["privateKey", "size"]);
    let is_rsa = matches!(
        spec.str_at(&["privateKey", "algorithm"]),
        None | Some("RSA")
    );
    if let Some(node) = size.filter(|size| is_rsa && size.as_i64().is_some_and(|bits| bits < 2048))
    {
        let message = format!(
            "Certificate asks for an RSA key of only {} bits",
            node.scalar_text()
        );
        report(
            cx,
            node,
            Severity::Medium,
            message,
            "ask for 2048 bits, or for ECDSA",
        )
        .fix_replace("ask for 2048 bits", node, 2048);
    }
    let duration = spec.get("duration");
    let is_long = |node: &Node<'_>| hours(node.scalar_text()).is_some_and(|hours| hours > LIFETIME);
    if let Some(node) = duration.filter(|node| !is_authority && is_long(node)) {
        let days = hours(node.scalar_text()).unwrap_or_default() / 24;
        let message = format!("Certificate asks to last {days} days");
        let has_plan = spec.get("renewBefore").is_some();
        let report = report(
            cx,
            node,
            Severity::Low,
            message,
            "let it last 90 days, and renew itself",
        );
        if !has_plan {
            report.fix_replace("let it last 90 days", node, "2160h");
        }
    }
    if let Some(node) = spec
        .get("isCA")
        .filter(|_| is_authority && has_hosts && names_real_hosts(spec))
    {
        let message = "Certificate for hosts is an authority, too".to_owned();
        report(
            cx,
            node,
            Severity::Medium,
            message,
            "issue the hosts' certificate apart",
        );
    }
    if let Some(node) = spec.at(&["keystores", "pkcs12", "profile"]) {
        let profile = node.scalar_text();
        if profile.starts_with("Legacy") {
            let message =
                format!("keystore's profile `{profile}` can be opened by anybody with time");
            report(
                cx,
                node,
                Severity::Low,
                message,
                "use the profile `Modern2023`",
            )
            .fix_replace("use the profile Modern2023", node, "Modern2023");
        }
    }
}

/// Whether a DNS name is that of a host; authorities are sometimes given a name without dots.
fn names_real_hosts(spec: Node<'_>) -> bool {
    let mut names = spec.get("dnsNames").into_iter().flat_map(Node::items);
    names.any(|name| name.scalar_text().contains('.'))
}

fn report<'f, 's>(
    cx: &'f mut ObjectCx<'s>,
    node: Node<'s>,
    severity: Severity,
    message: String,
    help: &'static str,
) -> Report<'f, 's> {
    cx.report(&WEAK_CERTIFICATE_REQUEST, node, message)
        .severity(severity)
        .help(help)
}

/// Whole hours of a duration as Go writes it: `2160h`, `2160h0m0s`.
fn hours(duration: &str) -> Option<u64> {
    duration.split_once('h')?.0.parse().ok()
}
