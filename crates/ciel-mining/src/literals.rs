//! Every literal that matters, searched together, so that clean text costs one pass and nothing else.
use std::sync::LazyLock;

use crate::{
    matcher::Matcher,
    miners::{MINERS, Miner},
    pools::{BROWSER_MINERS, POOLS},
};

/// What a literal in a text may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    /// The beginning of an address of a mining protocol.
    Scheme,
    /// A pool's domain.
    Pool(&'static str),
    /// A miner's name.
    Miner(&'static Miner),
    /// A command line option of miners.
    Flag(&'static str, Weight),
    /// A key of miners' configuration files.
    Key(&'static str),
    /// A method of a mining protocol.
    Method(&'static str),
    /// Code of browser miners.
    Browser(&'static str),
    /// A word that makes it worth reading the text as a shell script.
    Script,
}

/// How surely an option is a miner's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// No other program has it.
    Only,
    /// Others may have it.
    Shared,
}

/// A literal in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
}

const SCHEMES: &[&str] = &[
    "stratum+",
    "stratum1+",
    "stratum2+",
    "stratum3+",
    "stratum://",
    "stratums://",
    "stratumss://",
    "stratum1://",
    "stratum2://",
    "ethproxy+",
    "ethproxy://",
    "ethstratum+",
    "ethstratum://",
    "ethstratum1+",
    "ethstratum2+",
    "nicehash+",
    "daemon+http",
    "daemon+ssl",
    "zstratum+",
    "eth1+tcp",
];

/// Options of XMRig, xmr-stak, cpuminer, ethminer, T-Rex, lolMiner, SRBMiner, p2pool and others, from their usage
/// texts.
const FLAGS: &[(&str, Weight)] = &[
    ("--donate-level", Weight::Only),
    ("--donate-over-proxy", Weight::Only),
    ("--proxy-donate", Weight::Only),
    ("--cpu-max-threads-hint", Weight::Only),
    ("--max-cpu-usage", Weight::Shared),
    ("--cpu-memory-pool", Weight::Only),
    ("--cpu-no-yield", Weight::Only),
    ("--cpu-affinity", Weight::Shared),
    ("--cpu-priority", Weight::Shared),
    ("--no-huge-pages", Weight::Shared),
    ("--huge-pages-jit", Weight::Only),
    ("--hugepage-size", Weight::Shared),
    ("--randomx-init", Weight::Only),
    ("--randomx-mode", Weight::Only),
    ("--randomx-1gb-pages", Weight::Only),
    ("--randomx-wrmsr", Weight::Only),
    ("--randomx-no-rdmsr", Weight::Only),
    ("--randomx-no-numa", Weight::Only),
    ("--randomx-cache-qos", Weight::Only),
    ("--argon2-impl", Weight::Only),
    ("--cuda-bfactor-hint", Weight::Only),
    ("--cuda-bsleep-hint", Weight::Only),
    ("--cuda-loader", Weight::Only),
    ("--opencl-loader", Weight::Only),
    ("--rig-id", Weight::Only),
    ("--tls-fingerprint", Weight::Shared),
    ("--nicehash", Weight::Only),
    ("--bench=rx/", Weight::Only),
    ("--stress=rx/", Weight::Only),
    ("--self-select", Weight::Only),
    ("--daemon-poll-interval", Weight::Only),
    ("--daemon-zmq-port", Weight::Only),
    ("--submit-to-origin", Weight::Only),
    ("--api-worker-id", Weight::Only),
    ("--noUAC", Weight::Shared),
    ("--currency monero", Weight::Only),
    ("--start-mining", Weight::Only),
    ("--mining-threads", Weight::Only),
    ("--bg-mining-enable", Weight::Only),
    ("--farm-recheck", Weight::Only),
    ("--farm-retries", Weight::Only),
    ("--cuda-parallel-hash", Weight::Only),
    ("--cl-local-work", Weight::Only),
    ("--ethstratum", Weight::Only),
    ("--dualstratum", Weight::Only),
    ("--dualpool", Weight::Only),
    ("--dualmode", Weight::Shared),
    ("--stratum-protocol", Weight::Only),
    ("--validate-shares", Weight::Only),
    ("--lhr-tune", Weight::Only),
    ("--lhr-mode", Weight::Only),
    ("--mt-tune", Weight::Shared),
    ("--pers auto", Weight::Only),
    ("--proto stratum", Weight::Only),
    ("--disable-gpu-mining", Weight::Only),
    ("--cpu-threads-intensity", Weight::Only),
    ("--gpu-intensity", Weight::Shared),
    ("--nvidia-intensity", Weight::Shared),
    ("--coinbase-addr", Weight::Only),
    ("--coinbase-sig", Weight::Only),
    ("--coinbase-address", Weight::Only),
    ("--mining-address", Weight::Only),
    ("--miner-address", Weight::Only),
    ("--payout-address", Weight::Shared),
    ("--payoutid", Weight::Shared),
    ("--allow-mining-when-not-synced", Weight::Only),
    ("--mine-when-not-synced", Weight::Only),
    ("-epool", Weight::Only),
    ("-ewal", Weight::Only),
    ("-eworker", Weight::Only),
    ("-zpool", Weight::Only),
    ("-zwal", Weight::Only),
    ("-xpool", Weight::Only),
    ("-xwal", Weight::Only),
    ("-allpools", Weight::Only),
    ("-allcoins", Weight::Only),
    ("-dpool", Weight::Only),
    ("-dwal", Weight::Only),
    ("-genproclimit", Weight::Only),
];

/// Keys that only miners' configuration files have, or hardly anything else.
const KEYS: &[&str] = &[
    "donate-level",
    "donate-over-proxy",
    "max-threads-hint",
    "huge-pages-jit",
    "scratchpad_prefetch_mode",
    "rig-id",
    "tls-fingerprint",
    "self-select",
    "daemon-poll-interval",
    "cn-lite/0",
    "cn-heavy/0",
    "cn/0",
    "cn/r",
    "cn/gpu",
    "rx/0",
    "rx/wow",
    "rx/arq",
    "argon2/chukwa",
    "argon2/chukwav2",
    "cn-pico",
    "cache_qos",
    "randomx",
    "1gb-pages",
    "wrmsr",
    "nicehash",
    "pool_list",
    "pool_address",
    "wallet_address",
    "rig_id",
    "use_nicehash",
    "pool_weight",
    "cpu_threads_conf",
    "gpu_threads_conf",
    "low_power_mode",
    "verbose_level",
    "pool_password",
    "rigName",
    "lhr-tune",
    "validate-shares",
    "cpu_threads_intensity",
    "payoutId",
    "stratum_server",
    "stratum-server",
    "mining_address",
    "mining-address",
    "miner_address",
    "mining_pool",
    "miningPool",
    "mining-pool",
    "miner-wallet",
    "donateLevel",
    "donate_level",
];

const METHODS: &[&str] = &[
    "mining.subscribe",
    "mining.authorize",
    "mining.submit",
    "mining.notify",
    "mining.extranonce.subscribe",
    "mining.set_difficulty",
    "mining.configure",
    "eth_submitLogin",
    "eth_submitHashrate",
    "\"method\":\"login\"",
    "\"method\": \"login\"",
    "\"agent\":\"xmrig",
    "\"agent\": \"xmrig",
];

const BROWSER: &[&str] = &[
    "CoinHive.Anonymous",
    "CoinHive.User",
    "CoinHive.Token",
    "coinhive.min.js",
    "deepMiner.Anonymous",
    "CRLT.Anonymous",
    "Client.Anonymous('",
    "cryptonight.wasm",
    "cryptonight-worker",
    "webmr.js",
    "coinimp.min.js",
    "perfektstart(",
];

const SCRIPT: &[&str] = &[
    "curl",
    "wget",
    "base64",
    "b64decode",
    "atob(",
    "-enc ",
    "-encodedcommand",
    "nohup",
    "/dev/shm",
    "/var/tmp/",
    "/tmp/",
    "pkill",
    "killall",
    "pgrep",
    "crontab",
    "cron.d",
    "/dev/tcp/",
    "setenforce",
    "nr_hugepages",
    "modprobe msr",
    "wrmsr",
    "memfd_create",
    "urlopen",
    "urlretrieve",
    "urllib",
    "ld.so.preload",
    "authorized_keys",
    "iptables -F",
    "ufw disable",
    "chattr ",
    "aegis",
    "histfile",
    "history -c",
    "Invoke-WebRequest",
    "DownloadString",
    "DownloadFile",
    "certutil",
    "lwp-",
    "LWP::Simple",
    "monerod",
    "verusd",
    "--mine",
    "start-mining",
    "bioset",
    "kswapd",
    "kworker",
    "nmi_watchdog",
    "IO::Socket",
    "-algo",
    "--pool",
    "--wallet",
    "--url",
    "--coin",
];

static MATCHER: LazyLock<Matcher<Meaning>> = LazyLock::new(|| Matcher::new(all()));

fn all() -> impl Iterator<Item = (&'static str, Meaning)> {
    let pools = POOLS
        .iter()
        .chain(BROWSER_MINERS)
        .map(|pool| (*pool, Meaning::Pool(pool)));
    let miners = MINERS
        .iter()
        .filter(|miner| !miner.ambiguous)
        .flat_map(|miner| {
            let stems = miner.stems.iter();
            stems.map(move |stem| (*stem, Meaning::Miner(miner)))
        });
    let flags = FLAGS
        .iter()
        .map(|(flag, weight)| (*flag, Meaning::Flag(flag, *weight)));
    SCHEMES
        .iter()
        .map(|scheme| (*scheme, Meaning::Scheme))
        .chain(pools)
        .chain(miners)
        .chain(flags)
        .chain(KEYS.iter().map(|key| (*key, Meaning::Key(key))))
        .chain(
            METHODS
                .iter()
                .map(|method| (*method, Meaning::Method(method))),
        )
        .chain(BROWSER.iter().map(|code| (*code, Meaning::Browser(code))))
        .chain(SCRIPT.iter().map(|word| (*word, Meaning::Script)))
}

/// Hits looked at in one text. A text with more is full of miners' words, and the first ones decide.
const HITS: usize = 20_000;

/// All literals in a text, from the left, the longest where several begin at one place.
pub(crate) fn find(text: &str) -> Vec<Hit> {
    MATCHER
        .find(text)
        .map(|(span, meaning)| Hit {
            start: span.start,
            end: span.end,
            meaning,
        })
        .take(HITS)
        .collect()
}

/// The unambiguous miner whose name a text begins with.
pub(crate) fn miner_at_start(text: &str) -> Option<&'static Miner> {
    match MATCHER.at_start(text)? {
        (_, Meaning::Miner(miner)) => Some(miner),
        _ => None,
    }
}

/// Whether only miners have an option.
pub(crate) fn is_miners_option(flag: &str) -> bool {
    FLAGS
        .iter()
        .any(|(known, weight)| *weight == Weight::Only && known.eq_ignore_ascii_case(flag))
}

/// Algorithms that miners are told to use, lower case; those that other programs know too (`sha256`, `scrypt`) are
/// left out.
const ALGORITHMS: &[&str] = &[
    "randomx",
    "randomxmonero",
    "random_x",
    "cryptonight",
    "cryptonight-lite",
    "cryptonight-heavy",
    "cryptonight_gpu",
    "kawpow",
    "ethash",
    "etchash",
    "ethashb3",
    "autolykos2",
    "autolykosv2",
    "verushash",
    "verus",
    "yespower",
    "yespowerr16",
    "yescrypt",
    "yescryptr16",
    "yescryptr32",
    "minotaurx",
    "ghostrider",
    "gr",
    "equihash",
    "octopus",
    "kheavyhash",
    "heavyhash",
    "progpow",
    "progpowz",
    "firopow",
    "evrprogpow",
    "meowpow",
    "cuckatoo31",
    "cuckatoo32",
    "cuckaroo29",
    "beamhash",
    "beamhashiii",
    "beamv3",
    "x16r",
    "x16rv2",
    "x16rt",
    "x17",
    "x21s",
    "x25x",
    "lyra2rev2",
    "lyra2rev3",
    "lyra2z",
    "lyra2z330",
    "lyra2v2",
    "blake3_alephium",
    "blake3-alephium",
    "alephium",
    "nexapow",
    "astrobwt",
    "astrobwtv3",
    "dero",
    "verthash",
    "mtp",
    "neoscrypt",
    "zhash",
    "panthera",
    "pufferfish2bmb",
    "curvehash",
    "flex",
    "aurum",
    "xelishash",
    "xelishashv2",
    "xelisv2",
    "spectrex",
    "dynexsolve",
    "fishhash",
    "karlsenhash",
    "karlsenhashv2",
    "pyrinhash",
    "ironfish",
    "janushash",
    "power2b",
    "sha256dt",
    "sha512_256d_radiant",
    "hoohash",
    "walahash",
    "qhash",
    "rinhash",
    "ubqhash",
    "tensority",
    "allium",
    "phi2",
    "bcd",
    "tribus",
    "skunkhash",
    "scryptn2",
    "scrypt-n",
    "argon2d4096",
    "argon2d500",
    "argon2id_chukwa",
    "argon2id_chukwa2",
    "argon2/ninja",
    "sha3x",
    "xdag",
];

/// Whether a value names a mining algorithm.
pub(crate) fn is_algorithm(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']).to_ascii_lowercase();
    let family = [
        "rx/",
        "cn/",
        "cn-lite/",
        "cn-heavy/",
        "cn-pico",
        "argon2/",
        "cryptonight",
        "equihash",
        "yespower",
        "yescrypt",
        "progpow",
        "cuckoo",
        "cuckaroo",
        "cuckatoo",
        "kawpow",
        "lyra2",
        "randomx",
    ];
    family.iter().any(|prefix| value.starts_with(prefix)) || ALGORITHMS.contains(&value.as_str())
}
