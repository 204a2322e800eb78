//! What stands before the events: the machine, its interfaces, users, processes and their descriptors. Each file knows
//! one kind of entry in all its versions, and writes the newest.

pub(crate) mod descriptors;
pub(crate) mod interfaces;
pub(crate) mod machine;
pub(crate) mod processes;
pub(crate) mod users;

use ciel_event::Text;

/// Bytes to keep.
fn text(bytes: &[u8]) -> Text {
    Text::from(bytes)
}

/// Writes a string with its length before it. What does not fit its 16 bits is cut off.
fn put_text(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(bytes.get(..usize::from(length)).unwrap_or_default());
}

/// Writes an entry with its length, which counts itself, before it.
fn put_sized(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let at = out.len();
    out.extend_from_slice(&[0; 4]);
    write(out);
    let length = u32::try_from(out.len() - at).unwrap_or(u32::MAX);
    if let Some(slot) = out.get_mut(at..at + 4) {
        slot.copy_from_slice(&length.to_le_bytes());
    }
}
