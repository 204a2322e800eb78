use ciel_certs::Certificate;
use ciel_yaml::Node;

use super::{
    certificates::Use,
    references::{Reference, references},
};
use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("gateway.networking.k8s.io", "Gateway"),
    ("networking.istio.io", "Gateway"),
    ("route.openshift.io", "Route"),
];

declare_check! {
    /// ## What it does
    /// Compares the hosts of Ingresses, Gateways (Kubernetes' and Istio's) and Routes with the certificate in the Secret
    /// that they name, as browsers do: only the alternative names count, and a wildcard stands for one whole label.
    /// Where the input does not have the Secret, nothing is said.
    ///
    /// ## Why is this bad?
    /// Browsers warn, programs refuse, and somebody turns the check of certificates off. Then everybody in between can
    /// read and change what is sent.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// spec:
    ///   tls:
    ///   - hosts: [a.b.shop.example]
    ///     secretName: wildcard # valid for *.shop.example
    /// ```
    ///
    /// ## Use instead
    /// A certificate that names every host of the entry.
    ///
    /// ## Exceptions
    /// Of several certificates for one listener, one is enough.
    ///
    /// ## References
    /// - <https://datatracker.ietf.org/doc/html/rfc9525#section-6.3>
    /// - <https://kubernetes.io/docs/concepts/services-networking/ingress/#tls>
    pub static CERTIFICATE_HOST_MISMATCH = {
        code: "TLS004",
        name: "certificate-host-mismatch",
        severity: Medium,
        since: "0.1.0",
        summary: "certificate is not valid for the host",
        run: Object(KINDS, certificate_host_mismatch),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

fn certificate_host_mismatch(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.kind() == "Route" {
        route(cx);
        return;
    }
    let references = references(object);
    for reference in &references {
        if !reference.is_one_of_several {
            judge(cx, reference);
        }
    }
    // Of several certificates, the one that fits is shown.
    for group in references.chunk_by(|a, b| a.hosts == b.hosts) {
        if let [first, ..] = group
            && first.is_one_of_several
            && !group
                .iter()
                .any(|reference| fits(cx, reference).unwrap_or(true))
        {
            judge(cx, first);
        }
    }
}

/// Whether the certificate of a reference covers all its hosts; `None` where it is not here.
fn fits(cx: &ObjectCx<'_>, reference: &Reference<'_>) -> Option<bool> {
    let secret = reference.secret(cx.snapshot())?;
    let held = cx.analyses().certificates().of(secret);
    let leaf = held.iter().find(|held| held.key == "tls.crt")?;
    let certificate = leaf.contents.certificates.first()?;
    Some(
        reference
            .hosts
            .iter()
            .all(|host| covers(certificate, *host)),
    )
}

fn judge<'s>(cx: &mut ObjectCx<'s>, reference: &Reference<'s>) {
    let Some(secret) = reference.secret(cx.snapshot()) else {
        return;
    };
    let held = cx.analyses().certificates().of(secret);
    let Some(leaf) = held.iter().find(|held| held.key == "tls.crt") else {
        return;
    };
    let Some(certificate) = leaf.contents.certificates.first() else {
        return;
    };
    for host in reference
        .hosts
        .iter()
        .filter(|host| !covers(certificate, **host))
    {
        let message = format!(
            "certificate of Secret `{}` is not valid for `{}`: {}",
            reference.name,
            host.scalar_text(),
            names(certificate)
        );
        cx.report(&CERTIFICATE_HOST_MISMATCH, *host, message)
            .related(secret, leaf.node, "the certificate")
            .help("issue a certificate that names the host");
    }
}

fn route(cx: &mut ObjectCx<'_>) {
    let Some(host) = cx.object.root().at(&["spec", "host"]) else {
        return;
    };
    let held = cx.analyses().certificates().of(cx.object);
    let leaf = held.iter().find(|held| held.used == Use::Server);
    let Some(certificate) = leaf.and_then(|leaf| leaf.contents.certificates.first()) else {
        return;
    };
    if !covers(certificate, host) {
        let message = format!(
            "certificate of the Route is not valid for `{}`: {}",
            host.scalar_text(),
            names(certificate)
        );
        cx.report(&CERTIFICATE_HOST_MISMATCH, host, message)
            .help("issue a certificate that names the host");
    }
}

fn covers(certificate: &Certificate, host: Node<'_>) -> bool {
    // Istio writes `namespace/host`.
    let host = host.scalar_text();
    let host = host.split_once('/').map_or(host, |(_, host)| host);
    host.is_empty() || host == "*" || certificate.covers(host)
}

/// What a certificate is valid for, in words.
fn names(certificate: &Certificate) -> String {
    match certificate.dns.as_slice() {
        [] => "it has no alternative names, and browsers pass over the common name".to_owned(),
        [one] => format!("it names `{one}`"),
        [one, two] => format!("it names `{one}` and `{two}`"),
        [one, rest @ ..] => format!("it names `{one}` and {} more", rest.len()),
    }
}
