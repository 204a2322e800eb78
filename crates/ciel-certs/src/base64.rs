use data_encoding::{BASE64, BASE64_NOPAD};

/// Decodes base 64 as `data` of Secrets and `caBundle`s hold it; whitespace is passed over. `None` for what is none.
#[must_use]
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        let packed: Vec<u8> = text
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        return decode(&packed);
    }
    decode(text.as_bytes())
}

fn decode(packed: &[u8]) -> Option<Vec<u8>> {
    BASE64
        .decode(packed)
        .or_else(|_| BASE64_NOPAD.decode(packed))
        .ok()
}
