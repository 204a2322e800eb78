//! Any bytes as PEM, DER and a certificate request.
#![no_main]

use ciel_certs::{Certificate, read, read_request};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let contents = read(bytes);
    for certificate in &contents.certificates {
        let _ = certificate.covers("www.example.com");
    }
    if let Some(certificate) = Certificate::from_der(bytes) {
        let _ = (certificate.covers("a.b"), certificate.display());
    }
    let _ = read_request(bytes);
});
