use data_encoding::BASE64;
use memchr::memmem;

use crate::{Findings, Reach};

/// The beginning of a block in PEM.
const BEGIN: &str = "-----BEGIN ";

/// Finds private keys in PEM, with the key of a Google service account told apart by what stands around it.
pub(crate) fn find(text: &str, findings: &mut Findings<'_>) {
    for start in memmem::find_iter(text.as_bytes(), BEGIN) {
        let rest = text.get(start + BEGIN.len()..).unwrap_or_default();
        let Some((label, body)) = rest.split_once("-----") else {
            continue;
        };
        if !label.contains("PRIVATE KEY") || label.len() > 40 {
            continue;
        }
        let Some(end) = body.find("-----END") else {
            continue;
        };
        let length = BEGIN.len() + label.len() + 5 + end;
        let body = body.get(..end).unwrap_or_default();
        if is_key(label, body) {
            let (what, reach) = kind(text, label, body);
            findings.add(what, reach, start..start + length);
        }
    }
}

fn kind(text: &str, label: &str, body: &str) -> (&'static str, Reach) {
    let is_encrypted = label.starts_with("ENCRYPTED") || body.contains("ENCRYPTED");
    if is_encrypted {
        ("encrypted private key", Reach::Half)
    } else if text.contains("service_account") && text.contains("client_email") {
        ("Google Cloud service account key", Reach::Cloud)
    } else {
        ("private key", Reach::Service)
    }
}

/// Whether the body is what it says: DER, OpenSSH's format, or a block of OpenPGP.
fn is_key(label: &str, body: &str) -> bool {
    if label.contains("PGP") {
        return body.len() > 200;
    }
    // In JSON, line ends are written `\n`; headers of the old encrypted form have a colon.
    let body = body.replace("\\n", "\n").replace("\\r", "");
    let lines = body.lines().filter(|line| !line.contains(':'));
    let mut letters: String = lines
        .flat_map(str::chars)
        .filter(|letter| !letter.is_whitespace())
        .collect();
    letters.truncate(letters.len() - letters.len() % 4);
    let Ok(bytes) = BASE64.decode(letters.as_bytes()) else {
        return false;
    };
    let is_der = bytes.first() == Some(&0x30) && bytes.len() >= 40;
    let is_openssh = bytes.starts_with(b"openssh-key-v1\0");
    // What was encrypted the old way looks like noise.
    let is_noise = body.contains("ENCRYPTED") && bytes.len() >= 40;
    is_der || is_openssh || is_noise
}
