//! `evt.abspath`: the path that an event works on, from the root.

use ciel_event::{
    Context,
    machine::path::join,
    schema::{EventCode, codes},
    text::sanitize,
};

use super::result::returned;
use crate::{
    Field, Value,
    show::{self, AT_FDCWD, descriptor, path::working_directory},
};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    context.thread?;
    let event = context.event;
    if event.code == codes::SYSCALL_OPEN_BY_HANDLE_AT_X {
        // The kernel tells the path of a file that it opened.
        returned(event).filter(|fd| *fd > 0)?;
        return Some(path(join(b"", show::text(event.bytes(3)?))));
    }
    let (directory, name) = places(event.code, field.key() == Some("dst"))?;
    let number = event.signed(directory)?;
    let name = show::text(event.bytes(name)?);
    if name.starts_with(b"/") {
        return Some(path(join(b"", name)));
    }
    if number == AT_FDCWD {
        return Some(path(join(working_directory(context), name)));
    }
    match descriptor(context, number) {
        Some(fd) => {
            context.turn_to(number);
            // Falco puts a slash behind the directory also where it ends with one.
            Some(path(join(&[&*fd.name(), b"/"].concat(), name)))
        }
        None => Some(path(join(b"<UNKNOWN>/", name))),
    }
}

fn path<'a>(path: Vec<u8>) -> Value<'a> {
    Value::owned(sanitize(&path).into_owned())
}

/// Where an event has the descriptor of the directory and the path that is relative to it.
fn places(code: EventCode, destination: bool) -> Option<(usize, usize)> {
    let (directory, path) = match code {
        codes::SYSCALL_RENAMEAT_X | codes::SYSCALL_RENAMEAT2_X if destination => {
            ("newdirfd", "newpath")
        }
        codes::SYSCALL_RENAMEAT_X | codes::SYSCALL_RENAMEAT2_X => ("olddirfd", "oldpath"),
        codes::SYSCALL_SYMLINKAT_X => ("linkdirfd", "linkpath"),
        codes::SYSCALL_OPENAT_2_X | codes::SYSCALL_OPENAT2_X | codes::SYSCALL_UNLINKAT_2_X => {
            ("dirfd", "name")
        }
        codes::SYSCALL_LINKAT_2_X if destination => ("newdir", "newpath"),
        codes::SYSCALL_LINKAT_2_X => ("olddir", "oldpath"),
        codes::SYSCALL_MKDIRAT_X => ("dirfd", "path"),
        codes::SYSCALL_FCHMODAT_X => ("dirfd", "filename"),
        codes::SYSCALL_FCHOWNAT_X => ("dirfd", "pathname"),
        _ => return None,
    };
    let info = code.info();
    Some((info.param(directory)?, info.param(path)?))
}
