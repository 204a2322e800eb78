//! What a system call returned: `evt.rawres`, `evt.failed`, `evt.count.error` and the lengths of what it read or wrote.

use ciel_event::{
    Context, Event,
    machine::FdKind,
    schema::{Category, EventSource, codes},
};

use crate::{Field, FieldId as Id, Value};

/// What a system call returned: its first parameter. Events that are no end of a system call have no such, nor have
/// system calls without an event of their own.
pub(crate) fn returned(event: &Event<'_>) -> Option<i64> {
    let is_end = !event.code.is_enter() && event.info().source == EventSource::Syscall;
    if !is_end || event.code == codes::GENERIC_X {
        return None;
    }
    match event.params.get(0)?.len() {
        4 | 8 => event.signed(0),
        _ => Some(0),
    }
}

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let event = context.event;
    match field.id {
        Id::EvtRawres => returned(event).map(Value::Signed),
        Id::EvtFailed => returned(event).map(|result| Value::Bool(result < 0)),
        Id::EvtCountError => errors(event),
        Id::EvtCountErrorFile => (about(context) == About::File).then(|| errors(event))?,
        Id::EvtCountErrorNet => (about(context) == About::Net).then(|| errors(event))?,
        Id::EvtCountErrorMemory => {
            (event.info().category == Category::Memory).then(|| errors(event))?
        }
        Id::EvtCountErrorOther => (about(context) == About::Other).then(|| errors(event))?,
        _ => length(field, context),
    }
}

/// 1 for an error, 0 for success.
fn errors<'a>(event: &Event<'_>) -> Option<Value<'a>> {
    returned(event).map(|result| Value::Unsigned(u64::from(result < 0)))
}

#[derive(PartialEq, Eq)]
enum About {
    File,
    Net,
    Memory,
    Other,
}

/// What an error would be about: the descriptor's kind, or where there is none, what the event would have made.
fn about(context: &Context<'_>) -> About {
    if let Some(fd) = context.fd() {
        return match fd.kind {
            FdKind::File | FdKind::Directory => About::File,
            FdKind::Ipv4
            | FdKind::Ipv6
            | FdKind::Ipv4Server
            | FdKind::Ipv6Server
            | FdKind::Unix => About::Net,
            _ => About::Other,
        };
    }
    match context.event.code {
        codes::SYSCALL_OPEN_X
        | codes::SYSCALL_CREAT_X
        | codes::SYSCALL_OPENAT_2_X
        | codes::SYSCALL_OPENAT2_X
        | codes::SYSCALL_OPEN_BY_HANDLE_AT_X => About::File,
        codes::SOCKET_ACCEPT_5_X | codes::SOCKET_ACCEPT4_6_X | codes::SOCKET_CONNECT_X => {
            About::Net
        }
        _ if context.event.info().category == Category::Memory => About::Memory,
        _ => About::Other,
    }
}

/// What was read or written: `evt.buflen` and its relatives.
fn length<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let kind = context.fd()?.kind;
    let category = context.event.info().category;
    let is_file = kind == FdKind::File;
    let is_net = matches!(
        kind,
        FdKind::Ipv4 | FdKind::Ipv6 | FdKind::Ipv4Server | FdKind::Ipv6Server
    );
    let is_input = category == Category::IoRead;
    let is_output = category == Category::IoWrite;
    let is_any = is_input || is_output || category == Category::IoOther;
    let asked = match field.id {
        Id::EvtBuflen => is_any,
        Id::EvtBuflenIn => is_input,
        Id::EvtBuflenOut => is_output,
        Id::EvtBuflenFile => is_any && is_file,
        Id::EvtBuflenFileIn => is_input && is_file,
        Id::EvtBuflenFileOut => is_output && is_file,
        Id::EvtBuflenNet => is_any && is_net,
        Id::EvtBuflenNetIn => is_input && is_net,
        Id::EvtBuflenNetOut => is_output && is_net,
        _ => false,
    };
    if !asked {
        return None;
    }
    let length = u64::try_from(returned(context.event)?).ok()?;
    Some(Value::Unsigned(length))
}
