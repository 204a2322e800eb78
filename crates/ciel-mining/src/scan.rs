//! What single literals say at the place where they stand.
use std::ops::Range;

use crate::{
    cases,
    literals::{Hit, Meaning, Weight},
    miners, pools,
    signal::{Signal, SignalKind, Signals, Strength},
    text,
    wallets::{self, Wallet},
};

/// Where a text was found, which decides how much a bare word in it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A word of a command line, or the value of an environment variable: it is meant.
    Argument,
    /// A file or a script: it may only be mentioned.
    Text,
}

/// Turns literals into signs. Names of programs are left to [`crate::commands`], keys to [`crate::config`].
pub(crate) fn literals(source: &str, hits: &[Hit], place: Place, out: &mut Signals) {
    for hit in hits {
        match hit.meaning {
            Meaning::Scheme => scheme(source, hit, place, out),
            Meaning::Pool(domain) => pool(source, hit, domain, place, out),
            Meaning::Flag(flag, weight) => self::flag(source, hit, flag, weight, place, out),
            Meaning::Method(method) => self::method(source, hit, method, out),
            Meaning::Browser(code) => out.push(Signal::new(
                SignalKind::BrowserMiner,
                Strength::Moderate,
                source,
                hit.start..hit.end,
                code,
                "has code of a miner that runs in browsers",
                &cases::TESLA,
            )),
            Meaning::Miner(miner) => {
                if miners::stands_alone(source, hit.start, hit.end, miner) {
                    out.push(Signal::new(
                        SignalKind::Mention,
                        Strength::Weak,
                        source,
                        hit.start..hit.end,
                        miner.name,
                        format!("mentions the miner {}", miner.name),
                        &cases::TWENTY_MILLION,
                    ));
                }
            }
            Meaning::Key(_) | Meaning::Script => {}
        }
    }
    several_flags(out);
}

/// Two options that only miners have make a miner.
pub(crate) fn several_flags(out: &mut Signals) {
    let mut names: Vec<String> = out
        .iter()
        .filter(|signal| {
            signal.kind == SignalKind::MinerFlags && signal.strength == Strength::Moderate
        })
        .map(|signal| signal.name.to_string())
        .collect();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        return;
    }
    for signal in out.iter_mut() {
        if signal.kind == SignalKind::MinerFlags && signal.strength == Strength::Moderate {
            signal.strength = Strength::Strong;
        }
    }
}

/// Bytes of an address that are looked at.
const ADDRESS: usize = 300;

fn scheme(source: &str, hit: &Hit, place: Place, out: &mut Signals) {
    if text::byte_before(source, hit.start).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return;
    }
    let name = source.get(hit.start..hit.end).unwrap_or_default();
    let after = source.get(hit.end..).unwrap_or_default();
    let rest = if name.ends_with("://") {
        Some(after)
    } else {
        // `tcp`, `ssl`, `tls` and the like, then `://`.
        let letters = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
        after
            .get(letters..)
            .and_then(|tail| tail.strip_prefix("://"))
    };
    let Some(rest) = rest else {
        mention_of_protocol(source, hit.start..hit.end, out);
        return;
    };
    let begin = source.len() - rest.len();
    // Addresses are short; the rest of a long line is not walked again for each.
    let rest = rest
        .get(..text::on_boundaries(rest, 0..ADDRESS).end)
        .unwrap_or(rest);
    let address = rest
        .find(|character: char| {
            character.is_whitespace()
                || matches!(
                    character,
                    '"' | '\'' | ',' | ';' | ')' | '<' | '|' | '`' | '\\'
                )
        })
        .and_then(|end| rest.get(..end))
        .unwrap_or(rest);
    let authority = address.split(['/', '#', '?']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let variable = host.starts_with(['$', '{', '%', '<']);
    if !variable && !is_concrete(host) {
        mention_of_protocol(source, hit.start..begin, out);
        return;
    }
    let strength = if variable && place == Place::Text {
        Strength::Moderate
    } else {
        Strength::Strong
    };
    out.push(Signal::new(
        SignalKind::Stratum,
        strength,
        source,
        hit.start..begin + address.len(),
        host.to_owned(),
        format!("mines at `{}` by a mining protocol", text::excerpt(host)),
        &cases::ARGO,
    ));
}

fn mention_of_protocol(source: &str, span: Range<usize>, out: &mut Signals) {
    out.push(Signal::new(
        SignalKind::Mention,
        Strength::Weak,
        source,
        span,
        "stratum",
        "mentions a mining protocol",
        &cases::ARGO,
    ));
}

/// Whether a host is somebody's, not the beginning of a pattern or an example.
fn is_concrete(host: &str) -> bool {
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let name = name.trim_matches(['[', ']']);
    name.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && !name.contains('*')
        && (name.contains(['.', ':'])
            || !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
}

fn pool(source: &str, hit: &Hit, domain: &'static str, place: Place, out: &mut Signals) {
    let Some(found) = host_around(source, hit) else {
        return;
    };
    let web = matches!(found.scheme, "http" | "https");
    let socket = matches!(found.scheme, "ws" | "wss");
    let browser = pools::is_browser_miner(domain);
    let (kind, strength) = if browser {
        (
            SignalKind::BrowserMiner,
            if web || socket {
                Strength::Moderate
            } else {
                Strength::Weak
            },
        )
    } else if web || found.email {
        (SignalKind::Pool, Strength::Weak)
    } else if socket || found.port.is_some() {
        let meant = place == Place::Argument || is_given_to(source, found.span.start);
        (
            SignalKind::Pool,
            if meant {
                Strength::Strong
            } else {
                Strength::Moderate
            },
        )
    } else if place == Place::Argument || (found.has_label && is_given_to(source, found.span.start))
    {
        (SignalKind::Pool, Strength::Moderate)
    } else {
        (SignalKind::Pool, Strength::Weak)
    };
    out.push(Signal::new(
        kind,
        strength,
        source,
        found.span,
        domain,
        format!("names the mining pool {domain}"),
        &cases::KONG,
    ));
}

struct Host<'a> {
    span: Range<usize>,
    scheme: &'a str,
    port: Option<u16>,
    has_label: bool,
    email: bool,
}

/// The whole host around a pool's domain; none where the domain is only a part of a longer name.
fn host_around<'a>(source: &'a str, hit: &Hit) -> Option<Host<'a>> {
    let bytes = source.as_bytes();
    let next = bytes.get(hit.end).copied();
    let ends = match next {
        Some(b'.') => !bytes
            .get(hit.end + 1)
            .is_some_and(u8::is_ascii_alphanumeric),
        Some(byte) => !text::is_host_byte(byte),
        None => true,
    };
    let before = text::byte_before(source, hit.start);
    let starts = before.is_none_or(|byte| byte == b'.' || !text::is_host_byte(byte));
    if !ends || !starts {
        return None;
    }
    let mut start = hit.start;
    while let Some(byte) = text::byte_before(source, start) {
        if !text::is_host_byte(byte) || hit.start - start > 253 {
            break;
        }
        start -= 1;
    }
    let head = source.get(..start).unwrap_or_default();
    let scheme = head.strip_suffix("://").map_or("", |head| {
        let letters = head
            .bytes()
            .rev()
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        head.get(head.len() - letters..).unwrap_or_default()
    });
    let digits: &str = source
        .get(hit.end..)
        .and_then(|rest| rest.strip_prefix(':'))
        .map_or("", |rest| {
            let length = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
            rest.get(..length).unwrap_or_default()
        });
    // 53 is a zone's port in a Corefile, no miner's.
    let port = digits.parse().ok().filter(|port| *port != 53);
    let end = if port.is_some() {
        hit.end + 1 + digits.len()
    } else {
        hit.end
    };
    let label = source.get(start..hit.start).unwrap_or_default();
    Some(Host {
        span: start..end,
        scheme,
        port,
        has_label: !label.is_empty() && !matches!(label, "www." | "docs." | "help." | "blog."),
        email: head.ends_with('@') && scheme.is_empty() && port.is_none(),
    })
}

/// Whether what stands before a host says that something is to connect to it.
fn is_given_to(source: &str, start: usize) -> bool {
    let from = text::line_start(source, start).max(start.saturating_sub(32));
    let from = text::on_boundaries(source, from..start).start;
    let before = source
        .get(from..start)
        .unwrap_or_default()
        .to_ascii_lowercase();
    [
        "pool", "url", "server", "stratum", "-o ", "-o=", "\"host", "address", "upstream",
        "--host", "-p ",
    ]
    .iter()
    .any(|word| before.contains(word))
}

fn flag(
    source: &str,
    hit: &Hit,
    flag: &'static str,
    weight: Weight,
    place: Place,
    out: &mut Signals,
) {
    let before = text::byte_before(source, hit.start);
    let after = text::byte(source, hit.end);
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        || after.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !flag.ends_with('/')
    {
        return;
    }
    let strength = match weight {
        Weight::Only if place == Place::Argument && is_xmrigs(flag) => Strength::Strong,
        Weight::Only => Strength::Moderate,
        Weight::Shared => Strength::Weak,
    };
    out.push(Signal::new(
        SignalKind::MinerFlags,
        strength,
        source,
        hit.start..hit.end,
        flag,
        format!("has the miner's option `{flag}`"),
        &cases::TWENTY_MILLION,
    ));
}

/// Options that XMRig and its forks invented and that have no other meaning: on a command line one is enough.
fn is_xmrigs(flag: &str) -> bool {
    flag.starts_with("--donate-")
        || flag.starts_with("--randomx-")
        || flag == "--cpu-max-threads-hint"
}

fn method(source: &str, hit: &Hit, method: &'static str, out: &mut Signals) {
    let window = text::on_boundaries(source, hit.start.saturating_sub(200)..hit.end + 300);
    let around = source.get(window).unwrap_or_default();
    let strength = if method.contains("agent") {
        Strength::Strong
    } else if method.contains("login") {
        // Many protocols log in; miners' messages name their agent and a password too.
        if !(around.contains("\"agent\"") && around.contains("\"pass\"")) {
            return;
        }
        Strength::Strong
    } else if around.contains("\"method\"") {
        Strength::Strong
    } else {
        Strength::Weak
    };
    out.push(Signal::new(
        SignalKind::Protocol,
        strength,
        source,
        hit.start..hit.end,
        method.trim_matches('"'),
        "speaks a mining protocol",
        &cases::TESLA,
    ));
}

/// Payment addresses as signs: moderate for what intruders mine, weak for the rest.
pub(crate) fn wallets(source: &str, out: &mut Signals) {
    for wallet in wallets::wallets_in(source) {
        out.push(wallet_signal(source, &wallet));
    }
}

pub(crate) fn wallet_signal(source: &str, wallet: &Wallet) -> Signal {
    Signal::new(
        SignalKind::Wallet,
        if wallet.intruders_choice {
            Strength::Moderate
        } else {
            Strength::Weak
        },
        source,
        wallet.span.clone(),
        wallet.coin,
        format!("names a {} address", wallet.coin),
        &cases::ARGO,
    )
}
