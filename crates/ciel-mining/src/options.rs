//! Options that say little one by one and much together: `-o HOST:PORT -u WALLET -p x`.
use std::ops::Range;

use crate::{
    cases, literals, pools,
    signal::{Signal, SignalKind, Signals, Strength},
    wallets,
};

/// What the options of one command give.
#[derive(Debug, Default)]
struct Given<'a> {
    server: Option<&'a str>,
    pool: bool,
    user: Option<&'a str>,
    password: bool,
    algorithm: Option<&'a str>,
    coin: bool,
    mined: bool,
    hints: usize,
    /// Whether an option is there that only miners have.
    own: bool,
    /// Whether the user is given as a pool's: by `-u`.
    by_user: bool,
}

const SERVER: &[&str] = &[
    "-o",
    "--url",
    "--pool",
    "-pool",
    "-P",
    "--server",
    "--stratum",
    "--host",
    "-epool",
    "--pool1",
    "-p1",
    "--daemon-address",
    "-d",
    "--daemon-rpc-address",
    "-o1",
    "--pool-address",
    "--node",
    "-r",
    "--rpc-server",
    "--kaspad-address",
    "-s",
    "-S",
    "--pools",
    "--stratum-url",
    "-l",
];
/// Those that say it is a pool.
const POOL: &[&str] = &[
    "-o",
    "--pool",
    "-pool",
    "-epool",
    "--pool1",
    "-p1",
    "--stratum",
    "--stratum-url",
    "--pool-address",
    "-o1",
    "--pools",
];
const USER: &[&str] = &[
    "-u",
    "--user",
    "--wallet",
    "-wal",
    "-w",
    "-wallet",
    "-ewal",
    "--address",
    "--mining-address",
    "-O",
    "--userpass",
    "--wallet-address",
    "--username",
    "-a1",
    "--miner-address",
    "--account",
    "--payout-address",
    "--zilwallet",
];
const PASSWORD: &[&str] = &["-p", "--pass", "--password", "-pass", "-psw"];
const ALGORITHM: &[&str] = &["-a", "--algo", "--algorithm", "-algo", "--algos", "-c"];
const COIN: &[&str] = &["--coin", "-coin", "--currency"];
const HINTS: &[&str] = &[
    "-k",
    "--keepalive",
    "--tls",
    "-t",
    "--threads",
    "-B",
    "--background",
    "--worker",
    "-worker",
    "-w",
    "--rig-id",
    "--nicehash",
    "--cpu",
    "--no-color",
    "--ssl",
    "--devices",
    "--cuda",
    "--opencl",
    "-R",
    "--retries",
    "--intensity",
    "-i",
    "--variant",
    "--av",
    "-x",
    "--log",
    "--randomx-mode",
    "--difficulty",
];

/// Adds the sign of options that together are a miner's. Returns whether there was one.
pub(crate) fn examine(source: &str, span: Range<usize>, words: &[&str], out: &mut Signals) -> bool {
    let given = read(words);
    // An Ethereum or Bitcoin address beside a server is any web3 program, unless the server is called a pool.
    let wallet = given.user.and_then(wallets::wallet_at_start);
    let has_wallet =
        wallet.is_some_and(|wallet| wallet.intruders_choice || given.pool || given.password);
    let (strength, description) = match (given.server, has_wallet) {
        (Some(server), true) => (
            Strength::Strong,
            format!("mines at `{server}` for a wallet"),
        ),
        (Some(server), false) if given.own || given.algorithm.is_some() && given.user.is_some() => {
            (Strength::Strong, format!("mines at `{server}`"))
        }
        (None, true) if given.algorithm.is_some() || given.by_user => {
            (Strength::Strong, "mines for a wallet".to_owned())
        }
        (Some(server), false)
            if given.algorithm.is_some()
                || (given.coin && given.user.is_some())
                || (given.mined && given.pool) =>
        {
            (Strength::Moderate, format!("mines at `{server}`"))
        }
        // `-o HOST:PORT -u NAME -p x -k` is how XMRig and cpuminer are started through a proxy.
        (Some(server), false)
            if given.user.is_some()
                && given.password
                && (given.hints > 0 || has_typical_port(server)) =>
        {
            (
                Strength::Moderate,
                format!("has a miner's options for `{server}`"),
            )
        }
        (None, false) if given.algorithm.is_some_and(is_telling) => {
            (Strength::Moderate, "names a mining algorithm".to_owned())
        }
        _ => return false,
    };
    out.push(Signal::new(
        SignalKind::MinerFlags,
        strength,
        source,
        span,
        given.algorithm.unwrap_or("pool and user").to_owned(),
        description,
        if has_wallet {
            &cases::ARGO
        } else {
            &cases::HILDEGARD
        },
    ));
    true
}

/// Whether any option could be part of a combination that [`examine`] knows: who is paid, or an algorithm.
pub(crate) fn might_matter(words: &[&str]) -> bool {
    words.iter().any(|word| {
        let flag = word.split_once('=').map_or(*word, |(flag, _)| flag);
        flag.starts_with('-') && (USER.contains(&flag) || ALGORITHM.contains(&flag))
    })
}

/// Algorithms whose names are no words that another program's option would take.
fn is_telling(algorithm: &str) -> bool {
    algorithm.len() >= 6 || algorithm.contains('/')
}

fn read<'a>(words: &[&'a str]) -> Given<'a> {
    let mut given = Given::default();
    for (index, word) in words.iter().enumerate() {
        if !word.starts_with('-') {
            continue;
        }
        let (flag, value) = match word.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (*word, words.get(index + 1).copied()),
        };
        let next = value.filter(|value| !value.starts_with('-'));
        if let Some(value) = next {
            if SERVER.contains(&flag) && is_endpoint(value) {
                given.server = Some(value);
                given.pool |= POOL.contains(&flag);
            }
            if USER.contains(&flag) {
                // A password may follow after a colon (`-O user:pass`); the first user counts.
                let wallet = wallets::wallet_at_start(value);
                let better = wallet.is_some();
                // Nothing but a pool takes a Monero address for a user's name.
                given.by_user |= wallet.is_some_and(|wallet| wallet.intruders_choice)
                    && ["-u", "--user", "-O", "--userpass"].contains(&flag);
                if given.user.is_none() || better {
                    given.user = Some(value);
                }
            }
            if ALGORITHM.contains(&flag) && literals::is_algorithm(value) {
                given.algorithm = Some(value);
            }
        }
        given.password |= PASSWORD.contains(&flag);
        given.coin |= COIN.contains(&flag);
        given.mined |= COIN.contains(&flag) && next.is_some_and(is_mined);
        given.own |= literals::is_miners_option(flag);
        given.hints += usize::from(HINTS.contains(&flag));
    }
    given
}

/// Coins whose names are no words that another program's `--coin` would take.
fn is_mined(coin: &str) -> bool {
    [
        "monero",
        "xmr",
        "ravencoin",
        "rvn",
        "zephyr",
        "zeph",
        "kaspa",
        "dero",
        "arqma",
        "sumo",
        "wownero",
        "graft",
        "ergo",
        "etc",
        "raptoreum",
        "yada",
        "salvium",
        "townforge",
    ]
    .contains(&coin.to_ascii_lowercase().as_str())
}

/// Whether the port is one that pools listen on.
fn has_typical_port(server: &str) -> bool {
    server
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok())
        .is_some_and(pools::is_typical_port)
}

/// `host:port`, perhaps with a scheme before and a worker behind.
fn is_endpoint(value: &str) -> bool {
    let (scheme, rest) = value.split_once("://").unwrap_or(("", value));
    if matches!(
        scheme,
        "http"
            | "https"
            | "file"
            | "ftp"
            | "jdbc"
            | "amqp"
            | "redis"
            | "postgres"
            | "postgresql"
            | "mysql"
            | "mongodb"
            | "nats"
            | "kafka"
            | "unix"
            | "grpc"
    ) {
        return false;
    }
    let rest = rest.split(['/', ',', '#']).next().unwrap_or_default();
    let rest = rest.rsplit('@').next().unwrap_or_default();
    if !scheme.is_empty() && scheme.contains("stratum") {
        return !rest.is_empty();
    }
    let Some((host, port)) = rest.rsplit_once(':') else {
        return false;
    };
    let variable = port.starts_with(['$', '{']);
    (variable || port.parse::<u16>().is_ok_and(|port| port > 0))
        && !host.is_empty()
        && !host.contains([' ', '=', '\\'])
        && host
            .bytes()
            .any(|byte| byte.is_ascii_alphanumeric() || byte == b'$')
}
