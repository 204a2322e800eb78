//! Bech32 and bech32m addresses. (BIP 173, BIP 350; Dero, Chia, Aleo and Spacemesh use the same codes for their own.)
use bech32::{Bech32, Bech32m, Hrp, primitives::decode::CheckedHrpstring};

/// The coin whose address this is; none where the checksum is wrong or the prefix is none of a mined coin.
pub(super) fn coin(token: &str) -> Option<&'static str> {
    let separator = token.find('1')?;
    let prefix = token.get(..separator)?;
    if !(2..=5).contains(&prefix.len()) {
        return None;
    }
    let prefix = prefix.to_ascii_lowercase();
    if let Some((_, coin)) = SEGWIT.iter().find(|(known, _)| *known == prefix) {
        bech32::segwit::decode(token).ok()?;
        return Some(coin);
    }
    let (_, coin) = PLAIN.iter().find(|(known, _)| *known == prefix)?;
    checksum_is_right(token, &prefix).then_some(coin)
}

const SEGWIT: &[(&str, &str)] = &[
    ("bc", "Bitcoin"),
    ("tb", "Bitcoin test network"),
    ("ltc", "Litecoin"),
    ("vtc", "Vertcoin"),
    ("dgb", "DigiByte"),
    ("grs", "Groestlcoin"),
    ("btg", "Bitcoin Gold"),
    ("mona", "Monacoin"),
];

const PLAIN: &[(&str, &str)] = &[
    ("dero", "Dero"),
    ("deroi", "Dero"),
    ("xch", "Chia"),
    ("aleo", "Aleo"),
    ("sm", "Spacemesh"),
    ("xel", "Xelis"),
];

fn checksum_is_right(token: &str, prefix: &str) -> bool {
    let Ok(expected) = Hrp::parse(prefix) else {
        return false;
    };
    let matches = |hrp: Hrp| hrp == expected;
    CheckedHrpstring::new::<Bech32>(token).is_ok_and(|checked| matches(checked.hrp()))
        || CheckedHrpstring::new::<Bech32m>(token).is_ok_and(|checked| matches(checked.hrp()))
}
