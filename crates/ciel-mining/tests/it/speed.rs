use std::{
    hint::black_box,
    time::{Duration, Instant},
};

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

/// The size of the shorter text, and how many times as long the other one is.
const BYTES: usize = 10_000;
const LONGER: u32 = 4;

/// Work grows with the text and not with its square: for four times the text less than ten times the work, where the
/// square would be sixteen times. It is time of the processor that counts, the least of three runs, so that other programs
/// on the machine change nothing.
#[test]
fn hostile_repetitions_are_linear() {
    if processor_time().is_none() {
        return;
    }
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
        let (short, long) = (work(unit, BYTES), work(unit, BYTES * LONGER as usize));
        // What is done once however long the text is, and the kernel's own grain.
        let once = Duration::from_millis(8);
        assert!(
            long < (short + once) * (LONGER * 5 / 2),
            "{unit:?}: {short:?} for {BYTES} bytes, {long:?} for {LONGER} times as many"
        );
    }
}

/// The time of the processor that a text of one unit again and again takes.
fn work(unit: &str, bytes: usize) -> Duration {
    let text = unit.repeat(bytes / unit.len());
    let run = || {
        let start = processor_time()?;
        black_box(exercise(&text));
        Some(processor_time()? - start)
    };
    (0..3).filter_map(|_| run()).min().unwrap_or_default()
}

/// For how long this thread has been running, waiting left out; none where the kernel does not say so.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
