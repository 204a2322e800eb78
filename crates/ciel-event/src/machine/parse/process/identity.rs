//! Who a thread is and where: user, group, capabilities, session, directory.

use crate::{
    Event, Text,
    machine::{
        Machine, Seen, Thread, clone_flag,
        path::{self, NOT_TOLD},
        thread::{directory as directory_of, share},
    },
    schema::codes,
};

/// All capabilities that the kernel has: `CAP_CHECKPOINT_RESTORE` is the last.
const ALL_CAPABILITIES: u64 = (1 << 41) - 1;

/// Options of `prctl` as events have them (`PPM_PR_*`).
const PR_SET_CHILD_SUBREAPER: u64 = 36;
const PR_GET_CHILD_SUBREAPER: u64 = 37;

/// The thread of an event that tells of a call which succeeded.
fn of<'m>(machine: &'m mut Machine, event: &Event<'_>, seen: &Seen) -> Option<&'m mut Thread> {
    let tid = seen.thread.filter(|_| super::succeeded(event))?;
    machine.threads.get_mut(tid)
}

/// `chdir`, `fchdir` and `getcwd`.
pub(super) fn directory(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(tid) = seen.thread.filter(|_| super::succeeded(event)) else {
        return;
    };
    let path: Text = if event.code == codes::SYSCALL_FCHDIR_X {
        let Some(fd) = seen
            .fd
            .and_then(|(owner, number)| machine.threads.get(owner)?.fds.get(number))
        else {
            return;
        };
        fd.name().into()
    } else {
        event.text(1).unwrap_or_default().into()
    };
    let threads = &mut machine.threads;
    let Some(thread) = threads.get(tid) else {
        return;
    };
    let Some(main) = threads.main_of(thread).map(|main| main.tid) else {
        return;
    };
    // Falco takes the thread's own directory as the base, which threads other than the main one do not have.
    let directory = directory_of(&thread.cwd, &path);
    if let Some(main) = threads.get_mut(main) {
        main.cwd = directory;
    }
}

/// `chroot`.
pub(super) fn chroot(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(tid) = seen.thread.filter(|_| event.signed(0) == Some(0)) else {
        return;
    };
    let name = event.text(1).unwrap_or_default();
    let threads = &mut machine.threads;
    let root = match threads.get(tid) {
        Some(_) if name == NOT_TOLD => Text::from(name),
        Some(thread) => path::join(threads.cwd(thread), name).into(),
        None => return,
    };
    if let Some(thread) = threads.get_mut(tid) {
        share(&mut thread.root, &root);
    }
}

/// `setsid`.
pub(super) fn session(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    if let Some(thread) = of(machine, event, seen) {
        thread.sid = event.signed(0).unwrap_or(thread.sid);
    }
}

/// `setuid` and the like: the effective user is in the parameter `index`.
pub(super) fn user(machine: &mut Machine, event: &Event<'_>, seen: &Seen, index: usize) {
    if let (Some(thread), Some(uid)) = (of(machine, event, seen), event.unsigned32(index)) {
        thread.uid = uid;
    }
}

/// `setgid` and the like: the effective group is in the parameter `index`.
pub(super) fn group(machine: &mut Machine, event: &Event<'_>, seen: &Seen, index: usize) {
    if let (Some(thread), Some(gid)) = (of(machine, event, seen), event.unsigned32(index)) {
        thread.gid = gid;
    }
}

/// `capset`.
pub(super) fn capabilities(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    if let Some(thread) = of(machine, event, seen) {
        thread.cap_inheritable = event.unsigned(1).unwrap_or(0);
        thread.cap_permitted = event.unsigned(2).unwrap_or(0);
        thread.cap_effective = event.unsigned(3).unwrap_or(0);
    }
}

/// `unshare` and `setns`: whoever enters a user namespace has all capabilities in it.
pub(super) fn namespaces(machine: &mut Machine, event: &Event<'_>, seen: &Seen, flags: usize) {
    let flags = event.unsigned32(flags).unwrap_or(0);
    if flags & clone_flag::NEW_USER == 0 {
        return;
    }
    if let Some(thread) = of(machine, event, seen) {
        thread.cap_inheritable = ALL_CAPABILITIES;
        thread.cap_permitted = ALL_CAPABILITIES;
        thread.cap_effective = ALL_CAPABILITIES;
    }
}

/// `prctl`: who takes the children of those below it that end.
pub(super) fn prctl(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(tid) = seen.thread.filter(|_| super::succeeded(event)) else {
        return;
    };
    if let Some(PR_SET_CHILD_SUBREAPER | PR_GET_CHILD_SUBREAPER) = event.unsigned(1) {
        let reaper = event.signed(3).is_some_and(|argument| argument != 0);
        machine.threads.set_reaper(tid, reaper);
    }
}
