use x509_parser::{certification_request::X509CertificationRequest, prelude::FromDer};

use crate::{Names, decode_base64};

/// Who a certificate signing request asks to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The subject.
    pub subject: Names,
}

/// Reads the first certificate signing request of a PEM text; `None` where there is none.
#[must_use]
pub fn read_request(text: &[u8]) -> Option<Request> {
    let text = std::str::from_utf8(text).ok()?;
    let (_, rest) = text.split_once("CERTIFICATE REQUEST-----")?;
    let (body, _) = rest.split_once("-----END")?;
    let der = decode_base64(body)?;
    let (_, request) = X509CertificationRequest::from_der(&der).ok()?;
    Some(Request {
        subject: Names::of(&request.certification_request_info.subject),
    })
}
