use std::{
    io,
    time::{Duration, Instant},
};

use ciel_report::{Format, TextStyle};

use crate::fixture::many;

/// `cargo test --release -p ciel-report --test it speed -- --ignored --nocapture`
#[test]
#[ignore = "measures, and means nothing unoptimised"]
fn hundred_thousand_findings_take_half_a_second() {
    let input = many(100_000);
    let slow: Vec<_> = Format::ALL
        .into_iter()
        .map(|format| {
            let began = Instant::now();
            ciel_report::write(
                &input.report(),
                format,
                TextStyle::default(),
                &mut io::sink(),
            )
            .expect("nothing refuses");
            (format, began.elapsed())
        })
        .inspect(|(format, took)| println!("{format:<12} {took:>8.0?}"))
        .filter(|(_, took)| *took > Duration::from_millis(500))
        .collect();
    assert!(slow.is_empty(), "{slow:?}");
}
