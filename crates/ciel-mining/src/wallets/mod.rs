//! Payment addresses of coins that are mined, recognised by format and, where the format has one, by checksum.
//!
//! A random token passes a checksum of 30 or 32 bits once in a billion times, so an address with a checksum is an
//! address. That is not a sign of mining yet: shops, donation pages and web3 applications hold addresses too.
mod base58check;
mod bech;
mod cashaddr;
mod cryptonote;
mod ethereum;

use std::ops::Range;

/// A payment address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// The coin, in words: `Monero`, `Ravencoin or Verus`.
    pub coin: &'static str,
    /// Where the address stands in the text, in bytes.
    pub span: Range<usize>,
    /// Whether a checksum was there and right. Without one (an Ethereum address in one case) anything of the form
    /// passes.
    pub checked: bool,
    /// Whether the coin is mined by ordinary processors and is what most intruders mine.
    pub intruders_choice: bool,
}

/// The shortest address of any format here (a short Bitcoin address).
const SHORTEST: usize = 26;
/// The longest address (Dero and Zephyr integrated addresses included).
const LONGEST: usize = 160;
/// Addresses kept of one text.
const KEPT: usize = 256;

/// All addresses in a text, in their order; at most 256.
///
/// Linear in the text: it looks at each run of letters and digits once, and jumps over what is too short to hold an
/// address.
#[must_use]
pub fn wallets_in(text: &str) -> Vec<Wallet> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(window) = bytes.get(at..at + SHORTEST) {
        if let Some(gap) = window
            .iter()
            .rposition(|byte| !byte.is_ascii_alphanumeric())
        {
            at += gap + 1;
            continue;
        }
        let rest = bytes.get(at + SHORTEST..).unwrap_or_default();
        let more = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let end = at + SHORTEST + more;
        if end - at <= LONGEST
            && let Some(wallet) = in_run(text, at..end)
        {
            found.push(wallet);
            if found.len() == KEPT {
                break;
            }
        }
        at = end;
    }
    found
}

/// The address that the whole text is, apart from a worker's name or a difficulty behind it (`ADDRESS.rig1`,
/// `ADDRESS+50000`, `ADDRESS/rig`).
#[must_use]
pub fn wallet_at_start(text: &str) -> Option<Wallet> {
    wallets_in(text.get(..text.len().min(2 * LONGEST)).unwrap_or(text))
        .into_iter()
        .find(|wallet| wallet.span.start == 0)
}

fn in_run(text: &str, run: Range<usize>) -> Option<Wallet> {
    let token = text.get(run.clone())?;
    let wallet = |coin, span, checked, intruders_choice| Wallet {
        coin,
        span,
        checked,
        intruders_choice,
    };
    if let Some(coin) = cryptonote::coin(token) {
        return Some(wallet(coin, run, true, true));
    }
    if let Some((coin, start)) = cashaddr::coin(text, &run) {
        return Some(wallet(
            coin,
            start..run.end,
            true,
            coin != "Bitcoin Cash" && coin != "eCash",
        ));
    }
    if let Some(coin) = bech::coin(token) {
        return Some(wallet(coin, run, true, coin == "Dero"));
    }
    if let Some(checked) = ethereum::checked(token) {
        return Some(wallet("Ethereum", run, checked, false));
    }
    let coin = base58check::coin(token)?;
    Some(wallet(coin, run, true, false))
}
