use ciel_certs::{Certificate, KeyKind};

use super::certificates::{KINDS, Use};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds certificates with keys that are too short (RSA below 2048 bits, elliptic curves below 224, DSA at all) or
    /// signatures over a broken hash (SHA-1, MD5, MD2): in Secrets, ConfigMaps, webhooks, APIServices, Routes and
    /// kubeconfigs.
    ///
    /// ## Why is this bad?
    /// Keys of 1024 bits can be computed by those with means, and collisions of SHA-1 and MD5 let a second certificate
    /// carry the first one's signature. Browsers, and Go since 1.18, refuse such certificates.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Secret
    /// type: kubernetes.io/tls
    /// data:
    ///   tls.crt: … # RSA, 1024 bits, SHA-1
    /// ```
    ///
    /// ## Use instead
    /// RSA of 2048 bits or more, or P-256, signed over SHA-256.
    ///
    /// ## Exceptions
    /// What a root signs of itself is not checked by anybody, so its hash does not matter; nor do those of lists of
    /// many authorities, which distributions keep.
    ///
    /// ## References
    /// - <https://csrc.nist.gov/pubs/sp/800/131/a/r2/final>
    /// - <https://go.dev/doc/go1.18#sha1>
    pub static WEAK_CERTIFICATE = {
        code: "TLS006",
        name: "weak-certificate",
        severity: Medium,
        since: "0.1.0",
        summary: "certificate has a short key or a signature over a broken hash",
        run: Object(KINDS, weak_certificate),
        frameworks: [nsa("network-separation")],
        aliases: [],
    }
}

/// From this many authorities on, a bundle is a distribution's list of roots.
const LIST_OF_ROOTS: usize = 10;

fn weak_certificate(cx: &mut ObjectCx<'_>) {
    for held in cx.analyses().certificates().of(cx.object) {
        let certificates = &held.contents.certificates;
        if held.used == Use::Authority && certificates.len() >= LIST_OF_ROOTS {
            continue;
        }
        for certificate in certificates {
            for problem in problems(certificate) {
                let message = format!("certificate `{}` {problem}", certificate.display());
                cx.report(&WEAK_CERTIFICATE, held.node, message)
                    .help("issue a new one with RSA of 2048 bits or P-256, signed over SHA-256");
            }
        }
    }
}

fn problems(certificate: &Certificate) -> impl Iterator<Item = String> {
    let key = match certificate.key {
        KeyKind::Rsa(bits) if (1..2048).contains(&bits) => {
            Some(format!("has an RSA key of only {bits} bits"))
        }
        KeyKind::Curve(bits) if (1..224).contains(&bits) => {
            Some(format!("has a key on a curve of only {bits} bits"))
        }
        KeyKind::Dsa => Some("has a DSA key".to_owned()),
        KeyKind::Rsa(_) | KeyKind::Curve(_) | KeyKind::Other => None,
    };
    let is_root = certificate.is_authority && certificate.is_self_issued;
    let hash = certificate
        .weak_hash
        .filter(|_| !is_root)
        .map(|hash| format!("is signed over {}", hash.as_str()));
    key.into_iter().chain(hash)
}
