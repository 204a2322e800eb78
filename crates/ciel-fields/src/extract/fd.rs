//! The descriptor that the event is about: `fd.*`.

use std::borrow::Cow;

use ciel_event::{
    Context, Fd, Thread,
    machine::{FdKind, FdTable, Machine},
    schema::{
        EventFlags,
        codes::{
            SOCKET_ACCEPT_5_X, SOCKET_ACCEPT_X, SOCKET_ACCEPT4_5_X, SOCKET_ACCEPT4_6_X,
            SOCKET_ACCEPT4_X, SOCKET_CONNECT_X, SOCKET_SOCKET_X, SYSCALL_CREAT_X,
            SYSCALL_EVENTFD2_X, SYSCALL_OPEN_BY_HANDLE_AT_X, SYSCALL_OPEN_X, SYSCALL_OPENAT_2_X,
            SYSCALL_OPENAT_X, SYSCALL_OPENAT2_X, SYSCALL_PIPE2_X, SYSCALL_SIGNALFD_X,
            SYSCALL_SIGNALFD4_X, SYSCALL_TIMERFD_CREATE_X,
        },
    },
};

use super::{container, ends};
use crate::{
    Field, FieldId as Id, Value,
    show::{self, Shown},
    spare,
};

/// The thread and descriptor of an event that makes, uses or closes one.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) thread: &'a Thread,
    /// `None` where it is not open.
    pub(crate) fd: Option<&'a Fd>,
}

/// The thread and descriptor of the event; `None` for an event that is about none.
pub(crate) fn subject<'a>(context: &Context<'a>) -> Option<Subject<'a>> {
    const ABOUT: u16 = EventFlags::CREATES_FD.0 | EventFlags::USES_FD.0 | EventFlags::DESTROYS_FD.0;
    if context.event.info().flags.0 & ABOUT == 0 {
        return None;
    }
    let thread = context.thread?;
    let fd = context
        .fd()
        .or_else(|| get(context.machine, thread, thread.last_fd));
    Some(Subject { thread, fd })
}

/// The descriptors that a thread has: its own, or those that it shares with its process.
pub(crate) fn table<'a>(machine: &'a Machine, thread: &'a Thread) -> Option<&'a FdTable> {
    let owner = thread.fd_owner();
    if owner == thread.tid {
        return Some(&thread.fds);
    }
    Some(&machine.threads.get(owner)?.fds)
}

/// One descriptor of a thread.
pub(crate) fn get<'a>(machine: &'a Machine, thread: &'a Thread, number: i64) -> Option<&'a Fd> {
    machine.fd(thread, number)
}

/// The name of a descriptor.
pub(crate) fn name(fd: &Fd) -> Cow<'_, [u8]> {
    fd.name()
}

pub(crate) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let subject = subject(context)?;
    match field.id {
        Id::FdNum => return Some(Value::Signed(subject.thread.last_fd)),
        Id::FdUid => {
            let text = format!("{}{}", subject.thread.tid, subject.thread.last_fd);
            return Some(Value::owned(text));
        }
        Id::FdName | Id::FdContainername => return shown_name(field.id, context, subject),
        Id::FdNameraw => return raw_name(context, subject),
        Id::FdDirectory | Id::FdContainerdirectory => {
            return directory(field.id, context, subject);
        }
        Id::FdTypes => return types(field, context, subject.thread),
        Id::FdTypechar => {
            return Some(Value::text(match subject.fd {
                Some(fd) => fd.kind.letter(),
                None => letter_of_event(context),
            }));
        }
        _ => {}
    }
    let fd = subject.fd?;
    Some(match field.id {
        Id::FdType => Value::text(fd.kind.word()),
        Id::FdFilename => return filename(fd),
        Id::FdConnected => Value::Bool(fd.marks.connected),
        Id::FdNameChanged => Value::Bool(context.seen.fd_name_changed),
        Id::FdDev => Value::Signed(fd.dev.into()),
        Id::FdDevMajor => Value::Signed(i64::from((fd.dev & 0xf_ff00) >> 8)),
        Id::FdDevMinor => Value::Signed(i64::from((fd.dev & 0xff) | ((fd.dev >> 12) & 0xf_ff00))),
        Id::FdIno => Value::Signed(fd.ino.cast_signed()),
        Id::FdIsUpperLayer => Value::Bool(fd.marks.upper_layer),
        Id::FdIsLowerLayer => Value::Bool(fd.marks.lower_layer),
        _ => return ends::extract(field.id, context, fd),
    })
}

/// `fd.name`; of what is not open, what the event asked for.
fn shown_name<'a>(id: Id, context: &Context<'a>, subject: Subject<'a>) -> Option<Value<'a>> {
    let name = match subject.fd {
        Some(fd) => name(fd),
        None => asked(context, false)?,
    };
    Some(in_container(id == Id::FdContainername, context, name))
}

/// Puts the container's identifier, which the host has none of, before a name, for the fields that
/// show it.
fn in_container<'a>(is: bool, context: &Context<'a>, name: Cow<'a, [u8]>) -> Value<'a> {
    if !is {
        return Value::Text(name);
    }
    let mut text = spare::buffer();
    text.extend_from_slice(container::users_of(context));
    text.push(b':');
    text.extend_from_slice(&name);
    Value::owned(text)
}

/// The path as the program gave it, without repeated slashes.
fn raw_name<'a>(context: &Context<'a>, subject: Subject<'a>) -> Option<Value<'a>> {
    let name = match subject.fd {
        Some(fd) => Cow::Borrowed(&*fd.name_raw),
        None => asked(context, true)?,
    };
    if !name.windows(2).any(|pair| pair == b"//") {
        return Some(Value::Text(name));
    }
    let mut text = name.into_owned();
    text.dedup_by(|next, before| (*next, *before) == (b'/', b'/'));
    Some(Value::owned(text))
}

/// The name that an event asked for: with it no descriptor came to be, or none is known.
fn asked<'a>(context: &Context<'a>, raw: bool) -> Option<Cow<'a, [u8]>> {
    let event = context.event;
    if event.code.is_enter() {
        return None;
    }
    Some(match event.code {
        // Of a connection that failed before it had ends, Falco shows none.
        SOCKET_CONNECT_X if event.bytes(1).is_none() => Cow::Borrowed(b""),
        SYSCALL_OPEN_X | SYSCALL_CREAT_X | SOCKET_ACCEPT_X | SOCKET_ACCEPT_5_X
        | SOCKET_ACCEPT4_X | SOCKET_ACCEPT4_5_X | SOCKET_ACCEPT4_6_X | SOCKET_CONNECT_X => {
            Cow::Owned(show::parameter(context, 1).map_or_else(Vec::new, Shown::best))
        }
        SYSCALL_OPENAT_2_X | SYSCALL_OPENAT2_X if raw => {
            Cow::Borrowed(event.text(2).unwrap_or_default())
        }
        SYSCALL_OPENAT_2_X | SYSCALL_OPENAT2_X => super::fspath::resolved_at(context, 2, 1),
        SYSCALL_OPEN_BY_HANDLE_AT_X => Cow::Borrowed(event.text(3).unwrap_or_default()),
        // Falco asks for the beginning of the call, which is not recorded any more.
        SYSCALL_OPENAT_X => return None,
        _ => Cow::Borrowed(b""),
    })
}

/// The folder of a file; a folder itself.
fn directory<'a>(id: Id, context: &Context<'a>, subject: Subject<'a>) -> Option<Value<'a>> {
    let name = match subject.fd {
        None => parent_folder(asked(context, false)?),
        Some(fd) => match fd.kind {
            FdKind::File => parent_folder(name(fd)),
            FdKind::Directory => name(fd),
            _ => return None,
        },
    };
    Some(in_container(id == Id::FdContainerdirectory, context, name))
}

/// What stands before the last slash; all where nothing follows it; `/` where there is none.
fn parent_folder(name: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    match last_slash(&name) {
        None | Some(0) => Cow::Borrowed(b"/"),
        Some(at) if at + 1 == name.len() => name,
        Some(at) => head(name, at),
    }
}

fn last_slash(name: &[u8]) -> Option<usize> {
    name.iter().rposition(|byte| *byte == b'/')
}

fn head(name: Cow<'_, [u8]>, length: usize) -> Cow<'_, [u8]> {
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(name.get(..length).unwrap_or(name)),
        Cow::Owned(mut name) => {
            name.truncate(length);
            Cow::Owned(name)
        }
    }
}

/// What stands after the last slash; all where nothing follows it; `/` where there is none.
fn filename(fd: &Fd) -> Option<Value<'_>> {
    if fd.kind != FdKind::File {
        return None;
    }
    let name = name(fd);
    Some(match last_slash(&name) {
        None => Value::text(b"/"),
        Some(at) if at + 1 == name.len() => Value::Text(name),
        Some(at) => Value::Text(match name {
            Cow::Borrowed(name) => Cow::Borrowed(name.get(at + 1..).unwrap_or_default()),
            Cow::Owned(mut name) => Cow::Owned(name.split_off(at + 1)),
        }),
    })
}

/// The types of all open descriptors, each once, or the type of the one whose number is the argument.
fn types<'a>(field: &Field, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    if let Some(number) = field.index() {
        let fd = get(context.machine, thread, i64::try_from(number).ok()?)?;
        return Some(Value::List(vec![Value::text(fd.kind.word())]));
    }
    let mut names: Vec<&'static str> = Vec::new();
    for (_, fd) in table(context.machine, thread)?.iter() {
        let name = fd.kind.word();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| Value::List(names.into_iter().map(Value::text).collect()))
}

/// The letter of what an event makes where nothing is open.
fn letter_of_event(context: &Context<'_>) -> &'static str {
    match context.event.code {
        SYSCALL_OPENAT_X | SYSCALL_OPENAT_2_X | SYSCALL_OPENAT2_X | SYSCALL_CREAT_X => "f",
        SOCKET_SOCKET_X | SOCKET_ACCEPT_X | SOCKET_ACCEPT_5_X | SOCKET_ACCEPT4_X
        | SOCKET_ACCEPT4_5_X | SOCKET_ACCEPT4_6_X => "4",
        SYSCALL_PIPE2_X => "p",
        SYSCALL_EVENTFD2_X => "e",
        SYSCALL_SIGNALFD_X | SYSCALL_SIGNALFD4_X => "s",
        SYSCALL_TIMERFD_CREATE_X => "t",
        _ => "o",
    }
}
