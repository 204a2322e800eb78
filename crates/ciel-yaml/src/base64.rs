//! Standard base64 with padding, as Go's `encoding/base64.StdEncoding` decodes it: line breaks are skipped.

/// The bytes; none where the text is no base64.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut group = 0u32;
    let mut filled = 0u32;
    let mut padding = 0u32;
    for byte in text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
        if byte == b'=' {
            padding += 1;
            if filled < 2 || filled + padding > 4 {
                return None;
            }
            continue;
        }
        if padding > 0 {
            return None;
        }
        group = group << 6 | sextet(byte)?;
        filled += 1;
        if filled == 4 {
            bytes.extend(group.to_be_bytes().into_iter().skip(1));
            group = 0;
            filled = 0;
        }
    }
    match (filled, padding) {
        (0, 0) => {}
        (2, 2) => bytes.extend((group << 12).to_be_bytes().into_iter().skip(1).take(1)),
        (3, 1) => bytes.extend((group << 6).to_be_bytes().into_iter().skip(1).take(2)),
        _ => return None,
    }
    Some(bytes)
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}
