//! Bytes that should be UTF-8, as Go treats them.

/// The text, with one U+FFFD for each byte that is no part of valid UTF-8 (Rust's own lossy conversion writes one
/// for a whole truncated sequence).
pub(crate) fn lossy(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}
