use ciel_core::Severity;
use ciel_yaml::Node;

use super::fields::nodes_at;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds `http://` addresses outside of the cluster from which controllers fetch what they apply or hand on: Git and
    /// Helm repositories of Flux and Argo CD, Vault and other stores of External Secrets, issuers of cert-manager.
    ///
    /// ## Why is this bad?
    /// Nobody vouches for the server, and nothing hides the token that it is asked with. Whoever sits in between has his
    /// own manifests applied, or reads every secret.
    ///
    /// ## Example
    /// ```yaml
    /// kind: GitRepository
    /// spec:
    ///   url: http://git.example.org/infra.git
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: GitRepository
    /// spec:
    ///   url: https://git.example.org/infra.git
    /// ```
    ///
    /// ## Exceptions
    /// Addresses of Services in the cluster (`vault.vault`, `….svc`) and of the loopback interface.
    ///
    /// ## References
    /// - <https://fluxcd.io/flux/components/source/gitrepositories/#url>
    /// - <https://external-secrets.io/latest/provider/hashicorp-vault/>
    pub static FETCHED_OVER_PLAIN_HTTP = {
        code: "TLS040",
        name: "fetched-over-plain-http",
        severity: Medium,
        severity_reason: "high where secrets are fetched",
        since: "0.1.0",
        summary: "controller fetches over plain HTTP",
        run: AnyObject(fetched_over_plain_http),
        frameworks: [nsa("network-separation"), mitre("T1557")],
        aliases: [],
    }
}

/// An address: group and kind of the object, path, what comes from there, how bad it is.
type Address = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
    Severity,
);

#[rustfmt::skip]
const ADDRESSES: &[Address] = &[
    ("source.toolkit.fluxcd.io", "GitRepository", &["spec", "url"], "what it applies", Severity::Medium),
    ("source.toolkit.fluxcd.io", "HelmRepository", &["spec", "url"], "charts", Severity::Medium),
    ("argoproj.io", "Application", &["spec", "source", "repoURL"], "what it applies", Severity::Medium),
    ("argoproj.io", "Application", &["spec", "sources", "[]", "repoURL"], "what it applies", Severity::Medium),
    ("argoproj.io", "ApplicationSet", &["spec", "template", "spec", "source", "repoURL"], "what it applies", Severity::Medium),
    ("helm.cattle.io", "HelmChart", &["spec", "repo"], "charts", Severity::Medium),
    ("external-secrets.io", "SecretStore", &["spec", "provider", "vault", "server"], "secrets", Severity::High),
    ("external-secrets.io", "ClusterSecretStore", &["spec", "provider", "vault", "server"], "secrets", Severity::High),
    ("external-secrets.io", "SecretStore", &["spec", "provider", "webhook", "url"], "secrets", Severity::High),
    ("external-secrets.io", "ClusterSecretStore", &["spec", "provider", "webhook", "url"], "secrets", Severity::High),
    ("secrets.hashicorp.com", "VaultConnection", &["spec", "address"], "secrets", Severity::High),
    ("secrets-store.csi.x-k8s.io", "SecretProviderClass", &["spec", "parameters", "vaultAddress"], "secrets", Severity::High),
    ("cert-manager.io", "Issuer", &["spec", "vault", "server"], "certificates", Severity::Medium),
    ("cert-manager.io", "ClusterIssuer", &["spec", "vault", "server"], "certificates", Severity::Medium),
    ("cert-manager.io", "Issuer", &["spec", "acme", "server"], "certificates", Severity::Medium),
    ("cert-manager.io", "ClusterIssuer", &["spec", "acme", "server"], "certificates", Severity::Medium),
];

fn fetched_over_plain_http(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let (group, kind) = (object.types().group(), object.kind());
    // Most objects are of groups without a domain, or of Kubernetes itself.
    if !group.contains('.') || (group.ends_with(".k8s.io") && !group.contains("x-k8s.io")) {
        return;
    }
    let own = ADDRESSES
        .iter()
        .filter(|(of, name, ..)| *of == group && *name == kind);
    for (_, _, path, what, severity) in own {
        for node in nodes_at(object.root(), path) {
            if let Some(host) = plain_host(node).filter(|host| !is_in_cluster(host)) {
                let message = format!("{kind} fetches {what} from `{host}` over plain HTTP");
                cx.report(&FETCHED_OVER_PLAIN_HTTP, node, message)
                    .severity(*severity)
                    .help("use an `https://` address");
            }
        }
    }
}

/// The host of an `http://` address, without login and port.
fn plain_host<'s>(node: Node<'s>) -> Option<&'s str> {
    let rest = node.scalar_text().trim().strip_prefix("http://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.strip_prefix('[') {
        Some(address) => address.split(']').next()?,
        None => host.split(':').next()?,
    };
    // What something else fills in later.
    (!host.is_empty() && !host.contains(['$', '{', '<'])).then_some(host)
}

fn is_in_cluster(host: &str) -> bool {
    let dots = host.matches('.').count();
    let is_address = host.parse::<std::net::IpAddr>().is_ok();
    let is_service = host.ends_with(".svc") || host.contains(".svc.") || host.ends_with(".local");
    let is_loopback = host.starts_with("127.") || host == "::1";
    // `vault`, `vault.vault`: no top-level domain is called like that, and a namespace may be called anything.
    let is_short = !is_address && (dots == 0 || (dots == 1 && !has_common_end(host)));
    is_service || is_loopback || is_short
}

fn has_common_end(host: &str) -> bool {
    const ENDS: [&str; 10] = [
        ".com", ".org", ".net", ".io", ".dev", ".de", ".eu", ".cloud", ".app", ".co",
    ];
    ENDS.iter().any(|end| host.ends_with(end))
}
