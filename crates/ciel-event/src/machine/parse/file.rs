//! Events of files and other descriptors that are no sockets.

use std::sync::Arc;

use super::{
    fds::{add, add_kind, add_shared, number, result, subject, subject_mut, text},
    open,
};
use crate::{
    Event,
    machine::{Fd, FdKind, Machine, Seen},
    schema::codes,
};

/// Whether the event was one of these.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) -> bool {
    match event.code {
        codes::SYSCALL_CLOSE_X => close(machine, event, seen),
        codes::SYSCALL_OPEN_X
        | codes::SYSCALL_CREAT_X
        | codes::SYSCALL_OPENAT_2_X
        | codes::SYSCALL_OPENAT2_X
        | codes::SYSCALL_OPEN_BY_HANDLE_AT_X => open::apply(machine, event, seen),
        codes::SYSCALL_DUP_1_X | codes::SYSCALL_DUP2_X => dup(machine, event, seen),
        codes::SYSCALL_DUP3_X => dup3(machine, event, seen),
        codes::SYSCALL_FCNTL_X => fcntl(machine, event, seen),
        codes::SYSCALL_PIPE_X => pipe(machine, event, seen, 0),
        codes::SYSCALL_PIPE2_X => pipe(machine, event, seen, number(event, 4)),
        codes::SYSCALL_EVENTFD_X => add_kind(machine, event, seen, FdKind::Event, 0),
        codes::SYSCALL_EVENTFD2_X => {
            add_kind(machine, event, seen, FdKind::Event, number(event, 1))
        }
        codes::SYSCALL_SIGNALFD_X => add_kind(machine, event, seen, FdKind::Signal, 0),
        codes::SYSCALL_SIGNALFD4_X => {
            add_kind(machine, event, seen, FdKind::Signal, number(event, 1))
        }
        codes::SYSCALL_INOTIFY_INIT_X => add_kind(machine, event, seen, FdKind::Inotify, 0),
        codes::SYSCALL_INOTIFY_INIT1_X => {
            add_kind(machine, event, seen, FdKind::Inotify, number(event, 1));
        }
        codes::SYSCALL_TIMERFD_CREATE_X => add_kind(machine, event, seen, FdKind::Timer, 0),
        codes::SYSCALL_BPF_2_X => add_kind(machine, event, seen, FdKind::Bpf, 0),
        codes::SYSCALL_USERFAULTFD_X => add_kind(machine, event, seen, FdKind::UserFault, 0),
        codes::SYSCALL_IO_URING_SETUP_X => add_kind(machine, event, seen, FdKind::IoUring, 0),
        codes::SYSCALL_EPOLL_CREATE_X | codes::SYSCALL_EPOLL_CREATE1_X => {
            add_kind(machine, event, seen, FdKind::EventPoll, 0);
        }
        codes::SYSCALL_MEMFD_CREATE_X => memfd_create(machine, event, seen),
        codes::SYSCALL_PIDFD_OPEN_X => pidfd_open(machine, event, seen),
        codes::SYSCALL_PIDFD_GETFD_X => pidfd_getfd(machine, event, seen),
        _ => return false,
    }
    true
}

/// The descriptor stays until the next event.
fn close(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    if result(event) >= 0
        && subject(machine, seen).is_some()
        && let Some(closed) = seen.fd
    {
        machine.ended.fds.push(closed);
    }
}

/// Gives the descriptor that the event is about another number too.
fn dup(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let number = result(event);
    if number < 0 {
        return;
    }
    let Some(fd) = seen
        .fd
        .and_then(|(owner, from)| machine.threads.get(owner)?.fds.shared(from))
    else {
        return;
    };
    seen.fd_name_changed = false;
    add_shared(machine, seen, number, fd);
}

/// [`dup`] that sets or takes away `O_CLOEXEC`; as Falco has it, of the old number too.
fn dup3(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    const O_CLOEXEC: u32 = 4096;
    if result(event) < 0 {
        return;
    }
    if let Some(fd) = subject_mut(machine, seen) {
        match number(event, 3) {
            0 => fd.open_flags &= !O_CLOEXEC,
            flags => fd.open_flags |= flags,
        }
    }
    dup(machine, event, seen);
}

fn fcntl(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    const F_DUPFD: u32 = 1;
    const F_DUPFD_CLOEXEC: u32 = 26;
    if matches!(number(event, 2), F_DUPFD | F_DUPFD_CLOEXEC) {
        dup(machine, event, seen);
    }
}

fn pipe(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen, flags: u32) {
    if result(event) < 0 || seen.thread.is_none() {
        return;
    }
    let fd = Arc::new(Fd {
        ino: event.unsigned(3).unwrap_or(0),
        open_flags: flags,
        ..Fd::new(FdKind::Fifo)
    });
    for end in [1, 2] {
        let number = event.signed(end).unwrap_or(0);
        add_shared(machine, seen, number, Arc::clone(&fd));
    }
}

/// A call that failed leaves a descriptor of a negative number, as it does in Falco.
fn memfd_create(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let descriptor = result(event);
    let mut fd = Fd::new(FdKind::Unknown);
    if descriptor >= 0 {
        fd.kind = FdKind::Memfd;
        fd.open_flags = number(event, 2);
        fd.set_name(text(event, 1).into());
    }
    add(machine, seen, descriptor, fd);
}

/// A call that failed leaves a descriptor of a negative number, as it does in Falco.
fn pidfd_open(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let descriptor = result(event);
    let mut fd = Fd::new(FdKind::Unknown);
    if descriptor >= 0 {
        let pid = event.signed(1).unwrap_or(0);
        fd.kind = FdKind::Pidfd;
        fd.open_flags = number(event, 2);
        fd.pid = pid;
        fd.set_name(format!("/proc/{pid}").into_bytes().into());
    }
    add(machine, seen, descriptor, fd);
}

/// A descriptor of another process.
fn pidfd_getfd(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let (Some(pidfd), Some(target)) = (event.signed(1), event.signed(2)) else {
        return;
    };
    let other = seen
        .thread
        .and_then(|tid| machine.threads.get(tid))
        .and_then(|thread| machine.fd(thread, pidfd))
        .filter(|fd| fd.kind == FdKind::Pidfd)
        .and_then(|fd| machine.threads.get(fd.pid));
    let fd = other.and_then(|thread| {
        let owner = machine.threads.get(thread.fd_owner())?;
        owner.fds.shared(target).filter(|_| target >= 0)
    });
    if let Some(fd) = fd {
        add_shared(machine, seen, result(event), fd);
        seen.fd = None;
    }
}
