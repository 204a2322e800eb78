//! Configuration files of miners, whole or in part, as JSON, YAML or INI.
use crate::{
    cases,
    literals::{Hit, Meaning},
    signal::{Signal, SignalKind, Signals, Strength},
    text,
};

/// Keys of the list in `literals` that other programs have too.
const SHARED: &[&str] = &[
    "tls-fingerprint",
    "verbose_level",
    "wallet_address",
    "payoutId",
    "randomx",
    "low_power_mode",
    "validate-shares",
    "rig_id",
    "self-select",
    "rigName",
    "cache_qos",
    "pool_address",
    "nicehash",
];

/// Keys that say little by themselves and belong to a miner's file beside the others.
const COMMON: &[&str] = &[
    "pools",
    "url",
    "user",
    "pass",
    "algo",
    "algorithm",
    "coin",
    "wallet",
    "worker",
    "cpu",
    "opencl",
    "cuda",
    "keepalive",
    "huge-pages",
    "autosave",
    "retry-pause",
    "print-time",
    "currency",
    "pool",
    "pool1",
    "priority",
    "background",
    "threads",
    "api-listen",
    "intensity",
];

/// Adds the sign of a miner's configuration, if the keys make one.
pub(crate) fn examine(source: &str, hits: &[Hit], out: &mut Signals) {
    let mut own: Vec<(&'static str, usize, usize)> = Vec::new();
    for hit in hits {
        if let Meaning::Key(key) = hit.meaning
            && is_key(source, hit.start, hit.end)
            && !own.iter().any(|(known, ..)| *known == key)
        {
            own.push((key, hit.start, hit.end));
        }
    }
    let Some((_, first, _)) = own.first().copied() else {
        return;
    };
    let common = COMMON.iter().filter(|key| has_key(source, key)).count();
    let only = own.iter().filter(|(key, ..)| !SHARED.contains(key)).count();
    let points = 2 * only + (own.len() - only) + common;
    let strength = match (only, points) {
        (1.., 5..) => Strength::Strong,
        (1.., 3..) | (0, 6..) => Strength::Moderate,
        (1.., _) => Strength::Weak,
        _ => return,
    };
    let names: Vec<&str> = own.iter().take(4).map(|(key, ..)| *key).collect();
    out.push(Signal::new(
        SignalKind::MinerConfig,
        strength,
        source,
        first..text::line_end(source, first).min(first + 80),
        "miner",
        format!(
            "has the keys of a miner's configuration ({})",
            names.join(", ")
        ),
        &cases::AZURENQL,
    ));
}

/// Whether the literal stands as a key: quoted or bare, with a colon or an equals sign behind.
fn is_key(source: &str, start: usize, end: usize) -> bool {
    let before = text::byte_before(source, start);
    if before.is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b'.')
    }) {
        return false;
    }
    let after = source.get(end..).unwrap_or_default();
    let after = after
        .strip_prefix(['"', '\''])
        .or_else(|| after.strip_prefix("\\\""))
        .unwrap_or(after);
    after
        .trim_start_matches([' ', '\t'])
        .starts_with([':', '='])
}

fn has_key(source: &str, key: &str) -> bool {
    let mut from = 0;
    // A key that a file repeats a thousand times as a value is not looked for forever.
    for _ in 0..64 {
        let Some(found) = source.get(from..).and_then(|rest| rest.find(key)) else {
            return false;
        };
        let start = from + found;
        if is_key(source, start, start + key.len()) {
            return true;
        }
        from = start + key.len();
    }
    false
}
