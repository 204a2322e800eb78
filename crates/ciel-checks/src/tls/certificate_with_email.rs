use super::certificates::{KINDS, Use};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds certificates that a server shows to everybody, with an e-mail address in the subject or among the
    /// alternative names.
    ///
    /// ## Why is this bad?
    /// Whoever connects reads the address: somebody who runs the cluster, and whom to send a forged mail.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// type: kubernetes.io/tls
    /// data:
    ///   tls.crt: … # CN=shop.example, emailAddress=jane@shop.example
    /// ```
    ///
    /// ## Use instead
    /// A certificate whose subject is the host alone.
    ///
    /// ## Exceptions
    /// Authorities and client certificates are not shown to everybody.
    ///
    /// ## References
    /// - <https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.6>
    pub static CERTIFICATE_WITH_EMAIL = {
        code: "TLS008",
        name: "certificate-with-email",
        severity: Low,
        since: "0.1.0",
        summary: "server's certificate tells an e-mail address",
        run: Object(KINDS, certificate_with_email),
        frameworks: [],
        aliases: [kube_hunter("KHV021")],
    }
}

fn certificate_with_email(cx: &mut ObjectCx<'_>) {
    for held in cx.analyses().certificates().of(cx.object) {
        let shown = held.contents.certificates.first();
        let Some(certificate) = shown.filter(|_| held.used == Use::Server) else {
            continue;
        };
        if let Some(email) = certificate.emails.first() {
            let message = format!(
                "certificate `{}` tells the address `{email}`",
                certificate.display()
            );
            cx.report(&CERTIFICATE_WITH_EMAIL, held.node, message)
                .help("issue a certificate without e-mail addresses");
        }
    }
}
