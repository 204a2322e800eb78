//! Parents, ancestors and leaders of a process, as fields follow them.

use ciel_event::{Context, Thread, machine::Machine};

/// The thread that knows what the whole process has: the first one, where it is known.
pub(crate) fn process<'a>(machine: &'a Machine, thread: &'a Thread) -> Option<&'a Thread> {
    machine.threads.main_of(thread)
}

/// The process that is `steps` generations above that of the thread; with 0, its own.
pub(crate) fn ancestor<'a>(
    machine: &'a Machine,
    thread: &'a Thread,
    steps: u64,
) -> Option<&'a Thread> {
    machine.threads.ancestor(thread, u32::try_from(steps).ok()?)
}

/// The process that is the parent of the thread's.
pub(crate) fn parent<'a>(context: &Context<'a>) -> Option<&'a Thread> {
    ancestor(context.machine, context.thread?, 1)
}

/// Who leads a process: by its number in the root PID namespace, or in its own.
#[derive(Clone, Copy)]
pub(crate) enum Leader {
    Session,
    Group,
    RootGroup,
}

impl Leader {
    /// The leader: the process of the group's number, or the eldest ancestor in an unbroken row of the same group.
    pub(crate) fn find<'a>(self, machine: &'a Machine, thread: &'a Thread) -> Option<&'a Thread> {
        let threads = &machine.threads;
        match self {
            Self::Session => threads.leader(thread, |thread| thread.sid, true),
            Self::Group => threads.leader(thread, |thread| thread.vpgid, true),
            Self::RootGroup => threads.leader(thread, |thread| thread.pgid, false),
        }
    }
}
