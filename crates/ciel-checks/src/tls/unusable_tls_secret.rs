use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::{
    certificates::{Held, secret_entries},
    references::{Reference, references},
};
use crate::{ObjectCx, declare_check};

const KINDS: &[(&str, &str)] = &[
    ("", "Secret"),
    ("networking.k8s.io", "Ingress"),
    ("extensions", "Ingress"),
    ("gateway.networking.k8s.io", "Gateway"),
    ("networking.istio.io", "Gateway"),
];

declare_check! {
    /// ## What it does
    /// Finds Secrets that cannot serve as a certificate: `tls.crt` and `tls.key` are no pair, the certificate is cut off,
    /// the key needs a password; and Ingresses and Gateways that name a Secret without `tls.crt` or `tls.key`.
    ///
    /// ## Why is this bad?
    /// The controller passes the Secret over, shows a certificate of its own making, and visitors get used to the
    /// warning.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// type: kubernetes.io/tls
    /// data:
    ///   tls.crt: … # of last year
    ///   tls.key: … # of this year
    /// ```
    ///
    /// ## Use instead
    /// The certificate first, the rest of its chain behind it, and the key that it was issued for.
    ///
    /// ## Exceptions
    /// Entries that are empty, or hold a placeholder, are somebody's to fill in. Whether a key belongs is told for RSA,
    /// and for curves where the key's encoding holds the public half, as it mostly does.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets>
    pub static UNUSABLE_TLS_SECRET = {
        code: "TLS003",
        name: "unusable-tls-secret",
        severity: Medium,
        since: "0.1.0",
        summary: "Secret cannot serve as a certificate",
        run: Object(KINDS, unusable_tls_secret),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

fn unusable_tls_secret(cx: &mut ObjectCx<'_>) {
    if cx.object.kind() == "Secret" {
        pair(cx);
        return;
    }
    for reference in references(cx.object) {
        if let Some(secret) = reference.secret(cx.snapshot()) {
            entries(cx, &reference, secret);
        }
    }
}

fn pair(cx: &mut ObjectCx<'_>) {
    let certificates = cx.analyses().certificates().of(cx.object);
    let Some(chain) = certificates.iter().find(|held| held.key == "tls.crt") else {
        return;
    };
    if chain.contents.is_damaged {
        cx.report(
            &UNUSABLE_TLS_SECRET,
            chain.node,
            "`tls.crt` holds a certificate that is cut off or garbled",
        )
        .help("put the whole certificate in, with all its lines");
        return;
    }
    let Some(entry) = secret_entries(cx.object).find(|entry| entry.key == "tls.key") else {
        return;
    };
    let contents = ciel_certs::read(&entry.value);
    let Some(key) = contents.keys.first() else {
        return;
    };
    let message = if key.is_encrypted {
        "`tls.key` needs a password, which no controller has".to_owned()
    } else {
        match mismatch(chain, key) {
            Some(message) => message,
            None => return,
        }
    };
    cx.report(&UNUSABLE_TLS_SECRET, entry.node, message)
        .hide(entry.node)
        .help("put the key in that the certificate was issued for");
}

fn mismatch(chain: &Held<'_>, key: &ciel_certs::PrivateKey) -> Option<String> {
    let certificates = &chain.contents.certificates;
    let first = certificates.first()?;
    if key.belongs_to(first) != Some(false) {
        return None;
    }
    let other = certificates
        .iter()
        .skip(1)
        .find(|other| key.belongs_to(other) == Some(true));
    Some(match other {
        Some(other) => format!(
            "the certificate of `tls.key`, `{}`, does not stand first in `tls.crt`",
            other.display()
        ),
        None => format!(
            "`tls.key` is not the key of certificate `{}`",
            first.display()
        ),
    })
}

/// What a Secret that is named for its certificate lacks.
fn entries<'s>(cx: &mut ObjectCx<'s>, reference: &Reference<'s>, secret: Object<'s>) {
    let root = secret.root();
    let has = |key: &str| {
        let places = ["data", "stringData"];
        places.iter().any(|place| root.at(&[place, key]).is_some())
    };
    let is_filled = ["data", "stringData"]
        .iter()
        .any(|place| root.get(place).is_some_and(|entries| !entries.is_empty()));
    let is_istio = cx.object.types().group() == "networking.istio.io";
    // Istio takes `cert` and `key`, too.
    let is_usable = (has("tls.crt") && has("tls.key")) || (is_istio && has("cert") && has("key"));
    if !is_filled || is_usable {
        return;
    }
    let missing = if has("tls.crt") { "tls.key" } else { "tls.crt" };
    let kind = root.str_at(&["type"]).unwrap_or("Opaque");
    let message = format!(
        "Secret `{}` of type `{kind}` has no `{missing}`",
        reference.name
    );
    let place: Node<'_> = root.get("type").unwrap_or(root);
    cx.report(&UNUSABLE_TLS_SECRET, reference.node, message)
        .related(secret, place, "the Secret")
        .help("name a Secret of type `kubernetes.io/tls` with `tls.crt` and `tls.key`");
}
