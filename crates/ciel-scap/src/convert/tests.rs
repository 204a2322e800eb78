use ciel_event::{Event, EventCode, Params, schema::codes};

use super::{Action, Conversion, Converted, Converter, Source, fate, table::CONVERSIONS};
use crate::{Compression, Item, Reader, Writer, limits};

/// The block of an event, written and read.
fn with_raw<T>(
    tid: i64,
    code: EventCode,
    params: &[&[u8]],
    look: impl FnOnce(&crate::RawEvent<'_>) -> T,
) -> T {
    let data = params.concat();
    let event = Event {
        time: 7,
        tid,
        cpu: 1,
        code,
        params: Params::new(&data, params.iter().map(|bytes| bytes.len() as u32)),
    };
    let mut writer = Writer::new(Vec::new(), Compression::None);
    writer.section().unwrap();
    writer.event(&event, false).unwrap();
    let capture = writer.finish().unwrap();
    let mut reader = Reader::new(capture.as_slice());
    reader.next().unwrap();
    match reader.next().unwrap() {
        Some(Item::Event(raw)) => look(&raw),
        other => panic!("{other:?}"),
    }
}

/// What becomes of an event: its code and parameters where another was made of it.
fn convert(
    converter: &mut Converter,
    tid: i64,
    code: EventCode,
    params: &[&[u8]],
) -> (Converted, EventCode, Vec<Vec<u8>>) {
    with_raw(tid, code, params, |raw| {
        let converted = converter.convert(raw);
        let event = match converted {
            Converted::Anew => converter.event(raw),
            Converted::AsIs | Converted::Dropped => raw.event(),
        };
        let params = event.params.iter().map(<[u8]>::to_vec).collect();
        (converted, event.code, params)
    })
}

/// Parameters that differ: as many as a row has, each of its number.
fn numbered(count: u8) -> Vec<[u8; 8]> {
    (0..count)
        .map(|index| u64::from(index + 1).to_le_bytes())
        .collect()
}

fn slices(params: &[[u8; 8]]) -> Vec<&[u8]> {
    params.iter().map(<[u8; 8]>::as_slice).collect()
}

fn name(row: &Conversion) -> String {
    let constant = EventCode(row.code).info().constant;
    format!("{constant} of {} parameters", row.params)
}

/// Where the rows lead from this one: the code, how many parameters, and the row that ends it, if one does.
fn end(row: &'static Conversion) -> (EventCode, usize, Option<&'static Action>) {
    let (code, count) = match row.action {
        Action::AddParams(sources) => {
            (EventCode(row.code), usize::from(row.params) + sources.len())
        }
        Action::ChangeType(next, sources) => (next, sources.len()),
        Action::Store | Action::StoreAndPass | Action::Pass => {
            return (
                EventCode(row.code),
                usize::from(row.params),
                Some(&row.action),
            );
        }
    };
    match fate::row(code, count) {
        Some(next) => end(next),
        None => (code, count, None),
    }
}

#[test]
fn every_row_ends_where_no_further_one_fits() {
    for row in CONVERSIONS {
        let params = numbered(row.params);
        let code = EventCode(row.code);
        let (converted, code, params) = convert(&mut Converter::new(), 1, code, &slices(&params));
        let (last, count, by) = end(row);
        let changed = matches!(row.action, Action::AddParams(_) | Action::ChangeType(..));
        let expected = match by {
            Some(Action::Store) => Converted::Dropped,
            _ if changed => Converted::Anew,
            _ => Converted::AsIs,
        };
        assert_eq!(converted, expected, "{}", name(row));
        if converted != Converted::Dropped {
            assert_eq!((code, params.len()), (last, count), "{}", name(row));
        }
    }
}

#[test]
fn every_exit_event_of_a_row_has_the_parameters_of_the_current_schema() {
    for row in CONVERSIONS {
        let (code, count, by) = end(row);
        if by.is_none() {
            assert!(!fate::is_old(code), "{}: {code:?} is old", name(row));
            assert_eq!(count, code.info().params.len(), "{}", name(row));
        }
    }
}

#[test]
fn every_row_takes_parameters_from_where_it_says() {
    for row in CONVERSIONS {
        let (sources, next) = match row.action {
            Action::AddParams(sources) => (sources, EventCode(row.code)),
            Action::ChangeType(next, sources) => (sources, next),
            Action::Store | Action::StoreAndPass | Action::Pass => continue,
        };
        let mut converter = Converter::new();
        let old = numbered(row.params);
        let enter: Vec<[u8; 8]> = numbered(16).iter().map(|bytes| bytes.map(|b| !b)).collect();
        // As many as the enter event may have that is kept for this one.
        let kept = CONVERSIONS.iter().rfind(|other| {
            Some(other.code) == row.code.checked_sub(1)
                && matches!(other.action, Action::Store | Action::StoreAndPass)
        });
        if let Some(kept) = kept {
            let enter = slices(&enter[..usize::from(kept.params)]);
            convert(&mut converter, 1, EventCode(kept.code), &enter);
        }
        let (_, code, params) = convert(&mut converter, 1, EventCode(row.code), &slices(&old));
        if code != next || matches!(end(row).2, Some(Action::Store)) {
            // The chain goes on: its next row is looked at by itself.
            continue;
        }
        let before = match row.action {
            Action::AddParams(_) => usize::from(row.params),
            _ => 0,
        };
        for (index, source) in sources.iter().enumerate() {
            let got = &params[before + index];
            let expected: &[u8] = match *source {
                Source::Old(at) => &old[usize::from(at)],
                Source::Enter(at) | Source::EnterOrEmpty(at) if kept.is_some() => {
                    &enter[usize::from(at)]
                }
                Source::Empty | Source::EnterOrEmpty(_) => &[],
                Source::Enter(_) | Source::Default | Source::ContainerJson => continue,
            };
            assert_eq!(got, expected, "{}: parameter {index}", name(row));
        }
    }
}

#[test]
fn an_exit_event_takes_what_its_enter_event_told() {
    let mut converter = Converter::new();
    let fd = 5_i64.to_le_bytes();
    let (kept, ..) = convert(&mut converter, 1, codes::SYSCALL_CLOSE_E, &[&fd]);
    assert_eq!(kept, Converted::Dropped);
    let res = 0_i64.to_le_bytes();
    let (_, code, params) = convert(&mut converter, 1, codes::SYSCALL_CLOSE_X, &[&res]);
    assert_eq!(
        (code, params),
        (codes::SYSCALL_CLOSE_X, vec![res.to_vec(), fd.to_vec()])
    );
}

#[test]
fn what_an_enter_event_told_is_used_once() {
    let mut converter = Converter::new();
    convert(&mut converter, 1, codes::SYSCALL_CLOSE_E, &[&[5; 8]]);
    convert(&mut converter, 1, codes::SYSCALL_CLOSE_X, &[&[0; 8]]);
    let (_, _, params) = convert(&mut converter, 1, codes::SYSCALL_CLOSE_X, &[&[0; 8]]);
    assert_eq!(params[1], [0; 8]);
}

#[test]
fn the_enter_event_of_another_thread_is_not_taken() {
    let mut converter = Converter::new();
    convert(&mut converter, 1, codes::SYSCALL_CLOSE_E, &[&[5; 8]]);
    let (_, _, params) = convert(&mut converter, 2, codes::SYSCALL_CLOSE_X, &[&[0; 8]]);
    assert_eq!(params[1], [0; 8]);
}

#[test]
fn the_enter_event_of_another_system_call_is_not_taken() {
    let mut converter = Converter::new();
    convert(
        &mut converter,
        1,
        codes::SYSCALL_READ_E,
        &[&[5; 8], &[6; 4]],
    );
    let (_, _, params) = convert(&mut converter, 1, codes::SYSCALL_CLOSE_X, &[&[0; 8]]);
    assert_eq!(params[1], [0; 8]);
}

#[test]
fn a_thread_that_ends_takes_its_enter_event_with_it() {
    let mut converter = Converter::new();
    convert(&mut converter, 1, codes::SYSCALL_CLOSE_E, &[&[5; 8]]);
    convert(
        &mut converter,
        1,
        codes::PROCEXIT_1_E,
        &[[0_u8; 8].as_slice(); 5],
    );
    let (_, _, params) = convert(&mut converter, 1, codes::SYSCALL_CLOSE_X, &[&[0; 8]]);
    assert_eq!(params[1], [0; 8]);
}

#[test]
fn a_container_becomes_json_of_the_large_event() {
    let kind = 7_u32.to_le_bytes();
    let (_, code, params) = convert(
        &mut Converter::new(),
        1,
        codes::CONTAINER_E,
        &[b"3ad7b26ded6d\0", &kind, b"web \"1\"\0", b"nginx\0"],
    );
    assert_eq!(code, codes::CONTAINER_JSON_2_E);
    let expected: &[u8] =
        b"{\"id\":\"3ad7b26ded6d\",\"type\":7,\"name\":\"web \\\"1\\\"\",\"image\":\"nginx\"}\0";
    assert_eq!(params, [expected]);
}

#[test]
fn the_first_execve_becomes_the_last() {
    let params = numbered(8);
    let (_, code, params) = convert(
        &mut Converter::new(),
        1,
        codes::SYSCALL_EXECVE_8_X,
        &slices(&params),
    );
    assert_eq!(code, codes::SYSCALL_EXECVE_19_X);
    assert_eq!(params[7], 8_u64.to_le_bytes());
    assert!(params[8].is_empty());
}

#[test]
fn an_event_of_the_current_schema_stays_as_it_is() {
    let (converted, ..) = convert(
        &mut Converter::new(),
        1,
        codes::SYSCALL_CLOSE_X,
        &[&[0; 8], &[5; 8]],
    );
    assert_eq!(converted, Converted::AsIs);
}

#[test]
fn an_event_of_a_newer_schema_stays_as_it_is() {
    let (converted, ..) = convert(
        &mut Converter::new(),
        1,
        codes::SYSCALL_CLOSE_X,
        &[&[0; 8], &[5; 8], b"new\0"],
    );
    assert_eq!(converted, Converted::AsIs);
}

#[test]
fn an_enter_event_that_tells_nothing_is_dropped() {
    let (converted, ..) = convert(&mut Converter::new(), 1, codes::SYSCALL_PIPE_E, &[]);
    assert_eq!(converted, Converted::Dropped);
}

#[test]
fn a_code_that_was_never_used_is_dropped() {
    let (converted, ..) = convert(&mut Converter::new(), 1, EventCode(17), &[]);
    assert_eq!(converted, Converted::Dropped);
}

#[test]
fn what_waits_is_bounded() {
    let mut converter = Converter::new();
    with_raw(0, codes::SYSCALL_CLOSE_E, &[&[5; 8]], |raw| {
        let mut raw = *raw;
        for tid in 0..2 * limits::WAITING_EVENTS as i64 {
            raw.header.tid = tid;
            converter.convert(&raw);
        }
    });
    assert!(converter.waiting.len() <= limits::WAITING_EVENTS);
}
