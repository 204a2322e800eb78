//! What an event is: `evt.type` and the others that need no parameter shown.

use ciel_event::{
    Context, Event,
    machine::FdKind,
    schema::{Category, EventFlags, EventSource, codes, native_syscall_name, syscall_name},
};

use super::open::is_open;
use crate::{Field, FieldId as Id, Value, show};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let event = context.event;
    let flags = event.info().flags;
    let reads = flags.contains(EventFlags::READS_FROM_FD);
    let writes = flags.contains(EventFlags::WRITES_TO_FD);
    let is_meta = event.info().source == EventSource::Metaevent;
    Some(match field.id {
        Id::EvtNum | Id::UtilCnt => Value::Unsigned(context.seen.number),
        Id::EvtDir => Value::text(if event.code.is_enter() { ">" } else { "<" }),
        Id::EvtType => Value::text(type_name(event)),
        Id::EvtTypeIs => Value::Unsigned(u64::from(is_of_type(field, event))),
        Id::SyscallType => return syscall(event),
        Id::EvtCategory => Value::text(category(context)),
        // Its type has a sign: no CPU is -1.
        Id::EvtCpu => Value::Signed(event.cpu.cast_signed().into()),
        Id::EvtIsIo => Value::Bool(reads || writes),
        Id::EvtIsIoRead => Value::Bool(reads),
        Id::EvtIsIoWrite => Value::Bool(writes),
        Id::EvtIoDir if writes => Value::text("write"),
        Id::EvtIoDir if reads => Value::text("read"),
        Id::EvtIsWait => Value::Bool(flags.contains(EventFlags::WAITS)),
        Id::EvtIsSyslog => Value::Bool(writes && is_syslog(context)),
        Id::EvtCount => Value::Unsigned(1),
        Id::EvtCountExit if !event.code.is_enter() => Value::Unsigned(1),
        Id::EvtCountProcinfo => Value::Unsigned(u64::from(
            event.code == codes::PROCINFO_E && context.thread.is_some_and(|t| t.is_main()),
        )),
        Id::EvtCountThreadinfo => Value::Unsigned(u64::from(event.code == codes::PROCINFO_E)),
        Id::EvtIsOpenRead | Id::EvtIsOpenWrite | Id::EvtIsOpenExec | Id::EvtIsOpenCreate => {
            Value::Bool(is_open(field.id, event))
        }
        Id::EvtInfraDockerName
        | Id::EvtInfraDockerContainerId
        | Id::EvtInfraDockerContainerName
        | Id::EvtInfraDockerContainerImage => return docker(field.id, event),
        Id::EvtSource if event.info().source != EventSource::Plugin => Value::text("syscall"),
        Id::EvtIsAsync => Value::Bool(is_meta),
        Id::EvtAsynctype if is_meta => Value::text(type_name(event)),
        Id::EvtHostname => Value::text(&context.machine.info.hostname),
        // `evt.pluginname` and `evt.plugininfo`: no plugin is loaded.
        _ => return None,
    })
}

/// The name of the system call or event. A system call without an event of its own says its code, an event of a plugin its
/// name.
fn type_name<'a>(event: &Event<'a>) -> &'a [u8] {
    match event.code {
        codes::GENERIC_X => generic_name(event).as_bytes(),
        codes::ASYNCEVENT_E => show::text(event.params.get(1).unwrap_or_default()),
        _ => event.info().name.as_bytes(),
    }
}

/// By the code of the schema, or where the writer of the capture did not know the system call, by the kernel's number.
fn generic_name(event: &Event<'_>) -> &'static str {
    const UNKNOWN: &str = "unknown";
    let number = |index| u16::try_from(event.unsigned(index)?).ok();
    match number(0) {
        Some(0) | None => number(1).and_then(native_syscall_name),
        Some(code) => syscall_name(code),
    }
    .unwrap_or(UNKNOWN)
}

fn syscall<'a>(event: &Event<'a>) -> Option<Value<'a>> {
    (event.info().source == EventSource::Syscall).then(|| Value::text(type_name(event)))
}

fn is_of_type(field: &Field, event: &Event<'_>) -> bool {
    match field.index() {
        Some(code) => u64::from(event.code.0) == code,
        None => field.key() == Some(event.info().name),
    }
}

/// The category of an event; of one that works on a descriptor, that of the descriptor.
fn category(context: &Context<'_>) -> &'static str {
    let category = context.event.info().category;
    if !matches!(
        category,
        Category::IoRead | Category::IoWrite | Category::IoOther
    ) {
        return category.as_str();
    }
    let Some(fd) = context.fd() else {
        return "unknown";
    };
    match fd.kind {
        FdKind::File | FdKind::Directory => "file",
        FdKind::Ipv4 | FdKind::Ipv6 | FdKind::Ipv4Server | FdKind::Ipv6Server => "net",
        FdKind::Fifo
        | FdKind::Unix
        | FdKind::Event
        | FdKind::Signal
        | FdKind::Inotify
        | FdKind::UserFault => "ipc",
        FdKind::Unknown
        | FdKind::Unsupported
        | FdKind::EventPoll
        | FdKind::Timer
        | FdKind::Netlink
        | FdKind::Bpf
        | FdKind::IoUring
        | FdKind::Memfd
        | FdKind::Pidfd => "unknown",
    }
}

fn is_syslog(context: &Context<'_>) -> bool {
    const SYSLOG: &[u8] = b"/dev/log";
    context
        .fd()
        .is_some_and(|fd| fd.name().windows(SYSLOG.len()).any(|part| part == SYSLOG))
}

/// What old captures tell of Docker: `ID: abc; name: web; Image: nginx`.
fn docker<'a>(id: Id, event: &Event<'a>) -> Option<Value<'a>> {
    if event.code != codes::INFRASTRUCTURE_EVENT_E {
        return None;
    }
    let label: &[u8] = match id {
        Id::EvtInfraDockerName => b"Event",
        Id::EvtInfraDockerContainerId => b"ID",
        Id::EvtInfraDockerContainerName => b"name",
        _ => b"Image",
    };
    let part = event
        .text(2)?
        .split(|byte| *byte == b';')
        .map(<[u8]>::trim_ascii)
        .find(|part| part.starts_with(label))?;
    let colon = part.iter().position(|byte| *byte == b':')?;
    let whole = part.get(colon + 1..)?;
    let first = whole.split(|byte| *byte == b':').next()?;
    let value = match id {
        Id::EvtInfraDockerContainerId => {
            let id = first.trim_ascii();
            id.get(..12).unwrap_or(id)
        }
        Id::EvtInfraDockerContainerImage => image(first, whole),
        _ => first.trim_ascii(),
    };
    Some(Value::text(value))
}

/// The name of an image without its digest.
fn image<'a>(first: &'a [u8], whole: &'a [u8]) -> &'a [u8] {
    let has_digest = first.windows(6).any(|part| part == b"sha256");
    match first.iter().position(|byte| *byte == b'@') {
        Some(at) => first.get(..at).unwrap_or(first),
        None if has_digest => whole,
        None => first,
    }
    .trim_ascii()
}
