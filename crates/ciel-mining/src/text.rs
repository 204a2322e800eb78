//! Small helpers over text that all parts share.
use std::ops::Range;

/// Characters of an excerpt.
const EXCERPT: usize = 96;

/// The nearest span within the text that begins and ends between characters.
pub(crate) fn on_boundaries(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The text on one line, shortened, with passwords of URLs and long tokens masked.
pub(crate) fn excerpt(text: &str) -> String {
    let mut short = String::new();
    let mut taken = 0;
    for (number, word) in text.split_whitespace().enumerate() {
        if taken >= EXCERPT {
            short.push_str(" …");
            return short;
        }
        if number > 0 {
            short.push(' ');
        }
        let word = if looks_like_wallet(word) {
            mask(word)
        } else {
            without_userinfo(word)
        };
        for character in word.chars() {
            if taken >= EXCERPT {
                short.push('…');
                return short;
            }
            if !character.is_control() {
                short.push(character);
            }
            taken += 1;
        }
        taken += 1;
    }
    short
}

/// The ends of a long token with the middle left out.
pub(crate) fn mask(token: &str) -> String {
    let length = token.chars().count();
    if length <= 14 {
        return token.to_owned();
    }
    let head: String = token.chars().take(6).collect();
    let tail: String = token.chars().skip(length - 4).collect();
    format!("{head}…{tail}")
}

fn looks_like_wallet(word: &str) -> bool {
    word.len() >= 90 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn without_userinfo(word: &str) -> String {
    let Some((scheme, rest)) = word.split_once("://") else {
        return word.to_owned();
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rfind('@') {
        Some(at) => format!("{scheme}://…{}", rest.get(at..).unwrap_or_default()),
        None => word.to_owned(),
    }
}

/// Whether a byte may stand in a host name.
pub(crate) const fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' || byte == b'_'
}

/// The byte at an offset; none past the end.
pub(crate) fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

/// The byte before an offset; none at the start.
pub(crate) fn byte_before(text: &str, at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|before| byte(text, before))
}

/// The start of the line that holds an offset.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()
        .get(..at)
        .and_then(|head| memchr::memrchr(b'\n', head))
        .map_or(0, |newline| newline + 1)
}

/// The end of the line that holds an offset, without its break.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    text.as_bytes()
        .get(at..)
        .and_then(|tail| memchr::memchr(b'\n', tail))
        .map_or(text.len(), |newline| at + newline)
}

/// The last part of a path, with either kind of slash.
pub(crate) fn basename(path: &str) -> &str {
    path.trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(path)
}

/// What standard or URL-safe base64 stands for; none where it is something else, or no UTF-8 text.
#[must_use]
pub fn base64_text(token: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(token.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in token.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'\n' | b'\r' | b' ' => continue,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(((bits >> held) & 0xff) as u8);
            bits &= (1 << held) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}
