//! Bitcoin's base58check: a version, 20 bytes of hash, four bytes of double SHA-256. (Bitcoin developer reference,
//! "Address Conversion"; versions from each coin's `chainparams.cpp`.)

/// The coin whose address this is; none where the checksum or the version is none of a mined coin.
pub(super) fn coin(token: &str) -> Option<&'static str> {
    if !(26..=36).contains(&token.len()) || !token.starts_with(FIRST_LETTERS) {
        return None;
    }
    let mut buffer = [0_u8; 32];
    let length = bs58::decode(token)
        .with_check(None)
        .onto(&mut buffer)
        .ok()?;
    match (buffer.get(..length)?, length) {
        ([version, ..], 21) => by_version(*version),
        // Zcash transparent addresses have two bytes of version.
        ([0x1c, 0xb8 | 0xbd, ..], 22) => Some("Zcash or Flux"),
        ([0x20, 0x89 | 0x96, ..], 22) => Some("Horizen"),
        _ => None,
    }
}

const FIRST_LETTERS: [char; 14] = [
    '1', '3', 'L', 'M', 'D', '9', 'A', 'X', '7', 'R', 't', 'z', 'G', 'a',
];

const fn by_version(version: u8) -> Option<&'static str> {
    match version {
        0 | 5 => Some("Bitcoin"),
        48 | 50 => Some("Litecoin"),
        30 | 22 => Some("Dogecoin"),
        76 | 16 => Some("Dash"),
        // Ravencoin, Verus, Komodo and Neurai share it.
        60 => Some("Ravencoin or Verus"),
        38 => Some("Bitcoin Gold"),
        82 => Some("Firo"),
        _ => None,
    }
}
