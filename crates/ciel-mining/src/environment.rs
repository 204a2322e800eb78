//! Environment variables that miners and their images read.
use std::ops::Range;

use crate::{
    cases, encoded,
    hosts::{self, HostKind},
    literals, pools,
    scan::{self, Place},
    signal::{Signal, SignalKind, Signals, Strength},
    wallets,
};

/// Names that only miners' images read.
const OWN: &[&str] = &[
    "XMRIG_",
    "XMR_WALLET",
    "XMR_POOL",
    "XMR_ADDRESS",
    "XMR_USER",
    "MONERO_WALLET",
    "MONERO_ADDRESS",
    "MONERO_POOL",
    "MINING_POOL",
    "MINING_ADDRESS",
    "MINING_WALLET",
    "MINING_USER",
    "MINER_WALLET",
    "MINER_POOL",
    "MINER_USER",
    "MINER_ADDRESS",
    "MINER_ALGO",
    "STRATUM_URL",
    "STRATUM_SERVER",
    "STRATUM_POOL",
    "STRATUM_USER",
    "POOL_WALLET",
    "WALLET_POOL",
    "DONATE_LEVEL",
    "RIG_NAME",
    "RIG_ID",
    "ETHMINER_",
    "CPUMINER_",
    "NICEHASH_",
    "HASHVAULT_",
    "P2POOL_",
];
/// Names that say where to connect.
const SERVER: &[&str] = &[
    "POOL", "STRATUM", "SERVER", "URL", "HOST", "ENDPOINT", "MINING", "NODE",
];
/// Names that say who is paid.
const USER: &[&str] = &["WALLET", "USER", "ADDRESS", "ADDR", "ACCOUNT", "PAYOUT"];
/// Settings of OpenCL that guides for graphics miners give.
const GPU: &[&str] = &[
    "GPU_FORCE_64BIT_PTR",
    "GPU_MAX_HEAP_SIZE",
    "GPU_USE_SYNC_OBJECTS",
    "GPU_MAX_ALLOC_PERCENT",
    "GPU_SINGLE_ALLOC_PERCENT",
    "GPU_MAX_SINGLE_ALLOC_PERCENT",
];

/// Signs in the environment of one container, given as names and values. [`Signal::word`] is the index of the pair,
/// [`Signal::span`] is within its value.
#[must_use]
pub fn signals_in_environment(variables: &[(&str, &str)]) -> Vec<Signal> {
    let mut out = Signals::default();
    let (mut server, mut user, mut algorithm) = (None, None, false);
    // An Ethereum or Bitcoin address beside a server is any web3 program, unless the server is called a pool.
    let (mut pool, mut likely) = (false, false);
    let mut gpu = Vec::new();
    for (index, (name, value)) in variables.iter().enumerate() {
        let upper = name.to_ascii_uppercase();
        let mut here = Signals::default();
        let hits = literals::find(value);
        scan::literals(value, &hits, Place::Argument, &mut here);
        scan::wallets(value, &mut here);
        let marked = !hits.is_empty() && encoded::is_marked(value);
        encoded::examine(value, marked, 0, &mut here);
        let own = OWN.iter().any(|own| upper.starts_with(own)) && !value.is_empty();
        if own {
            here.push(environment(
                value,
                0..value.len(),
                name,
                Strength::Moderate,
                "a variable of miners",
            ));
        }
        let called_pool = has_word(&upper, &["POOL", "STRATUM", "MINING"]);
        if is_endpoint(value) && might_be_pool(&upper, called_pool, value) {
            pool |= called_pool;
            server = Some(index);
        }
        if let Some(wallet) = wallets::wallet_at_start(value)
            && (has_word(&upper, USER) || wallet.intruders_choice && wallet.span.end == value.len())
        {
            likely |= wallet.intruders_choice;
            user = Some(index);
        }
        if matches!(
            upper.as_str(),
            "ALGO" | "ALGORITHM" | "MINER_ALGO" | "COIN_ALGO"
        ) && literals::is_algorithm(value)
        {
            algorithm = true;
            here.push(environment(
                value,
                0..value.len(),
                name,
                Strength::Weak,
                "a mining algorithm",
            ));
        }
        if GPU.contains(&upper.as_str()) {
            gpu.push(index);
        }
        out.extend(here.into_vec().into_iter().map(|mut signal| {
            signal.word = index;
            signal
        }));
    }
    let value = |index: usize| variables.get(index).map_or("", |(_, value)| value);
    let name = |index: usize| variables.get(index).map_or("", |(name, _)| name);
    let user: Option<usize> = user.filter(|_| likely || pool);
    if let (Some(at), true) = (server, user.is_some() || algorithm) {
        let strength = if user.is_some() {
            Strength::Strong
        } else {
            Strength::Moderate
        };
        let mut signal = environment(
            value(at),
            0..value(at).len(),
            name(at),
            strength,
            "a server, beside a wallet or a mining algorithm",
        );
        signal.word = at;
        out.push(signal);
    }
    if let (Some(at), true) = (gpu.first().copied(), gpu.len() >= 2) {
        let mut signal = environment(
            value(at),
            0..value(at).len(),
            name(at),
            Strength::Moderate,
            "one of the settings that graphics miners want",
        );
        signal.word = at;
        out.push(signal);
    }
    out.into_vec()
}

fn environment(
    value: &str,
    span: Range<usize>,
    name: &str,
    strength: Strength,
    what: &str,
) -> Signal {
    Signal::new(
        SignalKind::MiningEnvironment,
        strength,
        value,
        span,
        name.to_owned(),
        format!("sets `{name}`, {what}"),
        &cases::AZURENQL,
    )
}

/// Whether an address may be a pool's: called one, or bare, or on a pool's port, or under a name that says only that it
/// is a server. Shops that take Monero have connection pools, databases, mail servers and nodes beside their wallet.
fn might_be_pool(name: &str, called_pool: bool, value: &str) -> bool {
    let port = value
        .rsplit_once(':')
        .and_then(|(_, port)| port.split('/').next()?.parse::<u16>().ok());
    let typical = port.is_some_and(pools::is_typical_port);
    let host = hosts::host_kind(value);
    let inside = host == HostKind::Internal;
    if called_pool {
        return !inside || typical;
    }
    // A Monero node or wallet, on any of its networks.
    let node = matches!(port, Some(18080..=18089 | 28080..=28089 | 38080..=38089));
    if node || inside {
        return false;
    }
    let plain = name
        .split(['_', '-', '.'])
        .all(|part| has_word(part, SERVER));
    plain || typical || host == HostKind::RawAddress
}

fn has_word(name: &str, words: &[&str]) -> bool {
    name.split(['_', '-', '.']).any(|part| {
        words.contains(&part.trim_end_matches(|character: char| character.is_ascii_digit()))
    })
}

/// `host:port`, perhaps with a miner's scheme before it; not an address of the web or of a database.
fn is_endpoint(value: &str) -> bool {
    let (scheme, rest) = value.split_once("://").unwrap_or(("", value));
    let plain =
        scheme.is_empty() || matches!(scheme, "tcp" | "ssl" | "tls") || scheme.contains("stratum");
    plain
        && rest.rsplit_once(':').is_some_and(|(host, port)| {
            let port = port.split('/').next().unwrap_or_default();
            !host.is_empty()
                && !host.contains(char::is_whitespace)
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        })
}
