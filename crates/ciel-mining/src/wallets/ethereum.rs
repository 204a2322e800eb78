//! Ethereum addresses (and those of Ethereum Classic and its kin): `0x` and 40 hexadecimal digits, whose case is a
//! checksum where it is mixed. (EIP-55.)
use sha3::{Digest, Keccak256};

/// Whether the checksum is right (`true`) or absent (`false`); none where the token is no address.
pub(super) fn checked(token: &str) -> Option<bool> {
    let digits = token.strip_prefix("0x")?;
    if digits.len() != 40 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let has_lower = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_upper = digits.bytes().any(|byte| byte.is_ascii_uppercase());
    if !(has_lower && has_upper) {
        // One repeated digit is a placeholder or the zero address, not somebody's.
        let mut bytes = digits.bytes();
        let first = bytes.next();
        return bytes.any(|byte| Some(byte) != first).then_some(false);
    }
    let hash = Keccak256::digest(digits.to_ascii_lowercase().as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .bytes()
        .zip(nibbles)
        .all(|(digit, nibble)| {
            !digit.is_ascii_alphabetic() || digit.is_ascii_uppercase() == (nibble >= 8)
        })
        .then_some(true)
}
