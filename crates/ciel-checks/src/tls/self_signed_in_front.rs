use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use super::references::{KINDS, references};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Ingresses and Gateways whose certificate comes from an Issuer of cert-manager that signs each certificate
    /// with its own key (`selfSigned`), by annotation or by the Certificate that makes their Secret.
    ///
    /// ## Why is this bad?
    /// Nobody can check such a certificate: visitors pass over the warning, and programs switch the check off, so that
    /// whoever is in between can show one of his own.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Issuer
    /// metadata: {name: quick}
    /// spec:
    ///   selfSigned: {}
    /// ---
    /// kind: Ingress
    /// metadata:
    ///   annotations:
    ///     cert-manager.io/issuer: quick
    /// ```
    ///
    /// ## Use instead
    /// An Issuer with an authority that visitors know (`acme`, or `ca` within a company).
    ///
    /// ## Exceptions
    /// A self-signed certificate that is an authority, for others to be signed by, is as it must be.
    ///
    /// ## References
    /// - <https://cert-manager.io/docs/configuration/selfsigned/>
    pub static SELF_SIGNED_IN_FRONT = {
        code: "TLS021",
        name: "self-signed-in-front",
        severity: Low,
        since: "0.1.0",
        summary: "visitors are shown a self-signed certificate",
        run: Object(KINDS, self_signed_in_front),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

fn self_signed_in_front(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let snapshot = cx.snapshot();
    let annotations = object.root().at(&["metadata", "annotations"]);
    for (key, kind) in [
        ("cert-manager.io/issuer", "Issuer"),
        ("cert-manager.io/cluster-issuer", "ClusterIssuer"),
    ] {
        let Some(node) = annotations.and_then(|annotations| annotations.get(key)) else {
            continue;
        };
        let issuer = issuer(
            snapshot,
            object.namespace_or_default(),
            kind,
            node.scalar_text(),
        );
        if let Some(issuer) = issuer {
            report(cx, node, issuer);
        }
    }
    let makers = cx.analyses().secret_makers();
    for reference in references(object) {
        let mut namespaces = reference.namespaces.iter();
        let made = namespaces.find_map(|namespace| makers.of(namespace, reference.name));
        let certificate = made.filter(|maker| maker.is("cert-manager.io", "Certificate"));
        if let Some(issuer) = certificate.and_then(|it| issuer_of(snapshot, it)) {
            report(cx, reference.node, issuer);
        }
    }
}

/// The self-signing issuer of a Certificate, unless it makes an authority.
fn issuer_of<'s>(snapshot: &'s Snapshot, certificate: Object<'s>) -> Option<Object<'s>> {
    let spec = certificate.root().get("spec")?;
    let reference = spec
        .get("issuerRef")
        .filter(|_| spec.bool_at(&["isCA"]) != Some(true))?;
    let kind = reference.str_at(&["kind"]).unwrap_or("Issuer");
    let name = reference.str_at(&["name"])?;
    issuer(snapshot, certificate.namespace_or_default(), kind, name)
}

/// An issuer, if it is here and signs each certificate with its own key.
fn issuer<'s>(
    snapshot: &'s Snapshot,
    namespace: &str,
    kind: &str,
    name: &str,
) -> Option<Object<'s>> {
    let namespace = if kind == "ClusterIssuer" {
        ""
    } else {
        namespace
    };
    let issuer = snapshot.find("cert-manager.io", kind, namespace, name)?;
    issuer
        .root()
        .at(&["spec", "selfSigned"])
        .is_some()
        .then_some(issuer)
}

fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, issuer: Object<'s>) {
    let message = format!(
        "certificate is self-signed, by {} `{}`",
        issuer.kind(),
        issuer.name()
    );
    let place = issuer
        .root()
        .at(&["spec", "selfSigned"])
        .unwrap_or(issuer.root());
    cx.report(&SELF_SIGNED_IN_FRONT, node, message)
        .related(issuer, place, "the issuer")
        .help("name an issuer with an authority that visitors know");
}
