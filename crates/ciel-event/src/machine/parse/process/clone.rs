//! `clone`, `clone3`, `fork` and `vfork`: the end of the call in the one who made a thread, and in the thread that was made.
//! Either may come first, or be lost.

use crate::{
    Event,
    machine::{Machine, Seen, Thread, clone_flag, exits::FRESH, thread::share},
    schema::codes,
};

/// Parameters of all of these events.
mod param {
    pub(super) const EXE: usize = 1;
    pub(super) const ARGS: usize = 2;
    pub(super) const PID: usize = 4;
    pub(super) const PTID: usize = 5;
    pub(super) const FD_LIMIT: usize = 7;
    pub(super) const COMM: usize = 13;
    pub(super) const CGROUPS: usize = 14;
    pub(super) const FLAGS: usize = 15;
    pub(super) const UID: usize = 16;
    pub(super) const GID: usize = 17;
    pub(super) const VTID: usize = 18;
    pub(super) const VPID: usize = 19;
    pub(super) const PIDNS_INIT_START: usize = 20;
}

pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    match event.signed(0) {
        Some(0) => in_child(machine, event, seen),
        Some(child) if child > 0 => in_caller(machine, event, seen, child),
        _ => {}
    }
}

/// The call ended in the one who made the thread.
fn in_caller(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen, child: i64) {
    let tid = event.tid;
    let Some(caller) = machine.find_or_make(tid, event.time) else {
        return;
    };
    caller.last_seen = event.time;
    seen.thread = Some(tid);
    let known = !caller.is_invalid();
    if !known {
        caller.pid = event.signed(param::PID).unwrap_or(-1);
        caller.ptid = event.signed(param::PTID).unwrap_or(-1);
        (caller.vtid, caller.vpid) = virtual_numbers(event, tid);
    }
    let namespaced = tid != caller.vtid;
    if !known {
        machine.threads.link(tid);
    }
    let flags = flags(event);
    // In a namespace the number of the child is none of the root namespace, and only the child tells it. The end of a vfork
    // comes after the child is another program or gone.
    let left_to_child =
        clone_flag::CHILD_IN_PIDNS | clone_flag::NEW_PID | clone_flag::PARENT | clone_flag::VFORK;
    if namespaced
        || flags & left_to_child != 0
        || event.code == codes::SYSCALL_VFORK_20_X
        || machine.threads.exits.has(child, tid, event.time)
    {
        return;
    }
    if let Some(existing) = machine.threads.get(child) {
        if existing.has(clone_flag::INVERTED) {
            return;
        }
        // The end of one that had the number before was lost.
        machine.threads.remove(child);
    }
    let new = child_of_caller(machine, event, known, child);
    if let Some(new) = new {
        if !known {
            take_names(machine, tid, &new);
        }
        machine.add_thread(new);
    }
    seen.thread = machine.threads.touch(tid).map(|thread| thread.tid);
}

/// The thread that a caller made, as the caller's event tells of it.
fn child_of_caller(
    machine: &Machine,
    event: &Event<'_>,
    known: bool,
    child: i64,
) -> Option<Thread> {
    let caller = machine.threads.get(event.tid)?;
    let flags = flags(event);
    let mut new = if known {
        inherit(caller, child)
    } else {
        Thread::new(child)
    };
    new.clone_flags = flags;
    if flags & clone_flag::THREAD == 0 {
        if known {
            inherit_process(machine, caller, &mut new);
        }
        new.pid = child;
        new.ptid = caller.tid;
    } else {
        new.pid = caller.pid;
        new.ptid = caller.ptid;
        // Threads have the descriptors of the first, as where threads are listed.
        new.clone_flags |= clone_flag::FILES;
        new.exec_time = caller.exec_time;
    }
    new.vtid = new.tid;
    new.vpid = new.pid;
    new.pidns_init_start = machine.info.boot_time;
    fill(event, caller, &mut new);
    Some(new)
}

/// The call ended in the thread that was made.
fn in_child(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let tid = event.tid;
    if let Some(existing) = machine
        .threads
        .get(tid)
        .filter(|existing| existing.clone_time != 0)
    {
        if event.time.wrapping_sub(existing.clone_time) < FRESH {
            // The caller's event told of it.
            return;
        }
        machine.threads.remove(tid);
        seen.thread = None;
    }
    let mut new = Thread::new(tid);
    new.pid = event.signed(param::PID).unwrap_or(-1);
    new.ptid = event.signed(param::PTID).unwrap_or(-1);
    (new.vtid, new.vpid) = virtual_numbers(event, tid);
    new.clone_flags = flags(event) | clone_flag::INVERTED;
    let is_thread = new.has(clone_flag::THREAD);
    if is_thread {
        new.clone_flags |= clone_flag::FILES;
    }
    // A process is made like its parent, a thread like the first of its process.
    let like = if is_thread { new.pid } else { new.ptid };
    let Some(model) = machine.find_or_make(like, event.time) else {
        return;
    };
    let known = !model.is_invalid();
    if !known && is_thread {
        model.pid = new.pid;
        model.ptid = new.ptid;
        model.vpid = new.vpid;
        model.vtid = new.vpid;
        machine.threads.link(like);
    }
    let Some(model) = machine.threads.get(like) else {
        return;
    };
    if known {
        new = Thread {
            pid: new.pid,
            ptid: new.ptid,
            vtid: new.vtid,
            vpid: new.vpid,
            clone_flags: new.clone_flags,
            ..inherit(model, tid)
        };
        if is_thread {
            new.exec_time = model.exec_time;
        } else {
            inherit_process(machine, model, &mut new);
        }
    }
    fill(event, model, &mut new);
    let boot = machine.info.boot_time;
    if new.has(clone_flag::CHILD_IN_PIDNS | clone_flag::NEW_PID) || new.tid != new.vtid {
        if let Some(start) = event.unsigned(param::PIDNS_INIT_START) {
            new.pidns_init_start = start.saturating_add(boot);
        }
    } else {
        new.pidns_init_start = boot;
    }
    if !known && is_thread {
        take_names(machine, like, &new);
    }
    machine.add_thread(new);
    seen.thread = machine.threads.touch(tid).map(|thread| thread.tid);
}

/// What a thread has from the one that it is made like.
fn inherit(from: &Thread, tid: i64) -> Thread {
    Thread {
        reaper: -1,
        sid: from.sid,
        vpgid: from.vpgid,
        pgid: from.pgid,
        exepath: from.exepath.clone(),
        root: from.root.clone(),
        flags: crate::machine::ThreadFlags {
            dead: false,
            ..from.flags
        },
        loginuid: from.loginuid,
        cap_permitted: from.cap_permitted,
        cap_effective: from.cap_effective,
        cap_inheritable: from.cap_inheritable,
        exe_ino: from.exe_ino,
        exe_ino_ctime: from.exe_ino_ctime,
        exe_ino_mtime: from.exe_ino_mtime,
        exe_ino_ctime_to_clone: from.exe_ino_ctime_to_clone,
        tty: from.tty,
        ..Thread::new(tid)
    }
}

/// What a process has from the one that made it, and a thread has from its process: descriptors, directory, environment.
fn inherit_process(machine: &Machine, from: &Thread, new: &mut Thread) {
    let threads = &machine.threads;
    if let Some(owner) = threads.get(from.fd_owner()) {
        new.fds = owner.fds.fork();
    }
    match threads.main_of(from) {
        Some(main) => new.cwd = main.cwd.clone(),
        None => share(&mut new.cwd, threads.cwd(from)),
    }
    new.env = from.env.clone();
}

/// What the event tells of the new thread. Texts that are those of `like` are shared with it.
fn fill(event: &Event<'_>, like: &Thread, new: &mut Thread) {
    new.exe = like.exe.clone();
    share(&mut new.exe, event.text(param::EXE).unwrap_or_default());
    new.args = like.args.clone();
    share(&mut new.args, event.bytes(param::ARGS).unwrap_or_default());
    new.comm = like.comm.clone();
    match event.text(param::COMM) {
        Some(comm) => share(&mut new.comm, comm),
        None => new.comm = new.exe.clone(),
    }
    if let Some(cgroups) = event.bytes(param::CGROUPS) {
        new.cgroups = like.cgroups.clone();
        new.set_cgroups(cgroups);
        if !new.cgroups.is_from(cgroups) {
            new.cgroups = crate::machine::Cgroups::default();
        }
    }
    new.fd_limit = event.signed(param::FD_LIMIT).unwrap_or(0);
    super::usage::fill(event, new);
    new.uid = event.unsigned32(param::UID).unwrap_or(0);
    new.gid = event.unsigned32(param::GID).unwrap_or(0);
    new.clone_time = event.time;
    new.last_seen = event.time;
}

/// A thread that nothing was known of has the names that the one it made, or the one that was made like it, begins with.
fn take_names(machine: &mut Machine, tid: i64, from: &Thread) {
    if let Some(thread) = machine.threads.get_mut(tid) {
        thread.exe = from.exe.clone();
        thread.comm = from.comm.clone();
        thread.args = from.args.clone();
    }
}

fn flags(event: &Event<'_>) -> u32 {
    event.unsigned32(param::FLAGS).unwrap_or(0)
}

/// The numbers of a thread and its process in their PID namespace. Old events do not tell them.
fn virtual_numbers(event: &Event<'_>, tid: i64) -> (i64, i64) {
    match event.signed(param::VPID) {
        Some(vpid) => (event.signed(param::VTID).unwrap_or(0), vpid),
        None => (tid, -1),
    }
}
