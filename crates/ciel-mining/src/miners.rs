//! Mining programs by name. Names that mean something else too (`t-rex`, `rigel`) count only with more.
use crate::{literals, text};

/// One mining program or family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Miner {
    /// Its name as people write it.
    pub(crate) name: &'static str,
    /// The beginnings of file, image or project names that mean it, lower case.
    pub(crate) stems: &'static [&'static str],
    /// Whether the stems are words that other things are called by too.
    pub(crate) ambiguous: bool,
}

const fn miner(name: &'static str, stems: &'static [&'static str]) -> Miner {
    Miner {
        name,
        stems,
        ambiguous: false,
    }
}

const fn ambiguous(name: &'static str, stems: &'static [&'static str]) -> Miner {
    Miner {
        name,
        stems,
        ambiguous: true,
    }
}

/// The programs, from their projects' pages and from the published cases.
pub(crate) static MINERS: &[Miner] = &[
    // Processors.
    miner(
        "XMRig",
        &[
            "xmrig",
            "xm-rig",
            "xm_rig",
            "pwnrig",
            "xmrigcc",
            "xmrigdaemon",
            "xmr_miner",
            "xmr-miner",
            "xmrminer",
            "monero-miner",
            "monerominer",
            "monero_miner",
            "xmr-node-miner",
        ],
    ),
    miner("XMR-Stak", &["xmr-stak", "xmrstak", "xmr_stak"]),
    miner(
        "xmr-node-proxy",
        &["xmr-node-proxy", "xmr-proxy", "xmrproxy"],
    ),
    miner(
        "cpuminer",
        &["cpuminer", "minerd", "cpu-miner", "cpu_miner"],
    ),
    miner("JCE", &["jceminer", "jce_cn_cpu_miner"]),
    miner("SRBMiner", &["srbminer", "srb-miner"]),
    miner("nanominer", &["nanominer"]),
    miner(
        "Dero miner",
        &[
            "astrominer",
            "dero-miner",
            "derominer",
            "dero_miner",
            "dero-stratum-miner",
            "derohe-miner",
            "dero-merge-miner",
            "dero-he-miner",
            "deroluna",
            "hansen33s-dero",
        ],
    ),
    miner(
        "Verus miner",
        &[
            "hellminer",
            "nheqminer",
            "veruscoin-miner",
            "verus-miner",
            "verusminer",
            "ccminer-verus",
        ],
    ),
    miner(
        "Qubic miner",
        &[
            "qli-client",
            "qubic-miner",
            "qubicminer",
            "rqiner",
            "qli-runner",
            "qubjetski",
        ],
    ),
    miner(
        "Spacemesh miner",
        &["spacemesh-miner", "postcli", "h9-miner"],
    ),
    miner(
        "PacketCrypt",
        &["packetcrypt", "pktminer", "packetcrypt_rs"],
    ),
    miner("Xelis miner", &["xelis-miner", "xelis_miner"]),
    miner("P2Pool", &["p2pool"]),
    miner(
        "RandomX miner",
        &["randomx-miner", "randomx_miner", "xmr-rx", "randomx-stress"],
    ),
    miner("Nimiq miner", &["nimiq-miner", "skypool-nimiq"]),
    miner("Warthog miner", &["janusminer", "wart-miner", "janushash"]),
    miner("Iron Fish miner", &["ironfish-miner", "iron-miner"]),
    miner(
        "Aleo prover",
        &[
            "aleo-miner",
            "aleominer",
            "snarkos-prover",
            "zkwork_aleo",
            "aleo-pool-prover",
            "damominer",
        ],
    ),
    miner("tnn-miner", &["tnn-miner", "tnn_miner"]),
    miner(
        "oreminer",
        &["ore-miner", "oreminer", "ore-mine-pool", "orz-miner"],
    ),
    // Graphics processors.
    miner("ccminer", &["ccminer", "cc-miner"]),
    miner(
        "ethminer",
        &[
            "ethminer",
            "eth-miner",
            "etcminer",
            "etc-miner",
            "ethereum-miner",
            "ethdcrminer",
            "eth_miner",
        ],
    ),
    miner(
        "T-Rex",
        &["t-rex-miner", "trex-miner", "trexminer", "t-rex-0."],
    ),
    miner("lolMiner", &["lolminer", "lol-miner"]),
    miner("GMiner", &["gminer-", "gminer_", "gpuminer", "gpu-miner"]),
    miner("NBMiner", &["nbminer"]),
    miner("TeamRedMiner", &["teamredminer", "team-red-miner"]),
    miner(
        "PhoenixMiner",
        &["phoenixminer", "phoenix-miner", "phoenix_miner"],
    ),
    miner("BzMiner", &["bzminer"]),
    miner("Rigel", &["rigel-miner", "rigelminer"]),
    miner("OneZeroMiner", &["onezerominer"]),
    miner("WildRig", &["wildrig"]),
    miner("KawPow miner", &["kawpowminer", "kawpow-miner"]),
    miner("Bminer", &["bminer-", "bminer_"]),
    miner("miniZ", &["miniz-miner", "miniz_v"]),
    miner("EWBF", &["ewbf-miner", "ewbf-zec", "ewbfminer"]),
    miner("CryptoDredge", &["cryptodredge"]),
    miner(
        "ClaymoreDual",
        &[
            "claymore-dual",
            "claymoredual",
            "claymore-miner",
            "claymore-eth",
            "claymore-xmr",
            "claymore_dual",
        ],
    ),
    miner("FinMiner", &["finminer"]),
    miner(
        "Kaspa miner",
        &[
            "kaspa-miner",
            "kaspaminer",
            "kaspa_miner",
            "kaspaminergpu",
            "spectre-miner",
            "karlsen-miner",
            "pyrin-miner",
            "gpuminer-kaspa",
            "hoo_gpu",
            "tongminer",
        ],
    ),
    miner("Z-Enemy", &["z-enemy", "zenemy"]),
    miner(
        "progpowminer",
        &[
            "progpowminer",
            "progpow-miner",
            "firominer",
            "evrprogpowminer",
            "meowpowminer",
        ],
    ),
    miner(
        "Xmr GPU miner",
        &["xmrig-amd", "xmrig-nvidia", "xmrig-cuda"],
    ),
    miner(
        "Zcash miner",
        &["zcash-miner", "zecminer", "optiminer", "silentarmy"],
    ),
    miner(
        "Chia plotter",
        &[
            "chia-plotter",
            "chia_plot",
            "bladebit",
            "madmax-plotter",
            "chia-farmer",
            "chia-harvester",
            "flexfarmer",
        ],
    ),
    miner("Grin miner", &["grin-miner", "mimble-miner", "grinminer"]),
    // Bitcoin and its kin.
    miner("cgminer", &["cgminer"]),
    miner("bfgminer", &["bfgminer"]),
    miner("sgminer", &["sgminer"]),
    miner(
        "bitcoin miner",
        &[
            "bitcoin-miner",
            "bitcoinminer",
            "btc-miner",
            "btcminer",
            "litecoin-miner",
            "doge-miner",
            "dogeminer",
            "poclbm",
            "coin-miner",
            "coinminer",
            "crypto-miner",
            "cryptominer",
            "crypto_miner",
        ],
    ),
    // Services that bring their miners with them.
    miner("NiceHash", &["nicehash", "nhmp", "nhm2"]),
    miner("MinerGate", &["minergate"]),
    miner("unMineable", &["unmineable"]),
    miner("HiveOS", &["hiveos"]),
    miner("minerstat", &["minerstat"]),
    miner("Kryptex", &["kryptex"]),
    miner("Cudo Miner", &["cudominer", "cudo-miner"]),
    miner("SaladCloud miner", &["salad-miner"]),
    // Names that droppers gave their miners.
    miner("kinsing", &["kinsing", "kdevtmpfsi"]),
    miner("sysrv", &["sysrv0", "sysrv-"]),
    miner(
        "TeamTNT",
        &["teamtnt", "chimaera_xmr", "tntrecht", "dockergeddon"],
    ),
    miner("WatchDog", &["networkservice_xmr", "phpguard-miner"]),
    miner("perfctl", &["perfctl-miner", "perfcc-miner"]),
    miner(
        "XMRig dropper",
        &[
            "c3pool_miner",
            "c3pool-miner",
            "moneroocean_miner",
            "setup_moneroocean_miner",
            "setup_c3pool_miner",
            "xmrig_setup",
        ],
    ),
    // Words that mean other things too.
    ambiguous("T-Rex", &["t-rex", "trex"]),
    ambiguous("GMiner", &["gminer"]),
    ambiguous("Bminer", &["bminer"]),
    ambiguous("miniZ", &["miniz"]),
    ambiguous("Rigel", &["rigel"]),
    ambiguous("Claymore", &["claymore"]),
    ambiguous("Excavator", &["excavator"]),
    ambiguous("SMOS miner", &["astrobwt"]),
    ambiguous("Chia", &["chia"]),
    ambiguous("Nimiq", &["nimiq"]),
    ambiguous("monero", &["monero"]),
    ambiguous("xmr", &["xmr"]),
];

/// The miner that a program's file is named after.
///
/// The name goes on after a stem only with what versions, platforms and forks add: an unambiguous stem may be
/// followed by anything (`xmrigARM`, `cpuminer-avx2`), an ambiguous one must be the whole word.
pub(crate) fn by_program(name: &str) -> Option<&'static Miner> {
    literals::miner_at_start(name).or_else(|| ambiguous_miner(name))
}

/// Whether a program's file is named like a miner and like other things.
pub(crate) fn is_ambiguous(name: &str) -> bool {
    ambiguous_miner(name).is_some()
}

fn ambiguous_miner(name: &str) -> Option<&'static Miner> {
    let name = name.strip_suffix(".exe").unwrap_or(name);
    MINERS.iter().filter(|miner| miner.ambiguous).find(|miner| {
        miner
            .stems
            .iter()
            .any(|stem| stem.eq_ignore_ascii_case(name))
    })
}

/// Whether a stem that was found at a place in a text stands there as a name: not within a longer word before it.
pub(crate) fn stands_alone(text: &str, start: usize, end: usize, miner: &Miner) -> bool {
    if text::byte_before(text, start).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    !(miner.ambiguous
        && text::byte(text, end)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'))
}

/// Words in a name that say it watches or fights miners.
const WATCHERS: &[&str] = &[
    "detect",
    "scanner",
    "scan",
    "blocker",
    "block",
    "exporter",
    "killer",
    "hunter",
    "guard",
    "monitor",
    "dashboard",
    "alert",
    "rules",
    "policy",
    "protect",
    "defender",
    "antimining",
    "anti",
    "blocklist",
    "denylist",
    "prometheus",
    "grafana",
    "falco",
    "ioc",
    "signature",
    "test",
];

/// Whether a name with a miner's name in it belongs to something that watches miners (`xmrig-exporter`).
pub(crate) fn watches(name: &str) -> bool {
    name.to_ascii_lowercase()
        .split(|character: char| !character.is_ascii_alphanumeric())
        .any(|word| WATCHERS.iter().any(|watcher| word.starts_with(watcher)))
}
