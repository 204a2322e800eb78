//! Addresses with a prefix, a colon and a 40-bit checksum: Bitcoin Cash's, and Kaspa's and its descendants'.
//! (Bitcoin Cash specification, "Address format"; rusty-kaspa `crypto/addresses`.)
use std::ops::Range;

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

const PREFIXES: &[(&str, &str)] = &[
    ("kaspa", "Kaspa"),
    ("karlsen", "Karlsen"),
    ("pyrin", "Pyrin"),
    ("spectre", "Spectre"),
    ("nexa", "Nexa"),
    ("bugna", "Bugna"),
    ("astrix", "Astrix"),
    ("hoosat", "Hoosat"),
    ("bitcoincash", "Bitcoin Cash"),
    ("ecash", "eCash"),
];

/// The coin of the address whose part behind the colon is this run, and where its prefix starts.
pub(super) fn coin(text: &str, run: &Range<usize>) -> Option<(&'static str, usize)> {
    let payload = text.get(run.clone())?;
    if !(40..=112).contains(&payload.len()) {
        return None;
    }
    let before = text.get(..run.start)?.strip_suffix(':')?;
    let (prefix, coin) = PREFIXES.iter().find(|(prefix, _)| {
        before.ends_with(prefix)
            && !before
                .len()
                .checked_sub(prefix.len() + 1)
                .and_then(|at| before.as_bytes().get(at))
                .is_some_and(u8::is_ascii_alphanumeric)
    })?;
    checksum_is_right(prefix, payload).then_some((coin, run.start - 1 - prefix.len()))
}

fn checksum_is_right(prefix: &str, payload: &str) -> bool {
    let mut state = 1_u64;
    for byte in prefix.bytes() {
        state = step(state, byte & 0x1f);
    }
    state = step(state, 0);
    for byte in payload.bytes() {
        let Some(value) = ALPHABET.iter().position(|letter| *letter == byte) else {
            return false;
        };
        state = step(state, value as u8);
    }
    state == 1
}

fn step(state: u64, value: u8) -> u64 {
    const GENERATOR: [u64; 5] = [
        0x98_f2bc_8e61,
        0x79_b76d_99e2,
        0xf3_3e5f_b3c4,
        0xae_2eab_e2a8,
        0x1e_4f43_e470,
    ];
    let top = state >> 35;
    let mut next = ((state & 0x07_ffff_ffff) << 5) ^ u64::from(value);
    for (bit, generator) in GENERATOR.iter().enumerate() {
        if (top >> bit) & 1 == 1 {
            next ^= generator;
        }
    }
    next
}
