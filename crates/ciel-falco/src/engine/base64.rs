//! The transformer `b64`: base 64 as Falco's library decodes it.

/// What a text stands for, padding or not; `None` if it is no base 64.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let end = text
        .iter()
        .rposition(|byte| *byte != b'=')
        .map_or(0, |last| last + 1);
    let text = text.get(..end)?;
    if text.is_empty() || text.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.chunks(4) {
        let mut bits = 0_u32;
        for byte in group {
            bits = bits << 6 | u32::from(digit(*byte)?);
        }
        let missing = 4 - group.len();
        bits <<= 6 * missing;
        // Bits that stand for nothing must be zero.
        if bits & ((1 << (8 * missing)) - 1) != 0 {
            return None;
        }
        out.extend(bits.to_be_bytes().iter().skip(1).take(3 - missing));
    }
    Some(out)
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
