use ciel_mining::{Verdict, assess, signals_in_environment};

const XMR: &str = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";
const ETH: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

fn check(variables: &[(&str, &str)], expected: Verdict) {
    let signals = signals_in_environment(variables);
    assert_eq!(assess(&signals), expected, "{variables:?}\n{signals:#?}");
}

#[test]
fn environments_of_miners() {
    check(
        &[("POOL_URL", "pool.supportxmr.com:3333"), ("WALLET", XMR)],
        Verdict::Mining,
    );
    check(
        &[
            ("POOL", "10.2.3.4:3333"),
            ("WALLET_ADDRESS", XMR),
            ("WORKER", "a"),
        ],
        Verdict::Mining,
    );
    check(
        &[("POOL", "10.2.3.4:3333"), ("WALLET", ETH)],
        Verdict::Mining,
    );
    check(&[("URL", "stratum+tcp://a.b:3333")], Verdict::Mining);
    check(
        &[("ARGS", "--donate-level 1 --cpu-max-threads-hint 50")],
        Verdict::Mining,
    );
    check(&[("XMRIG_POOL", "x:1"), ("WALLET", XMR)], Verdict::Mining);
    // Names that say nothing.
    check(&[("A", "94.130.12.27:443"), ("B", XMR)], Verdict::Mining);
    check(
        &[("SERVER", "eu.example.net:443"), ("ID", XMR)],
        Verdict::Mining,
    );
    // `{"pools":[{"url":"pool.supportxmr.com:443"}]}`
    check(
        &[(
            "CONFIG",
            "eyJwb29scyI6W3sidXJsIjoicG9vbC5zdXBwb3J0eG1yLmNvbTo0NDMifV19",
        )],
        Verdict::Mining,
    );
    check(&[("MINING_POOL", "x")], Verdict::Suspicious);
    check(
        &[
            ("GPU_MAX_ALLOC_PERCENT", "100"),
            ("GPU_USE_SYNC_OBJECTS", "1"),
        ],
        Verdict::Suspicious,
    );
}

#[test]
fn environments_of_others() {
    for variables in [
        &[("POOL_SIZE", "10"), ("DB_URL", "postgres://u:p@db:5432/x")] as &[(&str, &str)],
        &[("DB_POOL", "db:5432"), ("DB_USER", "app")],
        &[
            ("WALLET_ADDRESS", ETH),
            ("NODE_URL", "https://mainnet.infura.io/v3/x"),
        ],
        &[("CONTRACT_ADDRESS", ETH), ("RPC_HOST", "geth:8545")],
        &[("DONATION_ADDRESS", XMR)],
        &[("DONATION_ADDRESS", XMR), ("DB_HOST", "db:5432")],
        &[("DONATION_ADDRESS", XMR), ("DB_POOL", "db:5432")],
        &[
            ("DONATION_ADDRESS", XMR),
            ("SMTP_SERVER", "mail.example.net:587"),
        ],
        &[("DONATION_ADDRESS", XMR), ("MINIO_ENDPOINT", "minio:9000")],
        &[
            ("XMR_PAYOUT", XMR),
            ("DAEMON_HOST", "monerod.example.net:18081"),
        ],
        &[(
            "CA",
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJoVENDQVN1Z0F3SUJBZ0lRSVJpNnpl",
        )],
        &[("DONATE_BTC", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")],
        &[("WORKER", "3"), ("ALGO", "ppo"), ("COIN", "usd")],
        &[("ALGORITHM", "RS256"), ("URL", "https://x")],
        &[("GPU_MAX_HEAP_SIZE", "100")],
        &[("STRATUM", "2"), ("NTP_SERVER", "time:123")],
        &[("PATH", "/usr/local/bin:/usr/bin")],
        &[("EMAIL", "support@nicehash.com")],
        &[(
            "PRICE_API",
            "https://api2.nicehash.com/main/api/v2/exchangeRate/list",
        )],
        &[("MINER_GAS", "1"), ("XMR", "1")],
        &[("TZ", "Europe/Berlin")],
    ] {
        check(variables, Verdict::Clean);
    }
}
