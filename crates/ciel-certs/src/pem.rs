use memchr::memmem;

use crate::{Certificate, PrivateKey, decode_base64};

/// What stands in a PEM text.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Certificates, in order.
    pub certificates: Vec<Certificate>,
    /// Private keys, in order.
    pub keys: Vec<PrivateKey>,
    /// Whether a certificate is cut off or has bytes that are none: whoever loads it fails.
    pub is_damaged: bool,
    /// Whether there are more blocks than are looked at.
    pub is_cut: bool,
}

/// PEM blocks of one text that are looked at: the largest lists of trusted roots have fewer than 200.
const BLOCKS: usize = 1_000;
/// Bytes of one text that are looked at: etcd stores no larger object.
const TEXT_BYTES: usize = 4 << 20;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// Whether a text can hold a certificate at all.
#[must_use]
pub fn mentions_certificate(text: &[u8]) -> bool {
    memmem::find(text, b"-----BEGIN ").is_some_and(|at| {
        let rest = text.get(at..).unwrap_or_default();
        memmem::find(rest, b"CERTIFICATE-----").is_some()
    })
}

/// Reads the certificates and private keys of a PEM text. What stands between the blocks is passed over.
#[must_use]
pub fn read(text: &[u8]) -> Contents {
    let text = text.get(..TEXT_BYTES).unwrap_or(text);
    // PEM is ASCII; what stands around it may be anything.
    let text = String::from_utf8_lossy(text);
    let mut contents = Contents::default();
    for (index, block) in blocks(&text).enumerate() {
        if index >= BLOCKS {
            contents.is_cut = true;
            break;
        }
        match block.label {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                read_certificate(&block, &mut contents);
            }
            label if label.ends_with("PRIVATE KEY") => {
                let is_encrypted =
                    label.starts_with("ENCRYPTED") || block.body.contains("ENCRYPTED");
                let der = block.is_closed.then(|| decode_base64(block.body)).flatten();
                contents
                    .keys
                    .push(PrivateKey::new(der.unwrap_or_default(), is_encrypted));
            }
            _ => {}
        }
    }
    contents
}

fn read_certificate(block: &Block<'_>, contents: &mut Contents) {
    let der = block.is_closed.then(|| decode_base64(block.body)).flatten();
    let Some(der) = der.filter(|der| is_whole(der)) else {
        // Documentation shortens with dots; nobody means to load that.
        contents.is_damaged |= !block.body.contains("...") && !block.body.contains('<');
        return;
    };
    contents.certificates.extend(Certificate::from_der(&der));
}

/// Whether bytes are one whole DER sequence: its length is that of the bytes, or less (`TRUSTED CERTIFICATE` adds some).
fn is_whole(der: &[u8]) -> bool {
    let (Some(0x30), Some(&first)) = (der.first(), der.get(1)) else {
        return false;
    };
    let (header, length) = if first < 0x80 {
        (2, usize::from(first))
    } else {
        let count = usize::from(first & 0x7f);
        let Some(bytes) = der.get(2..2 + count).filter(|_| (1..=4).contains(&count)) else {
            return false;
        };
        let length = bytes
            .iter()
            .fold(0usize, |length, byte| length << 8 | usize::from(*byte));
        (2 + count, length)
    };
    der.len() >= header + length
}

struct Block<'t> {
    label: &'t str,
    body: &'t str,
    is_closed: bool,
}

fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(BEGIN)? + BEGIN.len();
        let after = rest.get(start..)?;
        let label_end = after.find("-----")?;
        let label = after.get(..label_end)?.trim();
        let body = after.get(label_end + 5..)?;
        // A block that is never closed ends where the next begins.
        let next = body.find(BEGIN).unwrap_or(body.len());
        let end = body.get(..next)?.find(END);
        let stop = end.unwrap_or(next);
        rest = body.get(stop..)?;
        Some(Block {
            label,
            body: body.get(..stop)?,
            is_closed: end.is_some(),
        })
    })
}
