//! Images that are known to mine, are named after miners, or pretend to come from somebody well known.
use std::ops::Range;

use ciel_core::ImageName;

use crate::{
    cases::{self, Case},
    literals, miners, publishers,
    signal::{Signal, SignalKind, Signals, Strength},
};

/// Repositories that published cases name, with and without a tag.
static KNOWN: &[(&str, &Case)] = &[
    ("pauseyyf/pause", &cases::DERO_2023),
    ("kuberntesio/kube-controller", &cases::RBAC_BUSTER),
    ("kuberntesio/", &cases::RBAC_BUSTER),
    ("kannix/monero-miner", &cases::ARGO),
    ("ddsfdfsaadfs/dfsdf", &cases::KUBEFLOW),
    ("pocosow/centos", &cases::GRABOID),
    ("gakeaws/nginx", &cases::GRABOID),
    ("gakeaws/mysql", &cases::GRABOID),
    ("azurenql/", &cases::AZURENQL),
    ("docker123321/", &cases::DOCKER123321),
    ("cmd.cat/chattr", &cases::COMMANDO_CAT),
    ("kong/kubernetes-ingress-controller:3.4.0", &cases::KONG),
    ("madhuakula/k8s-goat-batch-check", &cases::KUBERNETES_GOAT),
    ("alpineos/", &cases::TEAMTNT_HUB),
    ("sandeep078/", &cases::TEAMTNT_HUB),
];

/// Bytes of the longest reference that is looked at; a repository has at most 255, a digest adds some.
const LONGEST: usize = 1024;

/// Signs that an image reference gives.
#[must_use]
pub fn image_signals(image: &str) -> Vec<Signal> {
    let mut out = Signals::default();
    // Longer than any registry takes: no image.
    if image.len() > LONGEST || is_pattern(image) {
        return Vec::new();
    }
    let name = ImageName::parse(image);
    known(image, &name, &mut out);
    if out.iter().next().is_none() {
        named_after_miner(image, &name, &mut out);
    }
    if !out.has(SignalKind::MinerImage) {
        publishers::lookalike(image, &name, &mut out);
    }
    out.into_vec()
}

/// Whether it is what a policy compares images with (`!*xmrig* & !*miner*`), not a reference.
fn is_pattern(image: &str) -> bool {
    image
        .trim()
        .contains(['!', '*', '&', '|', '<', '>', ' ', '^', '\\'])
}

/// Where a part of the reference stands in it.
pub(crate) fn span(image: &str, part: &str) -> Range<usize> {
    image
        .find(part)
        .map_or(0..image.len(), |start| start..start + part.len())
}

fn known(image: &str, name: &ImageName<'_>, out: &mut Signals) {
    let full = if name.is_docker_hub() {
        name.repository.to_ascii_lowercase()
    } else {
        format!("{}/{}", name.registry, name.repository).to_ascii_lowercase()
    };
    let tagged = format!("{full}:{}", name.tag);
    let Some((entry, case)) = KNOWN.iter().find(|(entry, _)| {
        if entry.ends_with('/') {
            full.starts_with(entry)
        } else if entry.contains(':') {
            tagged == *entry
        } else {
            full == *entry
        }
    }) else {
        return;
    };
    out.push(Signal::new(
        SignalKind::MinerImage,
        Strength::Strong,
        image,
        span(image, name.repository),
        *entry,
        format!("is known from the case {}", case.name),
        case,
    ));
}

fn named_after_miner(image: &str, name: &ImageName<'_>, out: &mut Signals) {
    let repository = name.repository.to_ascii_lowercase();
    if miners::watches(&repository) {
        return;
    }
    for part in repository.split('/') {
        let mut starts = vec![0];
        starts.extend(part.match_indices(['-', '_', '.']).map(|(at, _)| at + 1));
        for start in starts {
            let tail = part.get(start..).unwrap_or_default();
            if let Some(miner) = literals::miner_at_start(tail) {
                out.push(Signal::new(
                    SignalKind::MinerImage,
                    Strength::Strong,
                    image,
                    span(&image.to_ascii_lowercase(), tail),
                    miner.name,
                    format!("is named after the miner {}", miner.name),
                    &cases::TWENTY_MILLION,
                ));
                return;
            }
        }
    }
    coin_and_miner(image, name.base(), out);
}

/// `zcash_mining`, `rvn-gpu-miner`: a coin beside a word of mining.
fn coin_and_miner(image: &str, base: &str, out: &mut Signals) {
    const COINS: &[&str] = &[
        "monero",
        "xmr",
        "ethereum",
        "eth",
        "etc",
        "bitcoin",
        "btc",
        "litecoin",
        "ltc",
        "dogecoin",
        "doge",
        "zcash",
        "zec",
        "ravencoin",
        "rvn",
        "kaspa",
        "kas",
        "dero",
        "verus",
        "vrsc",
        "raptoreum",
        "rtm",
        "zephyr",
        "zeph",
        "turtlecoin",
        "trtl",
        "aeon",
        "beam",
        "grin",
        "ergo",
        "qubic",
        "pkt",
        "crypto",
        "cryptocurrency",
        "coin",
        "cryptonight",
        "randomx",
        "pool",
    ];
    const WORDS: &[&str] = &["miner", "mining", "mine", "minerd", "hash", "rig", "miners"];
    let lower = base.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .collect();
    let coin = words.iter().find(|word| COINS.contains(word));
    let mines = words.iter().any(|word| WORDS.contains(word));
    if let (Some(coin), true) = (coin, mines) {
        // A pool's name needs more: `mining-pool` is a pool's server.
        let strength = if *coin == "coin" || *coin == "pool" {
            Strength::Moderate
        } else {
            Strength::Strong
        };
        out.push(Signal::new(
            SignalKind::MinerImage,
            strength,
            image,
            span(image, base),
            (*coin).to_owned(),
            "is named after mining",
            &cases::TWENTY_MILLION,
        ));
    }
}
