use ciel_mining::{
    Signal, exercise, image_signals, signals_in_argv, signals_in_environment, signals_in_text,
};
use proptest::prelude::*;

/// Pieces that make signs likely, so that random text reaches deep.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        "[ \n|;&$()`'\"\\\\<>#-]{1,4}",
        prop::sample::select(vec![
            "xmrig", "stratum+tcp://", "pool.supportxmr.com", ":3333", "--donate-level", "-o", "-u", "-p x", "curl ", "wget ", "| sh", "sh -c ", "$(", ")", "base64 -d", "é", "💥", "\u{202e}", "ö.supportxmr.com",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
            "/tmp/", "crontab -", "pkill ", "mv ", "\"donate-level\":", "\"pools\":", "kaspa:", "echo eG1yaWc=", "{\"method\":\"login\"", "\"agent\"", "\"pass\"", "daemon+http", "mining.subscribe", "http://", "@", "kube-proxy", "kubernetesio/", "docker.io/",
        ])
        .prop_map(str::to_owned),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

fn within(signals: &[Signal], words: &[&str]) {
    for signal in signals {
        let word = words.get(signal.word).copied().unwrap_or_default();
        assert!(
            word.get(signal.span.clone()).is_some(),
            "{signal:?} in {word:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_text_panics_and_spans_are_in_bounds(text in texts()) {
        within(&signals_in_text(&text), &[&text]);
        within(&image_signals(&text), &[&text]);
        let words: Vec<&str> = text.split(' ').collect();
        within(&signals_in_argv(&words), &words);
        within(&signals_in_argv(&["sh", "-c", &text]), &["sh", "-c", &text]);
        within(&signals_in_environment(&[("POOL", &text)]), &[&text]);
        let _ = exercise(&text);
    }

    #[test]
    fn any_unicode_is_read(text in any::<String>()) {
        let _ = exercise(&text);
    }
}
