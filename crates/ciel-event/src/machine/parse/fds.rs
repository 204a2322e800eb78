//! What events of files and of sockets share: adding descriptors, and the one that an event is about.

use std::sync::Arc;

use crate::{
    Event,
    machine::{Fd, FdKind, FdTable, Machine, Seen, path::NOT_TOLD},
};

/// What a system call returned; 0 where that is not told.
#[inline]
pub(super) fn result(event: &Event<'_>) -> i64 {
    event.signed(0).unwrap_or(0)
}

/// The text of a parameter, and what stands for one that is not told.
pub(super) fn text<'a>(event: &Event<'a>, index: usize) -> &'a [u8] {
    event
        .text(index)
        .filter(|text| *text != b"(NULL)")
        .unwrap_or(NOT_TOLD)
}

/// A number of a parameter, 0 where it is not told.
pub(super) fn number(event: &Event<'_>, index: usize) -> u32 {
    event.unsigned32(index).unwrap_or(0)
}

/// Adds a descriptor to those of the event's thread, and makes it what the event is about.
pub(super) fn add(machine: &mut Machine, seen: &mut Seen, number: i64, fd: Fd) {
    seen.fd_name_changed = !fd.is_nameless();
    add_shared(machine, seen, number, Arc::new(fd));
}

/// Adds a descriptor of a kind and nothing else to those of the event's thread, where the call gave one.
pub(super) fn add_kind(
    machine: &mut Machine,
    event: &Event<'_>,
    seen: &mut Seen,
    kind: FdKind,
    flags: u32,
) {
    let number = result(event);
    if number < 0 {
        return;
    }
    let fd = Fd {
        open_flags: flags,
        ..Fd::new(kind)
    };
    add(machine, seen, number, fd);
}

/// Adds a descriptor that another number stands for too.
pub(super) fn add_shared(machine: &mut Machine, seen: &mut Seen, number: i64, fd: Arc<Fd>) {
    seen.fd = None;
    let limit = machine.descriptor_limit();
    let Some(thread) = seen.thread.and_then(|tid| machine.threads.get_mut(tid)) else {
        return;
    };
    let owner = thread.fd_owner();
    let known_owner = if owner == thread.tid {
        Some(&mut *thread)
    } else {
        machine.threads.get_mut(owner)
    };
    let Some(table) = known_owner.map(|thread| &mut thread.fds) else {
        return;
    };
    if table.len() < limit || table.get(number).is_some() {
        table.insert_shared(number, fd);
        seen.fd = Some((owner, number));
    }
    if let Some(thread) = seen.thread.and_then(|tid| machine.threads.get_mut(tid)) {
        thread.last_fd = number;
    }
}

/// The table of the descriptors of the event's thread.
pub(super) fn table_mut<'a>(machine: &'a mut Machine, seen: &Seen) -> Option<&'a mut FdTable> {
    let owner = machine.threads.get(seen.thread?)?.fd_owner();
    Some(&mut machine.threads.get_mut(owner)?.fds)
}

/// The descriptor that the event is about, where it is open.
#[inline]
pub(super) fn subject<'a>(machine: &'a Machine, seen: &Seen) -> Option<&'a Fd> {
    let (owner, number) = seen.fd?;
    machine.threads.get(owner)?.fds.get(number)
}

/// The descriptor that the event is about, to be changed.
pub(super) fn subject_mut<'a>(machine: &'a mut Machine, seen: &Seen) -> Option<&'a mut Fd> {
    let (owner, number) = seen.fd?;
    machine.threads.get_mut(owner)?.fds.get_mut(number)
}
