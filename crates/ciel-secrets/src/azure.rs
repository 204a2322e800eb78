use data_encoding::BASE64;
use memchr::memmem;

use crate::{Findings, Named, Reach, randomness::looks_random, words};

/// Finds Azure's keys: of storage accounts and of message queues in connection strings, client secrets, and signed
/// links.
pub(crate) fn find(named: Named<'_>, findings: &mut Findings<'_>) {
    connection_strings(named, findings);
    client_secrets(named.text, findings);
    signatures(named.text, findings);
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

fn connection_strings(named: Named<'_>, findings: &mut Findings<'_>) {
    /// Field, what its key is, how many bytes the key has.
    const FIELDS: [(&str, &str, usize); 2] = [
        ("AccountKey=", "Azure storage account key", 64),
        ("SharedAccessKey=", "Azure shared access key", 32),
    ];
    for (field, what, bytes) in FIELDS {
        for start in memmem::find_iter(named.text.as_bytes(), field) {
            let start = start + field.len();
            let rest = named.text.get(start..).unwrap_or_default();
            let length = rest.bytes().take_while(|byte| is_base64(*byte)).count();
            if rest.get(..length).is_some_and(|key| has_bytes(key, bytes)) {
                findings.add(what, Reach::Cloud, start..start + length);
            }
        }
    }
    let name = named.name.to_ascii_lowercase();
    let says_storage = ["storage", "account", "azure"]
        .iter()
        .any(|word| name.contains(word));
    let text = named.text.trim();
    if says_storage && text.len() == 88 && has_bytes(text, 64) {
        let start = named.text.len() - named.text.trim_start().len();
        findings.add(
            "Azure storage account key",
            Reach::Cloud,
            start..start + text.len(),
        );
    }
}

/// Whether it is base 64 of so many random bytes. Microsoft's emulator has one key for all the world.
fn has_bytes(key: &str, bytes: usize) -> bool {
    const EMULATOR: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq";
    let decoded = BASE64.decode(key.as_bytes());
    decoded.is_ok_and(|decoded| decoded.len() == bytes)
        && !key.starts_with(EMULATOR)
        && looks_random(key)
}

/// Client secrets of Entra ID have a digit, `Q` and a tilde behind their first three letters, and forty in all.
fn client_secrets(text: &str, findings: &mut Findings<'_>) {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'~' | b'.' | b'-');
    for (start, word) in words(text, part) {
        let is_marked =
            matches!(word.as_bytes(), [_, _, _, digit, b'Q', b'~', ..] if digit.is_ascii_digit());
        if is_marked && (37..=40).contains(&word.len()) && looks_random(word) {
            findings.add(
                "Azure client secret",
                Reach::Cloud,
                start..start + word.len(),
            );
        }
    }
}

/// Links that are signed to give access to storage: version, end and signature among their parameters.
fn signatures(text: &str, findings: &mut Findings<'_>) {
    const FIELD: &str = "sig=";
    for at in memmem::find_iter(text.as_bytes(), FIELD) {
        let before = text.as_bytes().get(at.wrapping_sub(1));
        let start = at + FIELD.len();
        let rest = text.get(start..).unwrap_or_default();
        let length = rest
            .bytes()
            .take_while(|byte| is_base64(*byte) || *byte == b'%')
            .count();
        let signature = rest.get(..length).unwrap_or_default();
        let is_parameter = matches!(before, Some(b'&' | b'?'));
        if is_parameter
            && (43..=60).contains(&signature.len())
            && text.contains("sv=20")
            && text.contains("se=20")
            && looks_random(signature)
        {
            findings.add(
                "Azure shared access signature",
                Reach::Cloud,
                start..start + length,
            );
        }
    }
}
