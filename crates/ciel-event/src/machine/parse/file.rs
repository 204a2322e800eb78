//! Events of files and other descriptors that are no sockets.

use std::sync::Arc;

use super::{
    fds::{add, add_kind, add_shared, number, result, subject, subject_mut, table_mut, text},
    open,
};
use crate::{
    Event,
    machine::{Fd, FdKind, Machine, O_CLOEXEC, Seen},
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
        codes::SYSCALL_CLOSE_RANGE_X => close_range(machine, event, seen),
        codes::SYSCALL_DUP_1_X | codes::SYSCALL_DUP2_X => dup(machine, event, seen, false),
        codes::SYSCALL_DUP3_X => {
            let closes = number(event, 3) & O_CLOEXEC != 0;
            dup(machine, event, seen, closes);
        }
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
        codes::SYSCALL_TIMERFD_CREATE_X => {
            add_kind(machine, event, seen, FdKind::Timer, number(event, 2));
        }
        codes::SYSCALL_BPF_2_X => add_kind(machine, event, seen, FdKind::Bpf, 0),
        codes::SYSCALL_USERFAULTFD_X => add_kind(machine, event, seen, FdKind::UserFault, 0),
        codes::SYSCALL_IO_URING_SETUP_X => add_kind(machine, event, seen, FdKind::IoUring, 0),
        codes::SYSCALL_EPOLL_CREATE_X => add_kind(machine, event, seen, FdKind::EventPoll, 0),
        codes::SYSCALL_EPOLL_CREATE1_X => {
            const EPOLL_CLOEXEC: u32 = 1;
            let closes = number(event, 1) & EPOLL_CLOEXEC != 0;
            let flags = if closes { O_CLOEXEC } else { 0 };
            add_kind(machine, event, seen, FdKind::EventPoll, flags);
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

/// Closes a range of numbers at once, or has programs not inherit them.
fn close_range(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    const CLOEXEC: u32 = 4;
    if result(event) < 0 {
        return;
    }
    let range = i64::from(number(event, 1))..=i64::from(number(event, 2));
    let Some(table) = table_mut(machine, seen) else {
        return;
    };
    if number(event, 3) & CLOEXEC == 0 {
        table.retain(|number, _| !range.contains(&number));
        return;
    }
    let numbers: Vec<i64> = table
        .entries()
        .map(|(number, _)| number)
        .filter(|number| range.contains(number))
        .collect();
    for number in numbers {
        if let Some(fd) = table.get_mut(number) {
            fd.open_flags |= O_CLOEXEC;
        }
    }
}

/// Removes what a program that a process became does not inherit.
pub(super) fn close_on_exec(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    if result(event) >= 0
        && let Some(table) = table_mut(machine, seen)
    {
        table.retain(|_, fd| !fd.closes_on_exec());
    }
}

/// Gives the descriptor that the event is about another number too, which programs do or do not inherit.
fn dup(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen, closes_on_exec: bool) {
    let number = result(event);
    if number < 0 {
        return;
    }
    let Some(mut fd) = seen
        .fd
        .and_then(|(owner, from)| machine.threads.get(owner)?.fds.shared(from))
    else {
        return;
    };
    if fd.closes_on_exec() || closes_on_exec {
        Arc::make_mut(&mut fd).set_closes_on_exec(closes_on_exec);
    }
    seen.fd_name_changed = false;
    add_shared(machine, seen, number, fd);
}

fn fcntl(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    const F_DUPFD: u32 = 1;
    const F_SETFD: u32 = 3;
    const F_DUPFD_CLOEXEC: u32 = 26;
    const FD_CLOEXEC: u64 = 1;
    match number(event, 2) {
        F_DUPFD => dup(machine, event, seen, false),
        F_DUPFD_CLOEXEC => dup(machine, event, seen, true),
        F_SETFD if result(event) >= 0 => {
            let closes = event.unsigned(3).unwrap_or(0) & FD_CLOEXEC != 0;
            let is_so = subject(machine, seen).is_none_or(|fd| fd.closes_on_exec() == closes);
            if !is_so && let Some(fd) = subject_mut(machine, seen) {
                fd.set_closes_on_exec(closes);
            }
        }
        _ => {}
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

fn pidfd_open(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    let descriptor = result(event);
    if descriptor < 0 {
        return;
    }
    let pid = event.signed(1).unwrap_or(0);
    let mut fd = Fd {
        open_flags: number(event, 2),
        pid,
        ..Fd::new(FdKind::Pidfd)
    };
    fd.set_name(format!("/proc/{pid}").into_bytes().into());
    add(machine, seen, descriptor, fd);
}

/// A descriptor of another process. A call that failed leaves one of a negative number, as it does in Falco.
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
    if let Some(mut fd) = fd {
        if !fd.closes_on_exec() {
            Arc::make_mut(&mut fd).set_closes_on_exec(true);
        }
        add_shared(machine, seen, result(event), fd);
    }
}
