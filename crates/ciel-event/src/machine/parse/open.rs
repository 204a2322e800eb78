//! The calls that open a path.

use super::fds::{add, number, result, text};
use crate::{
    Event, Text,
    machine::{Fd, FdKind, FdMarks, Machine, Seen, Thread, path},
    schema::codes,
};

const O_DIRECTORY: u32 = 1024;
/// The first of the bits that the probe adds to those of the call.
const O_F_CREATED: u32 = 16_384;
const FD_UPPER_LAYER: u32 = 32_768;
const FD_LOWER_LAYER: u32 = 65_536;

/// Adds what a call opened.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let number = result(event);
    if number < 0 {
        return;
    }
    let Some(thread) = seen.thread.and_then(|tid| machine.threads.get(tid)) else {
        return;
    };
    let fd = opened(machine, thread, event);
    add(machine, seen, number, fd);
}

/// What a call was asked to open.
struct Opened<'a> {
    path: &'a [u8],
    base: Base,
    flags: u32,
    dev: u32,
    ino: u64,
}

/// What a path is relative to.
#[derive(Clone, Copy)]
enum Base {
    WorkingDirectory,
    Descriptor(i64),
    Nothing,
}

fn opened(machine: &Machine, thread: &Thread, event: &Event<'_>) -> Fd {
    // What the beginning of the call told is believed: the program may have changed the bytes since.
    let begun = thread.enter_event(event.code);
    let begun = begun.map(crate::machine::StoredEvent::event);
    let asked = match event.code {
        codes::SYSCALL_OPEN_X => open(event, begun.as_ref()),
        codes::SYSCALL_CREAT_X => creat(event, begun.as_ref()),
        codes::SYSCALL_OPENAT_2_X => openat(event, begun.as_ref(), [5, 6]),
        codes::SYSCALL_OPENAT2_X => openat(event, begun.as_ref(), [6, 7]),
        _ => open_by_handle(event),
    };
    let whole = match asked.base {
        Base::WorkingDirectory => path::concatenate(machine.threads.cwd(thread), asked.path),
        Base::Descriptor(directory) => {
            let base = path::base_of(machine, Some(thread), asked.path, directory);
            path::concatenate(&base, asked.path)
        }
        Base::Nothing => path::concatenate(b"", asked.path),
    };
    let name_raw = Text::from(asked.path);
    let name = if *whole == *asked.path {
        name_raw.clone()
    } else {
        whole.into()
    };
    let is_directory = asked.flags & O_DIRECTORY != 0;
    let mut fd = Fd {
        marks: FdMarks {
            upper_layer: asked.flags & FD_UPPER_LAYER != 0,
            lower_layer: asked.flags & FD_LOWER_LAYER != 0,
            ..FdMarks::default()
        },
        name_raw,
        open_flags: asked.flags,
        dev: asked.dev,
        ino: asked.ino,
        ..Fd::new(if is_directory {
            FdKind::Directory
        } else {
            FdKind::File
        })
    };
    fd.set_name(name);
    fd
}

/// The path at the beginning of the call, where it was told.
fn begun_path<'a>(begun: Option<&Event<'a>>, index: usize) -> Option<&'a [u8]> {
    begun
        .map(|event| text(event, index))
        .filter(|path| *path != path::NOT_TOLD)
}

/// The bits of the beginning of the call, and those that the probe added at its end.
fn with_added(begun: u32, ended: u32) -> u32 {
    begun | ended & !(O_F_CREATED - 1)
}

fn open<'a>(event: &Event<'a>, begun: Option<&Event<'a>>) -> Opened<'a> {
    let mut asked = Opened {
        path: text(event, 1),
        base: Base::WorkingDirectory,
        flags: number(event, 2),
        dev: number(event, 4),
        ino: event.unsigned(5).unwrap_or(0),
    };
    if let (Some(path), Some(begun)) = (begun_path(begun, 0), begun) {
        asked.path = path;
        asked.flags = with_added(number(begun, 1), asked.flags);
    }
    asked
}

/// `creat` has no flags; where the file lies is told in a parameter of its own.
fn creat<'a>(event: &Event<'a>, begun: Option<&Event<'a>>) -> Opened<'a> {
    const UPPER: u32 = 1;
    const LOWER: u32 = 2;
    let layers = number(event, 5);
    Opened {
        path: begun_path(begun, 0).unwrap_or_else(|| text(event, 1)),
        base: Base::WorkingDirectory,
        flags: if layers & UPPER != 0 {
            FD_UPPER_LAYER
        } else if layers & LOWER != 0 {
            FD_LOWER_LAYER
        } else {
            0
        },
        dev: number(event, 3),
        ino: event.unsigned(4).unwrap_or(0),
    }
}

fn openat<'a>(event: &Event<'a>, begun: Option<&Event<'a>>, [dev, ino]: [usize; 2]) -> Opened<'a> {
    let mut asked = Opened {
        path: text(event, 2),
        base: base(event.signed(1)),
        flags: number(event, 3),
        dev: number(event, dev),
        ino: event.unsigned(ino).unwrap_or(0),
    };
    if let (Some(path), Some(begun)) = (begun_path(begun, 1), begun) {
        asked.path = path;
        asked.flags = with_added(number(begun, 2), asked.flags);
        asked.base = base(begun.signed(0));
    }
    asked
}

/// The probe tells the whole path.
fn open_by_handle<'a>(event: &Event<'a>) -> Opened<'a> {
    Opened {
        path: text(event, 3),
        base: Base::Nothing,
        flags: number(event, 2),
        dev: number(event, 4),
        ino: event.unsigned(5).unwrap_or(0),
    }
}

fn base(directory: Option<i64>) -> Base {
    directory.map_or(Base::Nothing, Base::Descriptor)
}
