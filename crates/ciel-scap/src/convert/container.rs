//! What an early event told of a container, as the JSON that later ones carry.

use std::io::Write as _;

use ciel_event::Params;

/// Writes `id`, `type`, `name` and `image` as JSON, ended by NUL.
pub(super) fn json(old: &Params<'_>, out: &mut Vec<u8>) {
    let text = |index| {
        let bytes = old.get(index).unwrap_or_default();
        bytes.split(|byte| *byte == 0).next().unwrap_or_default()
    };
    let kind = old
        .get(1)
        .and_then(|bytes| bytes.first_chunk())
        .map_or(0, |bytes| u32::from_le_bytes(*bytes));
    out.extend_from_slice(b"{\"id\":");
    string(out, text(0));
    // Writing to memory does not fail.
    let _ = write!(out, ",\"type\":{kind}");
    out.extend_from_slice(b",\"name\":");
    string(out, text(2));
    out.extend_from_slice(b",\"image\":");
    string(out, text(3));
    out.extend_from_slice(b"}\0");
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    for byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            0..0x20 => {
                let _ = write!(out, "\\u{byte:04x}");
            }
            _ => out.push(*byte),
        }
    }
    out.push(b'"');
}
