//! The thread itself: `thread.*`.

use ciel_event::{
    Context, Thread,
    schema::codes::{PROCINFO_E, SCHEDSWITCH_6_E},
};

use super::proc::shown;
use crate::{Field, FieldId as Id, Value, spare};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    match field.id {
        Id::ThreadTid => return shown(context.event.tid),
        Id::ThreadExectime => return Some(Value::Unsigned(since_switch(context))),
        _ => {}
    }
    let thread = context.thread?;
    let of_main = |number: u64| Value::Unsigned(if thread.is_main() { number } else { 0 });
    Some(match field.id {
        Id::ThreadTotexectime => Value::Unsigned(thread.on_cpu),
        Id::ThreadCapPermitted => capabilities(thread.cap_permitted),
        Id::ThreadCapInheritable => capabilities(thread.cap_inheritable),
        Id::ThreadCapEffective => capabilities(thread.cap_effective),
        Id::ThreadPfmajor => Value::Unsigned(thread.major_faults),
        Id::ThreadPfminor => Value::Unsigned(thread.minor_faults),
        Id::ThreadIsmain => Value::Bool(thread.is_main()),
        Id::ThreadVtid if thread.vtid != -1 => Value::Signed(thread.vtid),
        Id::ThreadNametid => {
            let mut text = thread.comm.to_vec();
            text.extend_from_slice(context.event.tid.to_string().as_bytes());
            Value::owned(text)
        }
        Id::ThreadCgroups => return cgroups(thread),
        Id::ThreadCgroup => return cgroup(thread, field.key()?),
        Id::ThreadCpu | Id::ThreadCpuUser | Id::ThreadCpuSystem => return cpu(field.id, context),
        Id::ThreadVmsize => of_main(thread.vm_size.into()),
        Id::ThreadVmrss => of_main(thread.vm_rss.into()),
        Id::ThreadVmsizeB => of_main(u64::from(thread.vm_size) * 1024),
        Id::ThreadVmrssB => of_main(u64::from(thread.vm_rss) * 1024),
        _ => return None,
    })
}

/// Nanoseconds that the thread which a switch ends had the CPU; 0 for other events.
fn since_switch(context: &Context<'_>) -> u64 {
    if context.event.code == SCHEDSWITCH_6_E {
        context.seen.since_switch
    } else {
        0
    }
}

/// Capabilities in the order of their bits. Bits past the last have no name.
const CAPABILITIES: [&str; 41] = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
];

/// The names of the bits that are set, with a blank between each two.
fn capabilities(bits: u64) -> Value<'static> {
    let mut text = spare::buffer();
    for (bit, name) in CAPABILITIES.iter().enumerate() {
        if bits & (1 << bit) != 0 {
            if !text.is_empty() {
                text.push(b' ');
            }
            text.extend_from_slice(name.as_bytes());
        }
    }
    Value::owned(text)
}

fn cgroups<'a>(thread: &Thread) -> Option<Value<'a>> {
    let mut text = spare::buffer();
    for (subsystem, path) in thread.cgroups.iter() {
        if !text.is_empty() {
            text.push(b' ');
        }
        text.extend_from_slice(subsystem);
        text.push(b'=');
        text.extend_from_slice(path);
    }
    (!text.is_empty()).then(|| Value::owned(text))
}

fn cgroup<'a>(thread: &'a Thread, wanted: &str) -> Option<Value<'a>> {
    thread
        .cgroups
        .iter()
        .find(|(subsystem, _)| *subsystem == wanted.as_bytes())
        .map(|(_, path)| Value::text(path))
}

/// What the thread used of the CPU, in percent, as events of the (former) kernel module's timer tell.
fn cpu<'a>(id: Id, context: &Context<'a>) -> Option<Value<'a>> {
    if context.event.code != PROCINFO_E {
        return None;
    }
    let (user, system) = context.seen.cpu;
    let used = match id {
        Id::ThreadCpuUser => user,
        Id::ThreadCpuSystem => system,
        _ => user + system,
    };
    // At most 100: no precision is lost.
    Some(Value::Double(f64::from(u8::try_from(used.min(100)).ok()?)))
}
