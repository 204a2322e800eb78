//! Captures of any content: reading, converting and the machine's state do not panic, memory is bounded, and what a
//! filtered capture shows is what passed.
//!
//! The first byte says whether the rest is a capture, or what events are made of: these reach the converter and the state
//! more often than bytes that must first look like a capture.

#![no_main]

use ciel_event::{Event, EventCode, Params};
use ciel_scap::{Compression, Copier, Replay, Writer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match bytes.split_first() {
        Some((0, rest)) => look(&framed(rest)),
        Some((_, rest)) => look(rest),
        None => {}
    }
});

/// Replays a capture, copies some of it, and replays the copy.
fn look(capture: &[u8]) {
    let mut replay = Replay::new(capture);
    replay.keep_sections();
    let mut copier = Copier::new(Vec::new(), Compression::None);
    let mut passed = 0_usize;
    while let Ok(Some(step)) = replay.next() {
        let context = step.context();
        assert!(context.seen.number > 0);
        // What a second capture begins with is hidden only where it stands before all others.
        let passes = !context.seen.hidden && context.seen.number % 3 == 0;
        passed += usize::from(passes);
        copier.step(&step, passes).expect("memory");
    }
    copier.sections(replay.sections()).expect("memory");
    let copy = copier.finish().expect("memory");
    let mut again = Replay::new(copy.as_slice());
    let mut shown = 0;
    while let Ok(Some(step)) = again.next() {
        shown += usize::from(!step.seen().hidden);
    }
    assert!(shown <= passed, "{shown} of {passed}");
}

/// A capture of events: each of a code, a thread, and parameters of up to 255 bytes.
fn framed(mut bytes: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), Compression::None);
    writer.section().expect("memory");
    let mut time = 1_700_000_000_000_000_000;
    while let Some(([low, high, tid, count], rest)) = bytes.split_first_chunk() {
        let count = usize::from(count % 33);
        let Some((lengths, rest)) = rest.split_at_checked(count) else {
            break;
        };
        let sum: usize = lengths.iter().map(|length| usize::from(*length)).sum();
        let (data, rest) = rest.split_at(sum.min(rest.len()));
        bytes = rest;
        time += 1_000;
        let event = Event {
            time,
            tid: i64::from(*tid),
            cpu: 0,
            code: EventCode(u16::from_le_bytes([*low, *high]) % 460),
            params: Params::new(data, lengths.iter().map(|length| u32::from(*length))),
        };
        writer.event(&event, false).expect("memory");
    }
    writer.finish().expect("memory")
}
