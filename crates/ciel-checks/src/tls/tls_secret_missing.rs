use ciel_yaml::Node;

use super::references::{KINDS, Reference, references};
use crate::{ObjectCx, ProfileChoice, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Ingresses and Gateways that name a Secret for their certificate that does not exist, and that nothing in
    /// the input makes: no Certificate of cert-manager, no annotation for it, no ExternalSecret, SealedSecret or the
    /// like of that name.
    ///
    /// ## Why is this bad?
    /// The controller shows a certificate of its own making instead. Visitors get used to passing over the warning, and
    /// then see none when somebody sits in between.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Ingress
    /// spec:
    ///   tls:
    ///   - hosts: [shop.example]
    ///     secretName: shop-tls # and there is no Secret shop-tls
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Certificate
    /// spec:
    ///   secretName: shop-tls
    ///   dnsNames: [shop.example]
    /// ```
    ///
    /// ## Exceptions
    /// Judged only where the input is complete, and holds Secrets of type `kubernetes.io/tls` at all, since they are
    /// mostly kept out of repositories (with `--profile all` or `--select` it is judged without any, too). Taken for
    /// granted is that nothing outside the input makes the Secret.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/ingress/#tls>
    pub static TLS_SECRET_MISSING = {
        code: "TLS002",
        name: "tls-secret-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "Secret of the certificate does not exist",
        run: Object(KINDS, tls_secret_missing),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

fn tls_secret_missing(cx: &mut ObjectCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    let references = references(cx.object);
    if references.is_empty() || is_made_by_annotation(cx) {
        return;
    }
    let snapshot = cx.snapshot();
    let makers = cx.analyses().secret_makers();
    let is_asked = cx.options().profile == ProfileChoice::All || !cx.options().select.is_empty();
    if !is_asked && !makers.has_certificates() {
        return;
    }
    let is_made = |reference: &Reference<'_>| {
        let mut namespaces = reference.namespaces.iter();
        namespaces.any(|namespace| makers.of(namespace, reference.name).is_some())
    };
    for reference in references {
        // `__SECRET__`, `${SECRET}`: somebody fills it in.
        let is_name = reference.name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)
        });
        if !is_name || reference.secret(snapshot).is_some() || is_made(&reference) {
            continue;
        }
        let message = format!(
            "Secret `{}` does not exist: visitors get a made-up certificate",
            reference.name
        );
        cx.report(&TLS_SECRET_MISSING, reference.node, message)
            .help("create the Secret, or a Certificate that makes it");
    }
}

/// Whether cert-manager and its like see the object and make its Secret.
fn is_made_by_annotation(cx: &ObjectCx<'_>) -> bool {
    let annotations = cx.object.root().at(&["metadata", "annotations"]);
    let mut keys = annotations.into_iter().flat_map(Node::entries);
    keys.any(|(key, _)| {
        let key = key.scalar_text();
        key.starts_with("cert-manager.io/")
            || key.starts_with("certmanager.k8s.io/")
            || key.starts_with("acme.cert-manager.io/")
            || key.starts_with("cert.gardener.cloud/")
            || key == "kubernetes.io/tls-acme"
    })
}
