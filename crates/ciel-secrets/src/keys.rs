//! Private keys in PEM, as they are and in base64.

use data_encoding::{BASE64, BASE64_NOPAD};

use crate::{Findings, Reach, run_after, run_up_to};

/// The beginning of a block in PEM.
pub(crate) const BEGIN: &str = "-----BEGIN ";
/// No key is longer than this in PEM.
const KEY_BYTES: usize = 64 << 10;
/// As far around a key we look for what it belongs to.
const AROUND_BYTES: usize = 4 << 10;

/// The private key whose block begins at a place, with the key of a Google service account told apart by what stands
/// around it.
pub(crate) fn at(text: &str, start: usize, findings: &mut Findings<'_>) {
    let rest = window(text, start + BEGIN.len(), KEY_BYTES);
    let label = run_after(rest, 0, |byte| byte.is_ascii_alphanumeric() || byte == b' ');
    if !label.contains("PRIVATE KEY") || label.len() > 40 {
        return;
    }
    let Some(body) = rest
        .get(label.len()..)
        .and_then(|rest| rest.strip_prefix("-----"))
    else {
        return;
    };
    // Not farther than the next dashes, so that texts with many beginnings are not read many times.
    let Some(end) = body.find("-----") else {
        return;
    };
    if !body
        .get(end..)
        .is_some_and(|rest| rest.starts_with("-----END"))
    {
        return;
    }
    let length = BEGIN.len() + label.len() + 5 + end;
    let body = body.get(..end).unwrap_or_default();
    if is_key(label, body) {
        let around = window(
            text,
            start.saturating_sub(AROUND_BYTES),
            2 * AROUND_BYTES + length,
        );
        let (what, reach) = kind(around, label, body);
        findings.add(what, reach, start..start + length);
    }
}

/// Bytes of a text from about a place on, on character boundaries.
fn window(text: &str, start: usize, length: usize) -> &str {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    text.get(boundary(start)..boundary(start.saturating_add(length)))
        .unwrap_or_default()
}

fn kind(around: &str, label: &str, body: &str) -> (&'static str, Reach) {
    let is_encrypted = label.starts_with("ENCRYPTED") || body.contains("ENCRYPTED");
    if is_encrypted {
        ("encrypted private key", Reach::Half)
    } else if around.contains("service_account") && around.contains("client_email") {
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
    while !letters.len().is_multiple_of(4) {
        letters.pop();
    }
    let Ok(bytes) = BASE64.decode(letters.as_bytes()) else {
        return false;
    };
    let is_der = bytes.first() == Some(&0x30) && bytes.len() >= 40;
    let is_openssh = bytes.starts_with(b"openssh-key-v1\0");
    // What was encrypted the old way looks like noise.
    let is_noise = body.contains("ENCRYPTED") && bytes.len() >= 40;
    is_der || is_openssh || is_noise
}

/// A private key or a service account's key that begins at a place in base64, as kubeconfigs and environment variables
/// hold them. Returns where the word ends.
pub(crate) fn at_encoded(text: &str, start: usize, findings: &mut Findings<'_>) -> usize {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let word = run_up_to(text, start, KEY_BYTES, part);
    let end = start + word.len();
    if word.len() < 100 {
        return end;
    }
    let decoded = BASE64
        .decode(word.as_bytes())
        .or_else(|_| BASE64_NOPAD.decode(word.trim_end_matches('=').as_bytes()));
    let Some(decoded) = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return end;
    };
    let mut inner = Vec::new();
    let begins = memchr::memmem::find_iter(decoded.as_bytes(), BEGIN);
    for begin in begins.take(8) {
        at(&decoded, begin, &mut Findings::of(0, &mut inner));
    }
    if let Some(key) = inner.first() {
        let before = text
            .get(..start)
            .unwrap_or_default()
            .trim_end_matches([' ', '"', '\'']);
        let is_kubeconfig =
            before.ends_with("client-key-data:") || before.ends_with("client-key-data\":");
        let (what, reach) = if is_kubeconfig {
            ("key of a kubeconfig", Reach::Cloud)
        } else {
            (key.what, key.reach)
        };
        findings.add(what, reach, start..end);
    }
    end
}
