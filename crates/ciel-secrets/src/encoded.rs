use data_encoding::{BASE64, BASE64_NOPAD};

use crate::{Credential, Findings, Reach, keys, words};

/// Finds private keys and service account keys that stand in base 64, as kubeconfigs and environment variables hold them.
pub(crate) fn find(text: &str, findings: &mut Findings<'_>) {
    /// How a PEM block and JSON begin in base 64.
    const BEGINNINGS: [&str; 4] = ["LS0tLS1CRUdJTi", "ewog", "eyJ0eXBl", "eyAi"];
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    for (start, word) in words(text, part) {
        if word.len() < 100
            || !BEGINNINGS
                .iter()
                .any(|beginning| word.starts_with(beginning))
        {
            continue;
        }
        let decoded = BASE64
            .decode(word.as_bytes())
            .or_else(|_| BASE64_NOPAD.decode(word.trim_end_matches('=').as_bytes()));
        let Some(decoded) = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
            continue;
        };
        let mut inner: Vec<Credential> = Vec::new();
        keys::find(
            &decoded,
            &mut Findings {
                index: 0,
                found: &mut inner,
            },
        );
        if let Some(key) = inner.first() {
            let before = text.get(..start).unwrap_or_default().trim_end();
            let is_kubeconfig = before.ends_with("client-key-data:");
            let (what, reach) = if is_kubeconfig {
                ("key of a kubeconfig", Reach::Cloud)
            } else {
                (key.what, key.reach)
            };
            findings.add(what, reach, start..start + word.len());
        }
    }
}
