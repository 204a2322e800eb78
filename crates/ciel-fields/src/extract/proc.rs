//! The process of the thread: `proc.*`.

use ciel_event::{Context, Thread};

use super::{
    fd,
    lineage::{Leader, ancestor, parent, process},
    text::{self, Of},
};
use crate::{Field, FieldId as Id, Value, spare};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let thread = context.thread?;
    match field.id {
        Id::ProcExe | Id::ProcExepath | Id::ProcName | Id::ProcCmdline | Id::ProcExeline => {
            own(field.id, context, thread)
        }
        Id::ProcPexe | Id::ProcPexepath | Id::ProcPname | Id::ProcPcmdline => {
            text::of(of(field.id)?, context.machine, parent(context)?)
        }
        Id::ProcAexe | Id::ProcAexepath | Id::ProcAname | Id::ProcAcmdline | Id::ProcAargs => {
            ancestral(field, context, thread)
        }
        Id::ProcArgs => text::args(context.machine, thread, field.index()),
        Id::ProcEnv => text::env(context.machine, thread, field.key()),
        Id::ProcAenv => ancestral_env(field, context, thread),
        Id::ProcCwd => Some(Value::text(context.machine.threads.cwd(thread))),
        Id::ProcSname
        | Id::ProcSidExe
        | Id::ProcSidExepath
        | Id::ProcVpgidName
        | Id::ProcVpgidExe
        | Id::ProcVpgidExepath
        | Id::ProcPgidName
        | Id::ProcPgidExe
        | Id::ProcPgidExepath => leader(field.id, context, thread),
        Id::ProcLoginshellid
        | Id::ProcPid
        | Id::ProcPpid
        | Id::ProcApid
        | Id::ProcVpid
        | Id::ProcPvpid
        | Id::ProcSid
        | Id::ProcVpgid
        | Id::ProcPgid => number(field, context, thread),
        Id::ProcDuration | Id::ProcPpidDuration | Id::ProcPidTs | Id::ProcPpidTs => {
            time(field.id, context, thread)
        }
        Id::ProcIsExeWritable
        | Id::ProcIsExeUpperLayer
        | Id::ProcIsExeLowerLayer
        | Id::ProcIsExeFromMemfd
        | Id::ProcIsSidLeader
        | Id::ProcIsVpgidLeader
        | Id::ProcIsPgidLeader => is(field.id, thread).map(Value::Bool),
        Id::ProcStdinType
        | Id::ProcStdoutType
        | Id::ProcStderrType
        | Id::ProcStdinName
        | Id::ProcStdoutName
        | Id::ProcStderrName => standard(field.id, context, thread),
        _ => usage(field.id, context, thread),
    }
}

/// Which text of a process a field shows.
fn of(id: Id) -> Option<Of> {
    Some(match id {
        Id::ProcExe | Id::ProcPexe | Id::ProcAexe => Of::Exe,
        Id::ProcExepath | Id::ProcPexepath | Id::ProcAexepath => Of::Exepath,
        Id::ProcName | Id::ProcPname | Id::ProcAname => Of::Name,
        Id::ProcCmdline | Id::ProcPcmdline | Id::ProcAcmdline => Of::Cmdline,
        Id::ProcExeline => Of::Exeline,
        Id::ProcAargs => Of::Args,
        Id::ProcSidExe | Id::ProcVpgidExe | Id::ProcPgidExe => Of::Exe,
        Id::ProcSidExepath | Id::ProcVpgidExepath | Id::ProcPgidExepath => Of::Exepath,
        Id::ProcSname | Id::ProcVpgidName | Id::ProcPgidName => Of::Name,
        _ => return None,
    })
}

fn own<'a>(id: Id, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    text::of(of(id)?, context.machine, thread)
}

/// The text of one ancestor, or of all of them in a row.
fn ancestral<'a>(field: &Field, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    let of = of(field.id)?;
    let machine = context.machine;
    if let Some(steps) = field.index() {
        return text::of(of, machine, ancestor(machine, thread, steps)?);
    }
    let mut all = spare::buffer();
    for ancestor in machine.threads.ancestors(process(machine, thread)?) {
        if !all.is_empty() {
            all.push(b' ');
        }
        text::append(of, machine, ancestor, &mut all);
    }
    (!all.is_empty()).then(|| Value::owned(all))
}

/// How far up an entry of the environment is looked for.
const ENVIRONMENTS: usize = 20;

/// The environment of one ancestor, or an entry of the nearest that has it.
fn ancestral_env<'a>(
    field: &Field,
    context: &Context<'a>,
    thread: &'a Thread,
) -> Option<Value<'a>> {
    let machine = context.machine;
    let steps = field.index().unwrap_or(0);
    if field.key().is_none() && steps == 0 {
        return text::env(machine, thread, None);
    }
    let Some(process) = process(machine, thread) else {
        return Some(Value::text(b""));
    };
    let threads = &machine.threads;
    let up = |thread: &&'a Thread| threads.get(thread.ptid);
    let mut ancestors = std::iter::successors(threads.get(process.ptid), up);
    match field.key() {
        Some(key) => Some(
            ancestors
                .take(ENVIRONMENTS)
                .find_map(|ancestor| text::env_entry(machine, ancestor, key))
                .map_or(Value::text(b""), Value::text),
        ),
        None => {
            // Nobody has a hundred thousand ancestors: a circle of parents must end.
            let steps = usize::try_from(steps.min(100_000)).ok()?;
            text::env(machine, ancestors.nth(steps - 1)?, None)
        }
    }
}

/// What stands for a leader that is not known is empty text, not nothing.
fn leader<'a>(id: Id, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    let leader = match id {
        Id::ProcSname | Id::ProcSidExe | Id::ProcSidExepath => Leader::Session,
        Id::ProcVpgidName | Id::ProcVpgidExe | Id::ProcVpgidExepath => Leader::Group,
        _ => Leader::RootGroup,
    };
    match leader.find(context.machine, thread) {
        Some(leader) => text::of(of(id)?, context.machine, leader),
        None => Some(Value::text(b"")),
    }
}

/// Numbers that no process has are those of sources that cannot tell them.
pub(super) fn shown(number: i64) -> Option<Value<'static>> {
    (-1..=i64::from(u32::MAX))
        .contains(&number)
        .then_some(Value::Signed(number))
}

fn number<'a>(field: &Field, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    let machine = context.machine;
    match field.id {
        Id::ProcPid => shown(thread.pid),
        Id::ProcPpid => shown(parent(context)?.pid),
        Id::ProcApid => shown(ancestor(machine, thread, field.index().unwrap_or(0))?.pid),
        Id::ProcVpid => (thread.vpid != -1).then_some(Value::Signed(thread.vpid)),
        Id::ProcPvpid => Some(Value::Signed(machine.threads.get(thread.ptid)?.vpid)),
        Id::ProcSid => Some(Value::Signed(thread.sid)),
        Id::ProcVpgid => Some(Value::Signed(thread.vpgid)),
        Id::ProcPgid => Some(Value::Signed(thread.pgid)),
        Id::ProcLoginshellid => {
            let process = process(machine, thread)?;
            let eldest = std::iter::once(process)
                .chain(machine.threads.ancestors(process))
                .filter(|process| process.comm.ends_with(b"sh"))
                .last()?;
            Some(Value::Signed(eldest.pid))
        }
        _ => None,
    }
}

fn time<'a>(id: Id, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    let since = |start: u64| Value::Unsigned(context.event.time.wrapping_sub(start));
    match id {
        Id::ProcDuration => (thread.clone_time != 0).then(|| since(thread.clone_time)),
        Id::ProcPpidDuration => Some(match parent(context)?.clone_time {
            // Falco shows the number of open descriptors where it does not know when the parent was made.
            0 => Value::Unsigned(open(context, thread)),
            start => since(start),
        }),
        Id::ProcPidTs => (thread.clone_time != 0).then_some(Value::Unsigned(thread.clone_time)),
        Id::ProcPpidTs => Some(Value::Unsigned(
            context.machine.threads.get(thread.ptid)?.clone_time,
        )),
        _ => None,
    }
}

fn is(id: Id, thread: &Thread) -> Option<bool> {
    Some(match id {
        Id::ProcIsExeWritable => thread.flags.exe_writable,
        Id::ProcIsExeUpperLayer => thread.flags.exe_upper_layer,
        Id::ProcIsExeLowerLayer => thread.flags.exe_lower_layer,
        Id::ProcIsExeFromMemfd => thread.flags.exe_from_memfd,
        Id::ProcIsSidLeader => thread.sid == thread.vpid,
        Id::ProcIsVpgidLeader => thread.vpgid == thread.vpid,
        Id::ProcIsPgidLeader => thread.pgid == thread.pid,
        _ => return None,
    })
}

/// Standard input, output and error.
fn standard<'a>(id: Id, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    let number = match id {
        Id::ProcStdinType | Id::ProcStdinName => 0,
        Id::ProcStdoutType | Id::ProcStdoutName => 1,
        _ => 2,
    };
    let fd = fd::table(context.machine, thread)?.get(number)?;
    Some(match id {
        Id::ProcStdinName | Id::ProcStdoutName | Id::ProcStderrName => {
            text::until_nul(fd::name(fd))
        }
        _ => Value::text(fd.kind.word()),
    })
}

/// Descriptors that the process has open.
fn open(context: &Context<'_>, thread: &Thread) -> u64 {
    process(context.machine, thread).map_or(0, |process| process.fds.len() as u64)
}

/// Numbers that measure the process, and those of its executable.
fn usage<'a>(id: Id, context: &Context<'a>, thread: &'a Thread) -> Option<Value<'a>> {
    let known = |number: u64| (number != 0).then_some(Value::Unsigned(number));
    let limit = || process(context.machine, thread).map_or(0, |process| process.fd_limit);
    match id {
        Id::ProcTty => Some(Value::Unsigned(thread.tty.into())),
        Id::ProcCmdnargs => {
            let count = text::arguments(context.machine, thread).count();
            Some(Value::Unsigned(count as u64))
        }
        Id::ProcCmdlenargs => {
            let length: usize = text::arguments(context.machine, thread)
                .map(<[u8]>::len)
                .sum();
            Some(Value::Unsigned(length as u64))
        }
        Id::ProcExeIno => {
            (thread.exe_ino != 0).then_some(Value::Signed(thread.exe_ino.cast_signed()))
        }
        Id::ProcExeInoCtime => known(thread.exe_ino_ctime),
        Id::ProcExeInoMtime => known(thread.exe_ino_mtime),
        Id::ProcExeInoCtimeDurationProcStart => known(thread.exe_ino_ctime_to_clone),
        Id::ProcExeInoCtimeDurationPidnsStart => known(thread.pidns_start_to_exe_ino_ctime),
        Id::ProcPidnsInitStartTs => known(thread.pidns_init_start),
        Id::ProcFdopencount => Some(Value::Unsigned(open(context, thread))),
        Id::ProcFdlimit => Some(Value::Signed(limit())),
        Id::ProcFdusage => Some(Value::Double(share(open(context, thread), limit()))),
        Id::ProcVmsize => Some(Value::Unsigned(thread.vm_size.into())),
        Id::ProcVmrss => Some(Value::Unsigned(thread.vm_rss.into())),
        Id::ProcVmswap => Some(Value::Unsigned(thread.vm_swap.into())),
        Id::ProcNthreads => {
            let live = context.machine.threads.live_threads(thread);
            Some(Value::Unsigned(live.into()))
        }
        Id::ProcNchilds => {
            let others = context.machine.threads.other_threads(thread);
            Some(Value::Unsigned(others.into()))
        }
        _ => None,
    }
}

/// How much of a limit is used, in percent.
fn share(used: u64, limit: i64) -> f64 {
    match u64::try_from(limit) {
        Ok(0) | Err(_) => 0.0,
        Ok(limit) if used > limit => 100.0,
        #[expect(clippy::cast_precision_loss, reason = "as Falco does")]
        Ok(limit) => used as f64 * 100.0 / limit as f64,
    }
}
