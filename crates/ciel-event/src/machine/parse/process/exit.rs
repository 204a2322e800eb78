//! `procexit`: a thread ends.

use crate::{
    Event,
    machine::{Machine, Seen},
};

/// The thread that gets the children, as the kernel says.
const REAPER: usize = 4;

pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &Seen) {
    let Some(tid) = seen.thread else {
        return;
    };
    machine.threads.end(tid);
    machine.ended.thread = Some(tid);
    let Some(thread) = machine.threads.get_mut(tid) else {
        return;
    };
    // An invalid thread has no process that would count it, and is dead all the same.
    thread.flags.dead = true;
    if thread.children.is_empty() {
        return;
    }
    if event.params.len() <= REAPER {
        thread.reaper = -1;
    } else if let Some(reaper) = event.signed(REAPER) {
        thread.reaper = reaper;
    }
}
