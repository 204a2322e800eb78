//! Numbers whose values or bits have names.

use ciel_event::{
    read_unsigned,
    schema::{NamedValue, ParamInfo, Refers},
};

use super::{Shown, number::plain};

fn names(info: &ParamInfo) -> &'static [NamedValue] {
    match info.refers {
        Refers::Names(names) => names,
        Refers::Nothing | Refers::Directory(_) | Refers::Variants(_) => &[],
    }
}

fn value(bytes: &[u8]) -> Option<u32> {
    u32::try_from(read_unsigned(bytes)?).ok()
}

fn push(name: &str, out: &mut Shown) {
    if !out.meaning.is_empty() {
        out.meaning.push(b'|');
    }
    out.means(name);
}

/// Whether all bits of a name are among those that are left; the name of nothing stands for a value without any.
fn has(left: u32, whole: u32, bits: u32) -> bool {
    if bits == 0 {
        whole == 0
    } else {
        left & bits == bits
    }
}

/// `4097(O_RDONLY|O_CLOEXEC)`: each bit is named once, by the first name that has it.
pub(super) fn flags(info: &ParamInfo, bytes: &[u8], out: &mut Shown) {
    if let Some(whole) = value(bytes) {
        out.number(whole);
        named_bits(info, bytes, &mut out.meaning);
    }
}

/// `O_RDONLY|O_CLOEXEC`, without the number.
pub(crate) fn named_bits(info: &ParamInfo, bytes: &[u8], out: &mut Vec<u8>) {
    let Some(whole) = value(bytes) else {
        return;
    };
    let mut left = whole;
    for name in names(info) {
        if has(left, whole, name.value) {
            left &= !name.value;
            if !out.is_empty() {
                out.push(b'|');
            }
            out.extend_from_slice(name.name.as_bytes());
            if name.value == whole {
                break;
            }
        }
    }
}

/// `1(AF_LOCAL|AF_UNIX)`: all names of one value.
pub(super) fn enumeration(info: &ParamInfo, bytes: &[u8], out: &mut Shown) {
    let Some(value) = value(bytes) else {
        return;
    };
    out.number(value);
    for name in names(info).iter().filter(|name| name.value == value) {
        push(name.name, out);
    }
}

/// `0644(S_IROTH|S_IRGRP|S_IWUSR|S_IRUSR)`.
pub(super) fn mode(info: &ParamInfo, bytes: &[u8], out: &mut Shown) {
    let Some(whole) = value(bytes) else {
        return;
    };
    let number = i64::from(whole.cast_signed());
    plain(number, u64::from(whole), info.format, out);
    let mut left = whole;
    for name in names(info) {
        if name.value == whole {
            push(name.name, out);
            break;
        }
        if has(left, whole, name.value) {
            left &= !name.value;
            push(name.name, out);
        }
    }
}
