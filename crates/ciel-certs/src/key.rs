use memchr::memmem;

use crate::{Certificate, KeyKind};

/// A private key, as far as it is looked at. Its bytes are never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    der: Vec<u8>,
    /// Whether a password is needed for it.
    pub is_encrypted: bool,
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PrivateKey")
            .field("is_encrypted", &self.is_encrypted)
            .finish_non_exhaustive()
    }
}

/// Longer than any private key's encoding without the public key in it, for curves.
const BARE_CURVE_KEY: usize = 110;

impl PrivateKey {
    pub(crate) fn new(der: Vec<u8>, is_encrypted: bool) -> Self {
        Self { der, is_encrypted }
    }

    /// Whether the key is the certificate's, as far as its encoding tells: those of RSA hold the modulus, those of
    /// curves mostly the point. `None` where it does not tell.
    #[must_use]
    pub fn belongs_to(&self, certificate: &Certificate) -> Option<bool> {
        if self.is_encrypted || self.der.first() != Some(&0x30) || certificate.public.is_empty() {
            return None;
        }
        // Points are written whole or by their first coordinate, which stands behind a byte that says which.
        let shared = match certificate.key {
            KeyKind::Curve(bits) => certificate.public.get(1..=bits.div_ceil(8)),
            _ => Some(certificate.public.as_slice()),
        }?;
        if memmem::find(&self.der, shared).is_some() {
            return Some(true);
        }
        match certificate.key {
            // A key of RSA is longer than its modulus; a shorter one is of another kind. Both are none of this one's.
            KeyKind::Rsa(_) => Some(false),
            KeyKind::Curve(_) => (self.der.len() > BARE_CURVE_KEY).then_some(false),
            KeyKind::Dsa | KeyKind::Other => None,
        }
    }
}
