//! `execve` and `execveat`: a thread becomes another program.

use crate::{
    Event,
    machine::{
        Machine, Seen, Thread, clone_flag,
        path::{self, NOT_TOLD},
        thread::share,
    },
    schema::codes,
};

/// Parameters of both events.
mod param {
    pub(super) const EXE: usize = 1;
    pub(super) const ARGS: usize = 2;
    pub(super) const PID: usize = 4;
    pub(super) const PTID: usize = 5;
    pub(super) const FD_LIMIT: usize = 7;
    pub(super) const COMM: usize = 13;
    pub(super) const CGROUPS: usize = 14;
    pub(super) const ENV: usize = 15;
    pub(super) const TTY: usize = 16;
    pub(super) const VPGID: usize = 17;
    pub(super) const LOGINUID: usize = 18;
    pub(super) const FLAGS: usize = 19;
    pub(super) const CAP_INHERITABLE: usize = 20;
    pub(super) const CAP_PERMITTED: usize = 21;
    pub(super) const CAP_EFFECTIVE: usize = 22;
    pub(super) const EXE_INO: usize = 23;
    pub(super) const EXE_INO_CTIME: usize = 24;
    pub(super) const EXE_INO_MTIME: usize = 25;
    pub(super) const UID: usize = 26;
    pub(super) const TRUSTED_EXEPATH: usize = 27;
    pub(super) const PGID: usize = 28;
    pub(super) const GID: usize = 29;
}

/// Bits of the parameter `flags` (`PPM_EXE_*`).
mod exe_flag {
    pub(super) const WRITABLE: u64 = 1;
    pub(super) const UPPER_LAYER: u64 = 1 << 1;
    pub(super) const FROM_MEMFD: u64 = 1 << 2;
    pub(super) const LOWER_LAYER: u64 = 1 << 3;
}

/// `AT_EMPTY_PATH` as events have it (`PPM_EXVAT_AT_EMPTY_PATH`).
const AT_EMPTY_PATH: u64 = 1;

pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let Some(tid) = seen.thread.filter(|_| super::succeeded(event)) else {
        return;
    };
    // Another thread of the process became the program and has the number of the main one, which had ended.
    machine.threads.resurrect(tid);
    let path = executable(machine, event, seen, tid);
    let Some(thread) = machine.threads.get_mut(tid) else {
        return;
    };
    names(event, thread);
    if thread.is_invalid() {
        thread.ptid = event.signed(param::PTID).unwrap_or(-1);
        if !thread.has(clone_flag::CHILD_IN_PIDNS) {
            thread.vtid = thread.tid;
            thread.vpid = thread.pid;
        }
        machine.threads.link(tid);
    }
    let Some(thread) = machine.threads.get_mut(tid) else {
        return;
    };
    surroundings(event, thread);
    if let Some(path) = path {
        thread.set_exepath(&path);
    }
    rights(event, thread);
    inode(event, thread);
    thread.clone_flags &= clone_flag::PIPE_SRC
        | clone_flag::PIPE_DST
        | clone_flag::MAIN_THREAD
        | clone_flag::INVERTED;
    machine.threads.remove_others(tid);
}

fn names(event: &Event<'_>, thread: &mut Thread) {
    share(&mut thread.exe, event.text(param::EXE).unwrap_or_default());
    thread.exec_time = event.time;
    match event.text(param::COMM) {
        Some(comm) => share(&mut thread.comm, comm),
        None => thread.comm = thread.exe.clone(),
    }
    share(
        &mut thread.args,
        event.bytes(param::ARGS).unwrap_or_default(),
    );
    thread.pid = event.signed(param::PID).unwrap_or(thread.pid);
}

/// What surrounds the program. Events of older schemas do not tell all of it: what they leave out stays as it was.
fn surroundings(event: &Event<'_>, thread: &mut Thread) {
    thread.fd_limit = event.signed(param::FD_LIMIT).unwrap_or(0);
    super::usage::fill(event, thread);
    if let Some(env) = event.bytes(param::ENV) {
        share(&mut thread.env, env);
    }
    if let Some(cgroups) = event.bytes(param::CGROUPS) {
        thread.set_cgroups(cgroups);
    }
    if let Some(tty) = event.unsigned32(param::TTY) {
        thread.tty = tty;
    }
    if let Some(vpgid) = event.signed(param::VPGID) {
        thread.vpgid = vpgid;
    }
    thread.pgid = event.signed(param::PGID).unwrap_or(-1);
}

fn rights(event: &Event<'_>, thread: &mut Thread) {
    if let Some(uid) = event.unsigned32(param::LOGINUID) {
        thread.loginuid = uid;
    }
    if let Some(flags) = event.unsigned(param::FLAGS) {
        thread.flags.exe_writable = flags & exe_flag::WRITABLE != 0;
        thread.flags.exe_upper_layer = flags & exe_flag::UPPER_LAYER != 0;
        thread.flags.exe_from_memfd = flags & exe_flag::FROM_MEMFD != 0;
        thread.flags.exe_lower_layer = flags & exe_flag::LOWER_LAYER != 0;
    }
    if let Some(effective) = event.unsigned(param::CAP_EFFECTIVE) {
        thread.cap_inheritable = event.unsigned(param::CAP_INHERITABLE).unwrap_or(0);
        thread.cap_permitted = event.unsigned(param::CAP_PERMITTED).unwrap_or(0);
        thread.cap_effective = effective;
    }
    if let Some(uid) = event.unsigned32(param::UID) {
        thread.uid = uid;
    }
    if let Some(gid) = event.unsigned32(param::GID) {
        thread.gid = gid;
    }
}

fn inode(event: &Event<'_>, thread: &mut Thread) {
    let Some(mtime) = event.unsigned(param::EXE_INO_MTIME) else {
        return;
    };
    let ctime = event.unsigned(param::EXE_INO_CTIME).unwrap_or(0);
    thread.exe_ino = event.unsigned(param::EXE_INO).unwrap_or(0);
    thread.exe_ino_ctime = ctime;
    thread.exe_ino_mtime = mtime;
    if thread.clone_time != 0 {
        thread.exe_ino_ctime_to_clone = thread.clone_time.wrapping_sub(ctime);
    }
    if thread.pidns_init_start != 0 && ctime > thread.pidns_init_start {
        thread.pidns_start_to_exe_ino_ctime = ctime - thread.pidns_init_start;
    }
}

/// The path of the executable: what the kernel says, or what the program was called by where the schema is too old.
fn executable(machine: &Machine, event: &Event<'_>, seen: &mut Seen, tid: i64) -> Option<Vec<u8>> {
    if let Some(path) = event.text(param::TRUSTED_EXEPATH) {
        return Some(path.to_vec());
    }
    let thread = machine.threads.get(tid)?;
    let stored = thread.enter_event(event.code)?;
    let enter = stored.event();
    if enter.code == codes::SYSCALL_EXECVE_19_E {
        let name = enter.text(0).unwrap_or_default();
        return Some(if name == NOT_TOLD {
            NOT_TOLD.to_vec()
        } else {
            path::join(machine.threads.cwd(thread), name)
        });
    }
    let name = enter.text(1).unwrap_or_default();
    let directory = enter.signed(0).unwrap_or(-1);
    let base = path::base_of(machine, Some(thread), name, directory);
    let known = *base != *path::UNKNOWN;
    if known && !name.starts_with(b"/") && directory != path::AT_FDCWD {
        seen.fd = Some((thread.fd_owner(), directory));
    }
    let empty_path = enter
        .unsigned(2)
        .is_some_and(|flags| flags & AT_EMPTY_PATH != 0);
    Some(if !known || (name == NOT_TOLD && !empty_path) {
        NOT_TOLD.to_vec()
    } else if empty_path {
        path::join(b"", &base)
    } else {
        path::join(&base, name)
    })
}
