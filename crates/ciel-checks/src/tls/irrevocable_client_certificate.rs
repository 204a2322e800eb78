use ciel_certs::Certificate;
use ciel_core::Severity;

use super::certificates::Use;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubeconfigs, as objects and within Secrets and ConfigMaps, whose client certificate is in the group
    /// `system:masters`, or valid for more than 400 days.
    ///
    /// ## Why is this bad?
    /// Kubernetes cannot revoke a client certificate: whoever has it stays in until it ends, or the cluster gets a new
    /// authority. For `system:masters` not even RBAC is asked, so that no binding can be taken away.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Config
    /// users:
    /// - name: admin
    ///   user:
    ///     client-certificate-data: … # O=system:masters, ten years
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// users:
    /// - name: jane
    ///   user:
    ///     exec: {command: kubelogin, apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable}
    /// ```
    ///
    /// ## Exceptions
    /// Kubeconfigs of the control plane's own components last a year, as kubeadm makes them.
    ///
    /// ## References
    /// - TOB-K8S-028 of the audit of 2019: <https://github.com/kubernetes/kubernetes/issues/18982>
    /// - <https://kubernetes.io/docs/concepts/security/hardening-guide/authentication-mechanisms/#x509-client-certificate-authentication>
    pub static IRREVOCABLE_CLIENT_CERTIFICATE = {
        code: "TLS010",
        name: "irrevocable-client-certificate",
        severity: High,
        severity_reason: "low for a certificate of somebody whose rights can be taken away, which only lasts too long",
        since: "0.1.0",
        summary: "kubeconfig has a client certificate that cannot be taken back",
        run: Object(&[("", "Config"), ("", "Secret"), ("", "ConfigMap")], irrevocable_client_certificate),
        frameworks: [cis("3.1.1"), owasp2022("K06"), owasp2025("K09"), mitre("T1078")],
        aliases: [],
    }
}

/// Days that a client certificate may last: a year and some weeks to renew it.
const LONG: i64 = 400;

fn irrevocable_client_certificate(cx: &mut ObjectCx<'_>) {
    for held in cx.analyses().certificates().of(cx.object) {
        let certificate = held.contents.certificates.first();
        let Some(certificate) = certificate.filter(|_| held.used == Use::Client) else {
            continue;
        };
        if let Some((severity, problem)) = judge(certificate) {
            let (name, user) = (certificate.display(), &held.user);
            let message = format!("client certificate `{name}` of user `{user}` {problem}");
            cx.report(&IRREVOCABLE_CLIENT_CERTIFICATE, held.node, message)
                .severity(severity)
                .help("log in by OIDC or an exec plugin, and keep certificates for emergencies");
        }
    }
}

fn judge(certificate: &Certificate) -> Option<(Severity, String)> {
    let days = certificate.not_before.days_until(certificate.not_after);
    let is_master = certificate
        .subject
        .organizations
        .iter()
        .any(|group| group == "system:masters");
    if is_master {
        let problem = format!("is in `system:masters` for {days} days, past RBAC and revocation");
        return Some((Severity::High, problem));
    }
    let problem = format!("lasts {days} days, and cannot be revoked");
    (days > LONG).then_some((Severity::Low, problem))
}
