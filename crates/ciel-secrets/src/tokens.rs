//! Tokens by their beginning, tokens with a mark in the middle, JSON Web Tokens.

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use crate::{
    Findings,
    Reach::{self, Cloud, Service},
    formats::{FORMATS, Format, Letters, Proof},
    randomness::looks_random,
    run_after, run_before, run_up_to,
};

/// A token whose prefix stands at a place.
pub(crate) fn at_prefix(text: &str, start: usize, index: usize, findings: &mut Findings<'_>) {
    let Some(format) = FORMATS.get(index) else {
        return;
    };
    if !begins(text, start) {
        return;
    }
    let body_at = start + format.prefix.len();
    let longest = format.length.end() + 2;
    let body = run_up_to(text, body_at, longest, |byte| format.letters.has(byte))
        .trim_end_matches(['.', '-']);
    if format.matches(body) {
        findings.add(format.what, format.reach, start..body_at + body.len());
    }
}

/// Whether a word begins at a place. `\n` written out, as JSON does, ends a word too.
pub(crate) fn begins(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    let before = |distance: usize| start.checked_sub(distance).and_then(|at| bytes.get(at));
    match before(1) {
        Some(b'n' | b't' | b'r') if before(2) == Some(&b'\\') => true,
        Some(byte) => !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')),
        None => true,
    }
}

impl Format {
    fn matches(&self, body: &str) -> bool {
        if !self.length.contains(&body.len()) || !looks_random(body) {
            return false;
        }
        match self.proof {
            Proof::Random => true,
            Proof::Base62Crc => has_checksum(body),
            Proof::Holds(part) => body.contains(part),
            Proof::AgeIdentity => is_age_identity(body),
        }
    }
}

/// Whether the last six letters are the CRC-32 of those before, in base 62 with digits first, then capitals.
fn has_checksum(body: &str) -> bool {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let Some((random, sum)) = body.split_at_checked(body.len().saturating_sub(6)) else {
        return false;
    };
    let mut rest = crc32fast::hash(random.as_bytes()) as usize;
    sum.bytes().rev().all(|letter| {
        let expected = DIGITS.get(rest % 62);
        rest /= 62;
        expected == Some(&letter)
    })
}

/// Whether it ends in the checksum of BIP 173 over the prefix `age-secret-key-` and itself.
fn is_age_identity(body: &str) -> bool {
    const LETTERS: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    let prefix = b"age-secret-key-";
    let high = prefix.iter().map(|byte| u32::from(byte >> 5));
    let low = prefix.iter().map(|byte| u32::from(byte & 31));
    let mut values: Vec<u32> = high.chain([0]).chain(low).collect();
    for letter in body.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter);
        let Some(value) = value.and_then(|value| u32::try_from(value).ok()) else {
            return false;
        };
        values.push(value);
    }
    let sum = values.iter().fold(1_u32, |sum, value| {
        let next = ((sum & 0x01ff_ffff) << 5) ^ value;
        let bits = GENERATOR.iter().enumerate();
        bits.fold(next, |next, (bit, generator)| {
            if sum >> (25 + bit) & 1 == 1 {
                next ^ generator
            } else {
                next
            }
        })
    });
    sum == 1
}

/// A token of Terraform Cloud around its mark: fourteen letters before, sixty and more behind.
pub(crate) fn terraform(text: &str, mark: std::ops::Range<usize>, findings: &mut Findings<'_>) {
    let before = run_before(text, mark.start, |byte| byte.is_ascii_alphanumeric());
    let after = run_after(text, mark.end, |byte| Letters::Url.has(byte));
    if before.len() == 14 && (60..=80).contains(&after.len()) && looks_random(after) {
        let start = mark.start - before.len();
        findings.add(
            "Terraform Cloud token",
            Cloud,
            start..mark.end + after.len(),
        );
    }
}

/// A bot's token of Telegram around `:AA`: eight to ten digits before, thirty-three letters behind.
pub(crate) fn telegram(text: &str, mark: std::ops::Range<usize>, findings: &mut Findings<'_>) {
    let before = run_before(text, mark.start, |byte| byte.is_ascii_digit());
    let after = run_after(text, mark.end, |byte| Letters::Url.has(byte));
    let start = mark.start - before.len();
    // In the address of the interface, `bot` stands right before the digits.
    let is_apart =
        begins(text, start) || run_before(text, start, |byte| byte.is_ascii_lowercase()) == "bot";
    if (8..=10).contains(&before.len()) && after.len() == 33 && is_apart && looks_random(after) {
        findings.add("Telegram bot token", Service, start..mark.end + after.len());
    }
}

/// A key of Mailchimp: thirty-two hexadecimal digits, and the number of a data centre.
pub(crate) fn mailchimp(text: &str, mark: std::ops::Range<usize>, findings: &mut Findings<'_>) {
    let before = run_before(text, mark.start, |byte| Letters::LowerHex.has(byte));
    let after = run_after(text, mark.end, |byte| byte.is_ascii_alphanumeric());
    let is_number =
        (1..=2).contains(&after.len()) && after.bytes().all(|byte| byte.is_ascii_digit());
    let start = mark.start - before.len();
    if before.len() == 32 && is_number && begins(text, start) && looks_random(before) {
        findings.add("Mailchimp API key", Service, start..mark.end + after.len());
    }
}

/// A JSON Web Token that begins at a place.
pub(crate) fn json_web_token(text: &str, start: usize, findings: &mut Findings<'_>) {
    if !begins(text, start) {
        return;
    }
    let word =
        run_after(text, start, |byte| Letters::Dotted.has(byte)).trim_end_matches(['.', '-']);
    if let Some((what, reach)) = token_kind(word) {
        findings.add(what, reach, start..start + word.len());
    }
}

/// What a word is if it is a JSON Web Token that opens something.
fn token_kind(word: &str) -> Option<(&'static str, Reach)> {
    let mut parts = word.split('.');
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if signature.len() < 20 || parts.next().is_some() {
        return None;
    }
    let decode = |part: &str| -> Option<Value> {
        let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (header, payload) = (decode(header)?, decode(payload)?);
    let claim = |key| payload.get(key).and_then(Value::as_str).unwrap_or_default();
    header.get("alg")?.as_str().filter(|name| *name != "none")?;
    // The example of jwt.io and of half the world's documentation; and keys that are meant for browsers.
    if claim("sub") == "1234567890" || claim("role") == "anon" {
        return None;
    }
    let is_of_kubernetes = payload.get("kubernetes.io").is_some()
        || claim("iss").contains("kubernetes/serviceaccount")
        || claim("sub").starts_with("system:serviceaccount:");
    Some(if is_of_kubernetes {
        ("Kubernetes service account token", Cloud)
    } else {
        ("JSON Web Token", Service)
    })
}
