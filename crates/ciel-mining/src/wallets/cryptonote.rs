//! Monero and the coins that descend from CryptoNote: base58 in blocks of eight bytes, with the first four bytes of
//! Keccak-256 as checksum. (Monero documentation, "Standard address"; CryptoNote Standard 007.)
use sha3::{Digest, Keccak256};

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Characters that a block of so many bytes takes, by number of bytes.
const BLOCK: [usize; 9] = [0, 2, 3, 5, 6, 7, 9, 10, 11];

/// The coin whose address this is; none where the checksum is wrong.
pub(super) fn coin(token: &str) -> Option<&'static str> {
    if !(90..=150).contains(&token.len()) {
        return None;
    }
    let bytes = decode(token)?;
    let (body, checksum) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
    let hash = Keccak256::digest(body);
    if hash.get(..4)? != checksum {
        return None;
    }
    let (tag, tag_bytes) = varint(body)?;
    // Two public keys, and eight bytes more in an address with a payment id.
    if ![64, 72].contains(&(body.len() - tag_bytes)) {
        return None;
    }
    Some(by_tag(tag).unwrap_or_else(|| by_letters(token)))
}

fn by_tag(tag: u64) -> Option<&'static str> {
    match tag {
        18 | 19 | 42 => Some("Monero"),
        // Testnet and stagenet.
        53 | 54 | 63 | 24 | 25 | 36 => Some("Monero test network"),
        4146 | 6810 | 12208 => Some("Wownero"),
        _ => None,
    }
}

/// The letters that addresses of a coin begin with are chosen by its authors, and better known than the tags.
fn by_letters(token: &str) -> &'static str {
    const COINS: &[(&str, &str)] = &[
        ("ZEPH", "Zephyr"),
        ("SaLv", "Salvium"),
        ("SC1", "Salvium"),
        ("TRTL", "TurtleCoin"),
        ("ccx7", "Conceal"),
        ("etn", "Electroneum"),
        ("Sumo", "Sumokoin"),
        ("RYo", "Ryo"),
        ("Wo", "Wownero"),
        ("WW", "Wownero"),
        ("hv", "Haven"),
        ("gnt", "Graft"),
        ("Se", "Scala"),
        ("Sv", "Scala"),
        ("ar", "ArQmA"),
        ("aR", "ArQmA"),
        ("Me", "Masari"),
        ("5", "Masari"),
        ("L", "Oxen"),
        ("bx", "BitTube"),
        ("Ss", "Scala"),
    ];
    COINS
        .iter()
        .find(|(letters, _)| token.starts_with(letters))
        .map_or("CryptoNote", |(_, coin)| coin)
}

fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().take(8).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

fn decode(token: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(token.len());
    for block in token.as_bytes().chunks(11) {
        let size = BLOCK
            .iter()
            .position(|&characters| characters == block.len())?;
        let mut value = 0_u128;
        for byte in block {
            let digit = ALPHABET.iter().position(|letter| letter == byte)?;
            value = value * 58 + digit as u128;
        }
        if value >> (8 * size) != 0 {
            return None;
        }
        let big_endian = value.to_be_bytes();
        bytes.extend_from_slice(big_endian.get(16 - size..)?);
    }
    Some(bytes)
}
