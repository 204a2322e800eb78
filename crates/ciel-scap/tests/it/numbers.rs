//! Which events Falco shows, and how it numbers them.

use std::io::{BufRead, BufReader};

use ciel_scap::Replay;
use flate2::read::GzDecoder;

use crate::captures::{self, Capture};

/// Number, time and type of an event.
type Shown = (u64, u64, String);

/// What Falco showed of a capture.
fn falco(capture: &Capture) -> Vec<Shown> {
    let file = std::fs::File::open(&capture.fields).expect("fields");
    BufReader::new(GzDecoder::new(file))
        .lines()
        .map(|line| {
            let event: serde_json::Value =
                serde_json::from_str(&line.expect("a line")).expect("an object");
            let number = |name: &str| event.get(name).and_then(serde_json::Value::as_u64);
            (
                number("evt.num").expect("a number"),
                number("evt.rawtime").expect("a time"),
                event
                    .get("evt.type")
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
            )
        })
        .collect()
}

/// The same of ours. What a system call without an event of its own is called is not this crate's business.
fn ciel(capture: &Capture) -> Vec<Shown> {
    let mut replay = Replay::new(captures::bytes(capture).as_slice().to_vec().leak() as &[u8]);
    let mut shown = Vec::new();
    while let Some(step) = replay.next().expect("a whole capture") {
        if !step.seen().hidden {
            shown.push((
                step.seen().number,
                step.event().time,
                step.event().info().name.to_owned(),
            ));
        }
    }
    shown
}

#[test]
fn the_same_events_are_shown_as_falco_shows() {
    for capture in captures::all() {
        let (falco, ciel) = (falco(&capture), ciel(&capture));
        assert_eq!(falco.len(), ciel.len(), "{}", capture.name);
        for (falco, ciel) in falco.iter().zip(&ciel) {
            assert_eq!(
                (falco.0, falco.1),
                (ciel.0, ciel.1),
                "{}: {falco:?} {ciel:?}",
                capture.name
            );
            if ciel.2 != "syscall" {
                assert_eq!(falco.2, ciel.2, "{}: number {}", capture.name, ciel.0);
            }
        }
    }
}
