//! Bytes made fit to be shown.

use std::borrow::Cow;

/// What stands in place of bytes that cannot be shown: U+FFFD.
const REPLACEMENT: &str = "\u{FFFD}";

/// The text with each broken UTF-8 sequence, control character and non-character replaced by U+FFFD. Borrowed where nothing
/// had to be replaced. Falco's libraries do the same to names and paths since 2026.
#[must_use]
pub fn sanitize(bytes: &[u8]) -> Cow<'_, [u8]> {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~');
    let Some(first) = bytes.iter().position(|byte| !plain(byte)) else {
        return Cow::Borrowed(bytes);
    };
    if std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_printable)) {
        return Cow::Borrowed(bytes);
    }
    let (clean, rest) = bytes.split_at(first);
    let mut out = Vec::with_capacity(bytes.len() + REPLACEMENT.len());
    out.extend_from_slice(clean);
    for chunk in rest.utf8_chunks() {
        for character in chunk.valid().chars() {
            let shown = if is_printable(character) {
                character
            } else {
                char::REPLACEMENT_CHARACTER
            };
            out.extend_from_slice(shown.encode_utf8(&mut [0; 4]).as_bytes());
        }
        if !chunk.invalid().is_empty() {
            out.extend_from_slice(REPLACEMENT.as_bytes());
        }
    }
    Cow::Owned(out)
}

/// Whether a character may be shown: neither a control character nor a non-character of Unicode.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{FDD0}'..='\u{FDEF}')
        && u32::from(character) & 0xFFFE != 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &[u8], to: &str) {
        assert_eq!(String::from_utf8_lossy(&sanitize(from)), to);
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(
            sanitize("/etc/pass wd é 日本 😀".as_bytes()),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn what_cannot_be_shown_is_replaced_once_each() {
        for (from, to) in [
            (&b"a\nb\x7f"[..], "a\u{FFFD}b\u{FFFD}"),
            (b"\x80x", "\u{FFFD}x"),
            (b"\xE0\xA0", "\u{FFFD}"),
            (b"\xE0\x41", "\u{FFFD}A"),
            (b"\xF0\x9F\x98z", "\u{FFFD}z"),
            (b"\xC2\x85", "\u{FFFD}"),
            (b"\xEF\xB7\x90", "\u{FFFD}"),
            (b"\xED\xA0\x80", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            (b"", ""),
        ] {
            check(from, to);
        }
    }
}
