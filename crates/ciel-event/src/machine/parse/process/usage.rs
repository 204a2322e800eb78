//! What a thread uses: memory, page faults, time, and how many descriptors it may.

use crate::{
    Event,
    machine::{Machine, Seen, Thread},
};

/// `RLIMIT_NOFILE` as events have it (`PPM_RLIMIT_NOFILE`).
const NOFILE: u64 = 7;

/// Page faults and memory, which the events that make a thread or a program tell from this parameter on.
const FIRST: usize = 8;

/// Page faults and memory of a thread that is made, or becomes another program. Old events do not tell them.
pub(super) fn fill(event: &Event<'_>, thread: &mut Thread) {
    if event.bytes(FIRST + 4).is_none() {
        return;
    }
    thread.major_faults = event.unsigned(FIRST).unwrap_or(0);
    thread.minor_faults = event.unsigned(FIRST + 1).unwrap_or(0);
    thread.vm_size = kib(event, FIRST + 2);
    thread.vm_rss = kib(event, FIRST + 3);
    thread.vm_swap = kib(event, FIRST + 4);
}

/// `brk`, `mmap` and `munmap`.
pub(super) fn memory(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(thread) = seen.thread.and_then(|tid| machine.threads.get_mut(tid)) else {
        return;
    };
    if event.bytes(1).is_some() {
        thread.vm_size = kib(event, 1);
    }
    if event.bytes(3).is_some() {
        thread.vm_rss = kib(event, 2);
        thread.vm_swap = kib(event, 3);
    }
}

/// A switch to another thread of the CPU tells what the thread that leaves it uses.
pub(super) fn switch(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(tid) = seen.thread.filter(|_| event.bytes(5).is_some()) else {
        return;
    };
    let Some(thread) = machine.threads.get_mut(tid) else {
        return;
    };
    thread.major_faults = event.unsigned(1).unwrap_or(0);
    thread.minor_faults = event.unsigned(2).unwrap_or(0);
    if let Some(main) = main_of(machine, tid) {
        main.vm_size = kib(event, 3);
        main.vm_rss = kib(event, 4);
        main.vm_swap = kib(event, 5);
    }
}

/// `getrlimit` and `setrlimit`.
pub(super) fn limit(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(tid) = seen.thread.filter(|_| super::succeeded(event)) else {
        return;
    };
    if event.unsigned(3) == Some(NOFILE) {
        set_limit(machine, event, tid);
    }
}

/// `prlimit`, which may be about another process.
pub(super) fn limit_of(machine: &mut Machine, event: &Event<'_>) {
    if event.signed(0) != Some(0) || event.unsigned(6) != Some(NOFILE) {
        return;
    }
    let tid = match event.signed(5) {
        Some(0) => event.tid,
        Some(tid) => tid,
        None => return,
    };
    if machine
        .threads
        .get(tid)
        .is_some_and(|thread| !thread.is_invalid())
    {
        set_limit(machine, event, tid);
    }
}

fn set_limit(machine: &mut Machine, event: &Event<'_>, tid: i64) {
    let Some(limit) = event.signed(1).filter(|limit| *limit != -1) else {
        return;
    };
    if let Some(main) = main_of(machine, tid) {
        main.fd_limit = limit;
    }
}

fn main_of(machine: &mut Machine, tid: i64) -> Option<&mut Thread> {
    let threads = &mut machine.threads;
    let main = threads.main_of(threads.get(tid)?)?.tid;
    threads.get_mut(main)
}

fn kib(event: &Event<'_>, index: usize) -> u32 {
    event.unsigned32(index).unwrap_or(0)
}
