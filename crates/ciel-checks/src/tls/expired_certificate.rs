use ciel_certs::Certificate;
use ciel_core::{Severity, Timestamp};

use super::certificates::{Held, KINDS, Use};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds certificates that have expired, soon will, or are not valid yet: in Secrets, CA bundles in ConfigMaps,
    /// webhooks, APIServices, conversion webhooks, Routes, and kubeconfigs. Judged at the time that `--now` gives, or
    /// else the clock's.
    ///
    /// ## Why is this bad?
    /// Clients refuse the connection, or are told to look away, which makes them used to it. Where the certificate
    /// belongs to an admission webhook, either nothing can be created any more, or the webhook is passed over and what
    /// it forbids is allowed.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// type: kubernetes.io/tls
    /// data:
    ///   tls.crt: … # valid until 2024-03-01
    /// ```
    ///
    /// ## Use instead
    /// Certificates that renew themselves, such as cert-manager's:
    /// ```yaml
    /// kind: Certificate
    /// spec:
    ///   secretName: shop-tls
    ///   duration: 2160h
    ///   renewBefore: 720h
    /// ```
    ///
    /// ## Exceptions
    /// "Soon" is 30 days, or a third of the lifetime where that is less, so that certificates that renew themselves are
    /// not reported. Of several authorities in one bundle, only all together can be too old: old ones stay in while new
    /// ones come.
    ///
    /// ## References
    /// - <https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.5>
    /// - <https://cert-manager.io/docs/usage/certificate/#renewal>
    pub static EXPIRED_CERTIFICATE = {
        code: "TLS005",
        name: "expired-certificate",
        severity: High,
        severity_reason: "medium for one that soon expires",
        since: "0.1.0",
        summary: "certificate has expired, or soon will",
        run: Object(KINDS, expired_certificate),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

/// Days before the end from which on a certificate should have been renewed.
const SOON: i64 = 30;

fn expired_certificate(cx: &mut ObjectCx<'_>) {
    let Some(now) = cx.options().now else { return };
    for held in cx.analyses().certificates().of(cx.object) {
        if let Some(certificate) = worst(held, now) {
            report(cx, held, certificate, now);
        }
    }
}

/// The certificate that ends first; of several authorities, the one that ends last.
fn worst<'h>(held: &'h Held<'_>, now: Timestamp) -> Option<&'h Certificate> {
    let certificates = &held.contents.certificates;
    match held.used {
        Use::Authority => certificates
            .iter()
            .max_by_key(|certificate| certificate.not_after),
        // Clients have roots of their own, so that one at the end of the chain does not matter.
        Use::Server | Use::Client => certificates
            .iter()
            .enumerate()
            .filter(|(index, certificate)| {
                *index == 0 || !(certificate.is_authority && certificate.is_self_issued)
            })
            .map(|(_, certificate)| certificate)
            .min_by_key(|certificate| {
                let is_early = certificate.not_before > now;
                if is_early { now } else { certificate.not_after }
            }),
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, held: &Held<'s>, certificate: &Certificate, now: Timestamp) {
    let days = now.days_until(certificate.not_after);
    let lifetime = certificate.not_before.days_until(certificate.not_after);
    let name = certificate.display();
    let (message, severity) = if certificate.not_after < now {
        let message = format!(
            "certificate `{name}` expired on {}, {} days ago",
            certificate.not_after, -days
        );
        (message, Severity::High)
    } else if certificate.not_before > now {
        let message = format!(
            "certificate `{name}` is not valid before {}",
            certificate.not_before
        );
        (message, Severity::Medium)
    } else if days < SOON.min(lifetime / 3) {
        let message = format!(
            "certificate `{name}` expires on {}, in {days} days",
            certificate.not_after
        );
        (message, Severity::Medium)
    } else {
        return;
    };
    cx.report(&EXPIRED_CERTIFICATE, held.node, message)
        .severity(severity)
        .evidence("notAfter", certificate.not_after.to_string())
        .help("renew the certificate, and let something renew it in time from now on");
}
