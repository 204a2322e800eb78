use std::net::IpAddr;

use ciel_core::Timestamp;
use x509_parser::{
    certificate::X509Certificate,
    extensions::GeneralName,
    oid_registry::Oid,
    prelude::FromDer,
    public_key::PublicKey,
    signature_algorithm::SignatureAlgorithm,
    x509::{AlgorithmIdentifier, X509Name},
};

/// A certificate, as far as its bytes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Who it is for.
    pub subject: Names,
    /// Who signed it, as text: `CN=R11, O=Let's Encrypt, C=US`.
    pub issuer: String,
    /// DNS names of the subject alternative name extension, in lower case.
    pub dns: Vec<String>,
    /// IP addresses of the subject alternative name extension.
    pub addresses: Vec<IpAddr>,
    /// E-mail addresses of the subject and of the subject alternative name extension.
    pub emails: Vec<String>,
    /// Valid from here on.
    pub not_before: Timestamp,
    /// Valid up to here.
    pub not_after: Timestamp,
    /// Its key.
    pub key: KeyKind,
    /// The broken hash that its signature is made with, if it is one.
    pub weak_hash: Option<WeakHash>,
    /// Whether it may sign others.
    pub is_authority: bool,
    /// Whether subject and issuer are the same, as in roots and self-signed certificates. The signature is not verified.
    pub is_self_issued: bool,
    /// What a private key's encoding shares with it: the modulus of RSA, the point of elliptic curves.
    pub(crate) public: Vec<u8>,
}

/// The names of a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The last common name; empty for none. To Kubernetes, the user.
    pub common_name: String,
    /// Organisations. To Kubernetes, the groups.
    pub organizations: Vec<String>,
}

/// A public key's kind and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA, with the bits of its modulus.
    Rsa(usize),
    /// An elliptic curve, with the bits of its field.
    Curve(usize),
    /// DSA, which nobody accepts any more.
    Dsa,
    /// Ed25519, and whatever else there is.
    Other,
}

/// A hash for which collisions are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the hashes' own names")]
pub enum WeakHash {
    Md2,
    Md5,
    Sha1,
}

impl WeakHash {
    /// As messages name it: `SHA-1`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Md2 => "MD2",
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
        }
    }
}

/// Strings of one certificate and kind that are kept.
const NAMES: usize = 1_000;

impl Certificate {
    /// Reads one certificate; `None` for what is none.
    #[must_use]
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(der).ok()?;
        let subject = Names::of(parsed.subject());
        let mut certificate = Self {
            issuer: parsed.issuer().to_string(),
            dns: Vec::new(),
            addresses: Vec::new(),
            emails: emails(parsed.subject()),
            not_before: Timestamp(parsed.validity().not_before.timestamp()),
            not_after: Timestamp(parsed.validity().not_after.timestamp()),
            key: KeyKind::Other,
            weak_hash: weak_hash(&parsed.signature_algorithm),
            is_authority: parsed.is_ca(),
            is_self_issued: parsed.subject().as_raw() == parsed.issuer().as_raw(),
            public: Vec::new(),
            subject,
        };
        certificate.read_alternative_names(&parsed);
        certificate.read_key(&parsed);
        Some(certificate)
    }

    /// How it is called in messages: its common name, or else its first DNS name.
    #[must_use]
    pub fn display(&self) -> &str {
        let dns = || self.dns.first().map(String::as_str);
        Some(self.subject.common_name.as_str())
            .filter(|name| !name.is_empty())
            .or_else(dns)
            .unwrap_or("without a name")
    }

    fn read_alternative_names(&mut self, parsed: &X509Certificate<'_>) {
        let Ok(Some(names)) = parsed.subject_alternative_name() else {
            return;
        };
        for name in names.value.general_names.iter().take(NAMES) {
            match name {
                GeneralName::DNSName(name) => self.dns.push(name.to_ascii_lowercase()),
                GeneralName::RFC822Name(name) => self.emails.push((*name).to_owned()),
                GeneralName::IPAddress(bytes) => self.addresses.extend(address(bytes)),
                _ => {}
            }
        }
    }

    fn read_key(&mut self, parsed: &X509Certificate<'_>) {
        let Ok(key) = parsed.public_key().parsed() else {
            return;
        };
        match key {
            PublicKey::RSA(key) => {
                let zeros = key.modulus.iter().take_while(|byte| **byte == 0).count();
                let modulus = key.modulus.get(zeros..).unwrap_or_default();
                let spare = modulus
                    .first()
                    .map_or(0, |byte| byte.leading_zeros() as usize);
                self.key = KeyKind::Rsa((modulus.len() * 8).saturating_sub(spare));
                self.public = modulus.to_vec();
            }
            PublicKey::EC(point) => {
                let data = point.data();
                let coordinates = if data.first() == Some(&4) { 2 } else { 1 };
                let bytes = data.len().saturating_sub(1) / coordinates;
                // P-521 fills 66 bytes, and 521 bits of them.
                self.key = KeyKind::Curve(if bytes == 66 { 521 } else { bytes * 8 });
                self.public = data.to_vec();
            }
            PublicKey::DSA(_) => self.key = KeyKind::Dsa,
            _ => {}
        }
    }
}

impl Names {
    pub(crate) fn of(name: &X509Name<'_>) -> Self {
        Self {
            common_name: name
                .iter_common_name()
                .last()
                .and_then(|value| value.as_str().ok())
                .unwrap_or_default()
                .to_owned(),
            organizations: name
                .iter_organization()
                .filter_map(|value| value.as_str().ok())
                .take(NAMES)
                .map(str::to_owned)
                .collect(),
        }
    }
}

fn emails(name: &X509Name<'_>) -> Vec<String> {
    name.iter_email()
        .filter_map(|value| value.as_str().ok())
        .take(NAMES)
        .map(str::to_owned)
        .collect()
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        return Some(IpAddr::from(bytes));
    }
    <[u8; 16]>::try_from(bytes).ok().map(IpAddr::from)
}

fn weak_hash(algorithm: &AlgorithmIdentifier<'_>) -> Option<WeakHash> {
    if let Ok(SignatureAlgorithm::RSASSA_PSS(parameters)) = SignatureAlgorithm::try_from(algorithm)
    {
        return (parameters.hash_algorithm_oid().to_id_string() == "1.3.14.3.2.26")
            .then_some(WeakHash::Sha1);
    }
    let oid: &Oid<'_> = &algorithm.algorithm;
    match oid.to_id_string().as_str() {
        "1.2.840.113549.1.1.2" => Some(WeakHash::Md2),
        "1.2.840.113549.1.1.4" | "1.3.14.3.2.3" => Some(WeakHash::Md5),
        // With RSA (twice), DSA and ECDSA.
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" | "1.2.840.10040.4.3" | "1.2.840.10045.4.1" => {
            Some(WeakHash::Sha1)
        }
        _ => None,
    }
}
