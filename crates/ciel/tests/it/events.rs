//! `ciel events`.

use std::{fs, path::Path};

use ciel_event::{Event, Params, schema::codes};
use ciel_scap::{Compression, Writer};

use crate::run::{Ran, ciel};

/// A capture in which a thread closes these descriptors.
fn capture(fds: std::ops::Range<i64>) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), Compression::None);
    writer.section().expect("memory");
    for fd in fds {
        let data = [0_i64.to_le_bytes(), fd.to_le_bytes()].concat();
        let event = Event {
            time: 1_794_000_000_000_000_000 + fd.unsigned_abs(),
            tid: 42,
            cpu: 0,
            code: codes::SYSCALL_CLOSE_X,
            params: Params::new(&data, [8, 8]),
        };
        writer.event(&event, false).expect("memory");
    }
    writer.finish().expect("memory")
}

/// Runs `ciel events` in a folder with a file.
fn events(folder: &Path, bytes: &[u8], args: &[&str]) -> Ran {
    fs::write(folder.join("a.scap"), bytes).expect("written");
    ciel(folder, &[&["events"], args].concat())
}

/// The values of `evt.arg.fd`, one a line.
const FDS: [&str; 4] = ["--format", "text", "--fields", "evt.rawarg.fd"];

#[test]
fn a_whole_capture_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = events(
        folder.path(),
        &capture(3..6),
        &[&FDS[..], &["a.scap"]].concat(),
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "3\n4\n5\n"));
}

#[test]
fn what_is_whole_of_a_capture_that_is_cut_off_is_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = capture(3..6);
    let cut = &whole[..whole.len() - 9];
    let ran = events(folder.path(), cut, &[&FDS[..], &["a.scap"]].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (3, "3\n4\n"));
    let expected = format!(
        "the capture is cut off: it ends in the middle of an event, at byte {}",
        cut.len()
    );
    assert!(ran.stderr.contains(&expected), "{}", ran.stderr);
}

#[test]
fn a_capture_that_is_cut_off_may_be_enough() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = capture(3..6);
    let args = ["--allow-incomplete", "a.scap"];
    let ran = events(folder.path(), &whole[..whole.len() - 9], &args);
    assert_eq!(ran.code, 0);
}

#[test]
fn what_is_no_capture_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = events(folder.path(), b"kind: Pod\n", &["a.scap"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("this is no capture"), "{}", ran.stderr);
}

#[test]
fn the_events_that_are_wanted_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["--from", "+0.000000001", "--write", "b.scap.gz", "a.scap"];
    let ran = events(folder.path(), &capture(3..6), &args);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let written = fs::read(folder.path().join("b.scap.gz")).expect("written");
    assert!(written.starts_with(&[0x1f, 0x8b]));
    let again = ciel(
        folder.path(),
        &[&["events"], &FDS[..], &["b.scap.gz"]].concat(),
    );
    assert_eq!(again.stdout, "4\n5\n");
}

#[test]
fn several_captures_become_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["--write", "b.scap", "a.scap", "a.scap"];
    events(folder.path(), &capture(3..5), &args);
    let again = ciel(
        folder.path(),
        &[&["events"], &FDS[..], &["b.scap"]].concat(),
    );
    assert_eq!((again.code, again.stdout.as_str()), (0, "3\n4\n3\n4\n"));
}

#[test]
fn a_capture_is_not_written_over_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = capture(3..6);
    let ran = events(folder.path(), &whole, &["--write", "./a.scap", "a.scap"]);
    assert_eq!(ran.code, 2);
    let after = fs::read(folder.path().join("a.scap")).expect("there");
    assert!(after == whole);
}
