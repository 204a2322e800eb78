use std::{hint::black_box, time::Instant};

use ciel_mining::{exercise, signals_in_argv, signals_in_text};

/// Prints numbers; run with `--ignored --nocapture` in release.
#[test]
#[ignore = "measures"]
fn numbers() {
    let start = Instant::now();
    black_box(signals_in_text("a small text"));
    println!("first call: {:?}", start.elapsed());
    let clean =
        "The quick brown fox jumps over the lazy dog; key: value, path: /usr/lib/x, port: 8080\n"
            .repeat(12_000);
    let base64: String = (0..1_000_000_u32)
        .map(|at| {
            char::from(
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                    [((at.wrapping_mul(2_654_435_761)) >> 26) as usize],
            )
        })
        .collect();
    let script = "#!/bin/sh\nset -e\ncurl -o /tmp/a http://x/y\nexec /usr/bin/app --threads 4 'a b' \"$X\"\n".repeat(12_000);
    for (name, text) in [("prose", &clean), ("base64", &base64), ("script", &script)] {
        let start = Instant::now();
        black_box(signals_in_text(text));
        let first = start.elapsed();
        let start = Instant::now();
        black_box(signals_in_text(text));
        println!(
            "{name}: {} bytes in {:?} (first {first:?})",
            text.len(),
            start.elapsed()
        );
    }
    let argv = [
        "/usr/bin/server",
        "--config",
        "/etc/app/config.yaml",
        "--listen",
        "0.0.0.0:8080",
        "--log-level",
        "info",
        "--metrics-address",
        "0.0.0.0:9090",
        "--leader-elect",
        "--namespace",
        "production-payments",
        "--kubeconfig",
        "/var/lib/kubeconfig",
    ];
    let start = Instant::now();
    for _ in 0..100_000 {
        black_box(signals_in_argv(black_box(&argv)));
    }
    let images: Vec<String> = (0..1000)
        .map(|at| format!("team{at}/app-{at}:1.{at}"))
        .collect();
    let begin = Instant::now();
    for image in &images {
        black_box(ciel_mining::image_signals(image));
    }
    println!("image: {:?} each", begin.elapsed() / 1000);
    println!(
        "argv of {} bytes: {:?} each",
        argv.join(" ").len(),
        start.elapsed() / 100_000
    );
}

/// Time is linear: hostile repetitions take no longer than a second of a debug build for half a megabyte.
#[test]
fn hostile_repetitions_are_linear() {
    for unit in [
        "$(",
        "`",
        "\"$(",
        "xmrig ",
        "stratum+tcp://",
        "curl a|sh\n",
        "'",
        "\\",
        "sh -c '",
        "pool.supportxmr.com:1 ",
        "--donate-level=",
        "\"pools\":",
        "\"donate-level\":1 ",
        "kaspa:",
        "((((",
        "<(",
        "> ",
        "0x",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ",
        "rx/0 -a cn/0 ",
        "base64 -d|sh\n",
        "docker.io/",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let start = Instant::now();
        black_box(exercise(&text));
        let took = start.elapsed();
        assert!(took.as_secs() < 4, "{unit:?} took {took:?}");
    }
}
