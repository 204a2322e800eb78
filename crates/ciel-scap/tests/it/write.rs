//! What is written reads back, here and by Debian's sysdig.

use std::process::Command;

use ciel_event::{Event, EventCode, Params, schema::EVENTS};
use ciel_fields::Field;
use ciel_scap::{Compression, Copier, Item, Reader, Replay, Writer};
use ciel_testkit::Dice;

use crate::{blocks, captures};

/// A capture written anew from what another holds.
fn rewritten(capture: &[u8], compression: Compression) -> Vec<u8> {
    let mut reader = Reader::new(capture);
    let mut writer = Writer::new(Vec::new(), compression);
    let mut interfaces = Vec::new();
    let (mut users, mut groups) = (Vec::new(), Vec::new());
    let mut listed = false;
    while let Some(item) = reader.next().expect("a whole capture") {
        match item {
            Item::Section(_) => writer.section(),
            Item::Machine(info) => writer.machine(&info),
            Item::Interface(interface) => {
                interfaces.push(interface);
                Ok(())
            }
            Item::User(user) => {
                users.push(user);
                Ok(())
            }
            Item::Group(group) => {
                groups.push(group);
                Ok(())
            }
            Item::Thread(thread) => {
                if !listed {
                    writer.interfaces(&interfaces).expect("memory");
                    writer.users(&users, &groups).expect("memory");
                    listed = true;
                }
                writer.threads([&*thread])
            }
            Item::Fd { tid, number, fd } => writer.descriptors(tid, [(number, &*fd)]),
            Item::Event(raw) => writer.event(&raw.event(), raw.is_state_only()),
        }
        .expect("memory");
    }
    writer.finish().expect("memory")
}

/// Items without what depends on how they were written.
fn items(capture: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(capture);
    let mut items = Vec::new();
    while let Some(item) = reader.next().expect("a whole capture") {
        items.push(match item {
            Item::Section(_) => continue,
            Item::Event(raw) => format!("{:?}", raw.event()),
            other => format!("{other:?}"),
        });
    }
    items
}

#[test]
fn captures_that_are_written_anew_hold_the_same() {
    for capture in captures::all() {
        let original = captures::bytes(&capture);
        let mut before = items(&original);
        let mut after = items(&rewritten(&original, Compression::Gzip));
        // The order of lists is not that of all writers.
        before.sort();
        after.sort();
        assert!(before == after, "{}", capture.name);
    }
}

#[test]
fn random_events_read_back() {
    let mut dice = Dice::new(6);
    for _ in 0..2_000 {
        let code = EventCode(dice.below(EVENTS as u64) as u16);
        let count = dice.below(33) as usize;
        let lengths: Vec<u32> = (0..count)
            .map(|_| {
                let most = if dice.chance(1) { 65_536 } else { 40 };
                dice.below(most) as u32
            })
            .collect();
        let bytes: Vec<u8> = (0..lengths.iter().sum()).map(|at: u32| at as u8).collect();
        let event = Event {
            time: dice.below(u64::MAX),
            tid: dice.below(1 << 40) as i64 - (1 << 20),
            cpu: dice.below(1 << 16) as u16,
            code,
            params: Params::new(&bytes, lengths.iter().copied()),
        };
        let mut writer = Writer::new(Vec::new(), Compression::None);
        writer.section().expect("memory");
        let state_only = dice.chance(50);
        writer.event(&event, state_only).expect("memory");
        let capture = writer.finish().expect("memory");
        let mut reader = Reader::new(capture.as_slice());
        reader.next().expect("a section");
        let Ok(Some(Item::Event(raw))) = reader.next() else {
            panic!("{event:?} is lost");
        };
        assert_eq!(format!("{:?}", raw.event()), format!("{event:?}"));
        assert_eq!(raw.is_state_only(), state_only);
    }
}

/// A filtered capture: every so many events pass.
fn filtered(capture: &[u8], every: u64) -> (Vec<u8>, Vec<String>) {
    let mut replay = Replay::new(capture);
    replay.keep_sections();
    let mut copier = Copier::new(Vec::new(), Compression::None);
    let mut passed = Vec::new();
    while let Some(step) = replay.next().expect("a whole capture") {
        let passes = !step.seen().hidden && step.seen().number.is_multiple_of(every);
        if passes {
            passed.push(format!("{:?}", step.event()));
        }
        copier.step(&step, passes).expect("memory");
    }
    copier.sections(replay.sections()).expect("memory");
    let out = copier.finish().expect("memory");
    (out, passed)
}

/// The events of a capture that are shown.
fn shown(capture: &[u8]) -> Vec<String> {
    let mut replay = Replay::new(capture);
    let mut shown = Vec::new();
    while let Some(step) = replay.next().expect("a whole capture") {
        if !step.seen().hidden {
            shown.push(format!("{:?}", step.event()));
        }
    }
    shown
}

#[test]
fn a_filtered_capture_shows_what_passed() {
    for capture in captures::all() {
        for every in [1, 7] {
            let (out, passed) = filtered(&captures::bytes(&capture), every);
            assert!(shown(&out) == passed, "{}: 1 of {every}", capture.name);
        }
    }
}

#[test]
fn a_filtered_capture_knows_the_same_threads() {
    for capture in captures::all() {
        let original = captures::bytes(&capture);
        let (out, _) = filtered(&original, 5);
        let threads = |bytes: &[u8]| {
            let mut replay = Replay::new(bytes);
            while replay.next().expect("a whole capture").is_some() {}
            replay.machine().threads.len()
        };
        assert_eq!(threads(&original), threads(&out), "{}", capture.name);
    }
}

/// Fields of the events that are shown, of which only those count that `takes` says.
fn told(capture: &[u8], takes: impl Fn(u64) -> bool) -> Vec<Vec<Option<String>>> {
    let fields: Vec<Field> = TOLD
        .iter()
        .map(|name| Field::parse(name).expect("a field"))
        .collect();
    let mut replay = Replay::new(capture);
    let mut told = Vec::new();
    while let Some(step) = replay.next().expect("a whole capture") {
        if !step.seen().hidden && takes(step.seen().number) {
            let context = step.context();
            told.push(fields.iter().map(|field| field.text(&context)).collect());
        }
    }
    told
}

/// What depends on events before the one that is shown.
const TOLD: [&str; 16] = [
    "evt.args",
    "proc.name",
    "proc.cmdline",
    "proc.exepath",
    "proc.cwd",
    "proc.pname",
    "proc.aname[2]",
    "proc.nthreads",
    "proc.sid",
    "user.name",
    "user.loginuid",
    "thread.cap_effective",
    "fd.name",
    "fd.type",
    "fd.nameraw",
    "container.id",
];

#[test]
fn a_filtered_capture_tells_the_same_of_what_passed() {
    for capture in captures::all() {
        let original = captures::bytes(&capture);
        let (out, _) = filtered(&original, 7);
        let before = told(&original, |number| number.is_multiple_of(7));
        let after = told(&out, |_| true);
        for (before, after) in before.iter().zip(&after) {
            for ((name, before), after) in TOLD.iter().zip(before).zip(after) {
                assert_eq!(before, after, "{}: {name}", capture.name);
            }
        }
    }
}

/// What sysdig prints of a capture; nothing where it is not installed.
fn sysdig(capture: &[u8]) -> Option<(bool, usize, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.scap");
    std::fs::write(&path, capture).expect("a file");
    let output = Command::new("sysdig")
        .arg("-r")
        .arg(&path)
        .arg("-p")
        .arg("%evt.num %evt.type %proc.name %fd.name")
        .output();
    let output = match output {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("skipped: no sysdig: apt-get install sysdig");
            return None;
        }
        output => output.expect("sysdig"),
    };
    let lines = String::from_utf8_lossy(&output.stdout).lines().count();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    Some((output.status.success(), lines, errors))
}

#[test]
fn sysdig_reads_as_many_events_of_what_is_written_anew() {
    for capture in captures::all() {
        let original = captures::bytes(&capture);
        let (Some(before), Some(after)) = (
            sysdig(&original),
            sysdig(&rewritten(&original, Compression::None)),
        ) else {
            return;
        };
        // Debian's sysdig does not know options of a section header.
        if before.0 {
            assert_eq!(before, after, "{}", capture.name);
        }
    }
}

#[test]
fn sysdig_reads_filtered_captures() {
    for capture in captures::all() {
        let original = captures::bytes(&capture);
        let (out, _) = filtered(&original, 3);
        let (Some(before), Some(after)) = (sysdig(&original), sysdig(&out)) else {
            return;
        };
        assert_eq!((before.0, before.2), (after.0, after.2), "{}", capture.name);
    }
}

#[test]
fn the_blocks_of_a_test_are_those_of_the_writer() {
    let mut writer = Writer::new(Vec::new(), Compression::None);
    writer.section().expect("memory");
    let bytes = [0; 8].iter().chain(&[5, 0, 0, 0, 0, 0, 0, 0]).copied();
    let bytes: Vec<u8> = bytes.collect();
    let event = Event {
        time: 1_000,
        tid: 42,
        cpu: 3,
        code: EventCode(5),
        params: Params::new(&bytes, [8, 8]),
    };
    writer.event(&event, false).expect("memory");
    let expected = [blocks::section(), blocks::close()].concat();
    assert_eq!(writer.finish().expect("memory"), expected);
}
