//! Azure's keys: of storage accounts and of message queues in connection strings, client secrets, and signed links.

use std::ops::Range;

use data_encoding::BASE64;

use crate::{
    Findings, Named, Reach, formats::Letters, randomness::looks_random, run_after, run_before,
};

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// The key behind a field of a connection string.
pub(crate) fn field(
    text: &str,
    mark: Range<usize>,
    what: &'static str,
    bytes: usize,
    findings: &mut Findings<'_>,
) {
    let key = run_after(text, mark.end, is_base64);
    if has_bytes(key, bytes) {
        findings.add(what, Reach::Cloud, mark.end..mark.end + key.len());
    }
}

/// A storage account's key alone, under a name that says so.
pub(crate) fn storage_key(named: Named<'_>, findings: &mut Findings<'_>) {
    let text = named.text.trim();
    if text.len() != 88 {
        return;
    }
    let name = named.name.to_ascii_lowercase();
    let says_storage = ["storage", "account", "azure"]
        .iter()
        .any(|word| name.contains(word));
    if says_storage && has_bytes(text, 64) {
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
pub(crate) fn client_secret(text: &str, mark: Range<usize>, findings: &mut Findings<'_>) {
    let part = |byte: u8| Letters::Dotted.has(byte) || byte == b'~';
    let before = run_before(text, mark.start, part);
    let after = run_after(text, mark.end, part);
    let start = mark.start - before.len();
    let end = mark.end + after.len();
    let is_marked = before.len() == 4 && before.ends_with(|digit: char| digit.is_ascii_digit());
    if is_marked
        && (37..=40).contains(&(end - start))
        && text.get(start..end).is_some_and(looks_random)
    {
        findings.add("Azure client secret", Reach::Cloud, start..end);
    }
}

/// A link that is signed to give access to storage: version, end and signature among its parameters.
pub(crate) fn signature(text: &str, mark: Range<usize>, findings: &mut Findings<'_>) {
    let signature = run_after(text, mark.end, |byte| is_base64(byte) || byte == b'%');
    if !(43..=60).contains(&signature.len()) || !looks_random(signature) {
        return;
    }
    let link_part =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>');
    let before = run_before(text, mark.end, link_part);
    let after = run_after(text, mark.end, link_part);
    let has = |field: &str| before.contains(field) || after.contains(field);
    if has("sv=20") && has("se=20") {
        findings.add(
            "Azure shared access signature",
            Reach::Cloud,
            mark.end..mark.end + signature.len(),
        );
    }
}
