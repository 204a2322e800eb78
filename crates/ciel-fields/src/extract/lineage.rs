//! Parents, ancestors and leaders of a process, as fields follow them.

use ciel_event::{
    Context, Thread,
    machine::{Machine, Threads},
};

/// The thread that knows what the whole process has: the first one, where it is known.
pub(crate) fn process<'a>(machine: &'a Machine, thread: &'a Thread) -> Option<&'a Thread> {
    if thread.is_main() {
        Some(thread)
    } else {
        machine.threads.main_of(thread)
    }
}

/// Generations that are followed at most: no process has as many, but parents may lead in a circle.
const MOST: u64 = 100_000;

/// The process that is `steps` generations above that of the thread; with 0, its own.
pub(crate) fn ancestor<'a>(
    machine: &'a Machine,
    thread: &'a Thread,
    steps: u64,
) -> Option<&'a Thread> {
    let mut here = process(machine, thread)?;
    for _ in 0..steps.min(MOST) {
        let parent = machine.threads.get(here.ptid)?;
        // A process that is its own parent ends the search: it would not end otherwise for a large number.
        if std::ptr::eq(parent, here) {
            return Some(here);
        }
        here = process(machine, parent)?;
    }
    Some(here)
}

/// The process that is the parent of the thread's.
pub(crate) fn parent<'a>(context: &Context<'a>) -> Option<&'a Thread> {
    ancestor(context.machine, context.thread?, 1)
}

/// The parents of a thread, nearest first. Parents that lead in a circle end it.
#[derive(Clone)]
pub(crate) struct Ancestors<'a> {
    threads: &'a Threads,
    next: Option<&'a Thread>,
    /// Two steps ahead for each one, so that it meets the other in a circle.
    ahead: Option<&'a Thread>,
}

impl<'a> Ancestors<'a> {
    pub(crate) fn of(machine: &'a Machine, thread: &'a Thread) -> Self {
        let threads = &machine.threads;
        let next = threads.get(thread.ptid);
        Self {
            threads,
            next,
            ahead: next.and_then(|next| threads.get(next.ptid)),
        }
    }
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Thread;

    fn next(&mut self) -> Option<&'a Thread> {
        let here = self.next.filter(|thread| thread.tid != -1)?;
        self.next = self.threads.get(here.ptid);
        for _ in 0..2 {
            self.ahead = self.ahead.and_then(|thread| self.threads.get(thread.ptid));
            let in_circle = self.next.is_some_and(|next| {
                next.tid == next.ptid || self.ahead.is_some_and(|ahead| ahead.tid == next.tid)
            });
            if in_circle {
                self.next = None;
                break;
            }
        }
        Some(here)
    }
}

/// How a process is told that leads others: by its number in the root PID namespace, or in its own.
#[derive(Clone, Copy)]
pub(crate) enum Leader {
    Session,
    Group,
    RootGroup,
}

impl Leader {
    pub(crate) fn number(self, thread: &Thread) -> i64 {
        match self {
            Self::Session => thread.sid,
            Self::Group => thread.vpgid,
            Self::RootGroup => thread.pgid,
        }
    }

    /// The leader: the process of the group's number, or the eldest ancestor in an unbroken row of the same group.
    pub(crate) fn find<'a>(self, machine: &'a Machine, thread: &'a Thread) -> Option<&'a Thread> {
        let number = self.number(thread);
        if number == -1 {
            return None;
        }
        // Numbers of another PID namespace lead nowhere in the table.
        let is_root_number = matches!(self, Self::RootGroup) || !in_pid_namespace(thread);
        if is_root_number && let Some(leader) = machine.threads.get(number) {
            return Some(leader);
        }
        Ancestors::of(machine, thread)
            .take_while(|ancestor| self.number(ancestor) == number)
            .last()
    }
}

fn in_pid_namespace(thread: &Thread) -> bool {
    const CHILD_IN_PIDNS: u32 = 1 << 29;
    thread.clone_flags & CHILD_IN_PIDNS != 0 || (thread.vtid >= 0 && thread.vtid != thread.tid)
}
