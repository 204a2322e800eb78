//! X.509 certificates behind plain types: names, validity, keys, signatures, and which hosts they are valid for.
//!
//! [`read`] takes PEM text as Secrets, ConfigMaps and configurations hold it and gives the certificates and private
//! keys in it; [`Certificate::covers`] matches hosts as browsers do; [`PrivateKey::belongs_to`] tells whether a key
//! and a certificate are a pair; [`read_request`] reads who a certificate signing request asks to be.
//!
//! Architecture invariant: no signature is verified and no chain is built here, there is no clock and no list of
//! trusted roots. Nothing panics on any input; all is linear in it.

mod base64;
mod certificate;
mod hosts;
mod key;
mod pem;
mod request;

pub use base64::decode_base64;
pub use certificate::{Certificate, KeyKind, Names, WeakHash};
pub use key::PrivateKey;
pub use pem::{Contents, mentions_certificate, read};
pub use request::{Request, read_request};
