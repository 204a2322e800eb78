//! What is no capture, or not a whole one.

use std::io::Write as _;

use ciel_scap::{Item, ReadError, Reader, Replay};
use flate2::{Compression, write::GzEncoder};

use crate::{
    blocks::{block, close, event, kind, parameters, read, section, section_with},
    captures,
};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn nothing_is_no_capture() {
    assert!(matches!(read(b"").1, Err(ReadError::NotACapture)));
}

#[test]
fn text_is_no_capture() {
    let (items, end) = read(b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n");
    assert!(items.is_empty());
    assert!(matches!(end, Err(ReadError::NotACapture)));
}

#[test]
fn pcapng_of_the_other_byte_order_is_refused() {
    let capture = section_with(0x4d3c_2b1a, 1, 2);
    assert!(matches!(read(&capture).1, Err(ReadError::ByteOrder)));
}

#[test]
fn the_next_version_is_refused() {
    let capture = section_with(0x1a2b_3c4d, 2, 0);
    let error = read(&capture).1.expect_err("version 2");
    assert!(matches!(error, ReadError::Version { major: 2, minor: 0 }));
}

#[test]
fn later_minor_versions_are_read() {
    for minor in 0..4 {
        let capture = [section_with(0x1a2b_3c4d, 1, minor), close()].concat();
        assert_eq!(read(&capture).0.len(), 2, "1.{minor}");
    }
}

#[test]
fn a_capture_without_events_is_whole() {
    assert!(read(&section()).1.is_ok());
}

#[test]
fn a_block_of_an_unknown_type_is_passed_over_and_counted() {
    let capture = [section(), block(0x7777, &[1; 100_000]), close()].concat();
    let mut reader = Reader::new(capture.as_slice());
    reader.next().expect("a section");
    assert!(matches!(reader.next(), Ok(Some(Item::Event(_)))));
    assert_eq!(reader.skipped().blocks, 1);
}

#[test]
fn an_event_of_an_unknown_code_is_passed_over_and_counted() {
    let strange = block(kind::EVENT, &event(60_000, None, Some(40), &[9; 7]));
    let capture = [section(), strange, close()].concat();
    let mut reader = Reader::new(capture.as_slice());
    reader.next().expect("a section");
    assert!(matches!(reader.next(), Ok(Some(Item::Event(_)))));
    assert_eq!(reader.skipped().events, 1);
}

#[test]
fn comments_after_an_event_are_passed_over() {
    let rest = parameters(&[&[0; 8], &[5, 0, 0, 0, 0, 0, 0, 0]]);
    let mut body = event(5, None, Some(2), &rest);
    body.extend_from_slice(b"\x01\x00\x05\x00hello\0\0\0\0\0\0\0");
    let capture = [section(), block(kind::EVENT, &body), close()].concat();
    let (items, end) = read(&capture);
    assert!(end.is_ok());
    assert_eq!(items.len(), 3);
}

#[test]
fn options_of_a_section_header_are_passed_over() {
    let mut header = section();
    header.truncate(24);
    header.extend_from_slice(b"\x01\x00\x04\x00ciel\0\0\0\0");
    let total = (header.len() + 4) as u32;
    header.extend_from_slice(&total.to_le_bytes());
    header[4..8].copy_from_slice(&total.to_le_bytes());
    let (items, end) = read(&[header, close()].concat());
    assert!(end.is_ok());
    assert_eq!(items.len(), 2);
}

#[test]
fn an_event_that_goes_past_its_block_is_damage_there() {
    let mut bad = close();
    // The length in its header.
    bad[26..30].copy_from_slice(&500_u32.to_le_bytes());
    let capture = [section(), close(), bad, close()].concat();
    let (items, end) = read(&capture);
    assert_eq!(items.len(), 2);
    let at = (section().len() + close().len()) as u64;
    assert!(
        matches!(end, Err(ReadError::Damaged { offset, .. }) if offset == at),
        "{end:?}"
    );
}

#[test]
fn a_list_whose_two_lengths_differ_is_damage() {
    let mut machine = block(0x201, &[0; 180]);
    let end = machine.len() - 4;
    machine[end..].copy_from_slice(&7_u32.to_le_bytes());
    let (_, end) = read(&[section(), machine].concat());
    assert!(matches!(end, Err(ReadError::Damaged { .. })));
}

#[test]
fn an_event_of_four_gigabytes_is_damage() {
    let mut huge = close();
    huge[0..4].copy_from_slice(&0x221_u32.to_le_bytes());
    huge[4..8].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    let (_, end) = read(&[section(), huge].concat());
    assert!(matches!(end, Err(ReadError::Damaged { .. })));
}

#[test]
fn lists_longer_than_any_machines_are_damage() {
    let group = [&[1][..], &7_u32.to_le_bytes(), &[0; 2]].concat();
    let list = block(0x206, &group.repeat(100_000));
    let capture = [section(), list.repeat(21)].concat();
    let mut reader = Reader::new(capture.as_slice());
    let mut count = 0;
    let end = loop {
        match reader.next() {
            Ok(Some(_)) => count += 1,
            end => break end.map(|_| ()),
        }
    };
    assert_eq!(count, 1 + ciel_scap::limits::ENTRIES);
    assert!(matches!(end, Err(ReadError::Damaged { .. })));
}

#[test]
fn what_is_whole_of_a_capture_cut_off_anywhere_is_given() {
    let capture = captures::all()
        .into_iter()
        .find(|capture| capture.name == "cat_write");
    let Some(capture) = capture else { return };
    let whole = unpacked(&captures::bytes(&capture));
    let (items, _) = read(&whole);
    for cut in (30..whole.len()).step_by(499) {
        let (some, end) = read(&whole[..cut]);
        assert_eq!(some, items[..some.len()], "cut at {cut}");
        match end {
            // Between two blocks.
            Ok(()) => {}
            Err(ReadError::Truncated { offset, .. }) => assert_eq!(offset, cut as u64),
            Err(error) => panic!("cut at {cut}: {error}"),
        }
    }
}

#[test]
fn what_is_whole_of_a_packed_capture_that_is_cut_off_is_given() {
    let whole: Vec<u8> = [section(), close().repeat(1_000)].concat();
    let packed = gzip(&whole);
    let (items, end) = read(&packed[..packed.len() / 2]);
    assert!(items.len() > 1);
    assert!(matches!(end, Err(ReadError::Truncated { .. })), "{end:?}");
}

#[test]
fn packed_parts_one_after_the_other_are_read() {
    let capture = [gzip(&section()), gzip(&close()), gzip(&close())].concat();
    let (items, end) = read(&capture);
    assert!(end.is_ok());
    assert_eq!(items.len(), 3);
}

#[test]
fn a_second_section_begins_another_machine_and_numbers_go_on() {
    let part = [section(), close()].concat();
    let capture = part.repeat(2);
    let mut replay = Replay::new(capture.as_slice());
    let mut numbers = Vec::new();
    while let Some(step) = replay.next().expect("two parts") {
        numbers.push(step.seen().number);
    }
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn an_event_that_only_tells_of_state_is_hidden() {
    let rest = parameters(&[&[0; 8], &[5, 0, 0, 0, 0, 0, 0, 0]]);
    let marked = block(kind::EVENT_FLAGS, &event(5, Some(1), Some(2), &rest));
    let capture = [section(), marked, close()].concat();
    let mut replay = Replay::new(capture.as_slice());
    let mut hidden = Vec::new();
    while let Some(step) = replay.next().expect("two events") {
        hidden.push(step.seen().hidden);
    }
    assert_eq!(hidden, [true, false]);
}

#[test]
fn the_number_of_parameters_of_early_events_is_inferred() {
    let rest = parameters(&[&[0; 8]]);
    let capture = [
        section(),
        block(kind::OLD_EVENT, &event(5, None, None, &rest)),
    ]
    .concat();
    let mut reader = Reader::new(capture.as_slice());
    reader.next().expect("a section");
    let Ok(Some(Item::Event(raw))) = reader.next() else {
        panic!("no event");
    };
    assert_eq!(raw.header.count, 1);
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut out).expect("gzip");
    out
}
