//! What each event does to the state. One file a domain; here is who takes what.

mod connect;
mod fds;
mod file;
mod iter;
mod meta;
mod open;
mod process;
mod socket;
mod subject;
mod transfer;

#[cfg(test)]
mod descriptor_tests;
#[cfg(test)]
mod socket_tests;

use super::{Machine, Seen};
use crate::{Event, schema::codes};

/// Lets an event change the state, and finds out what it is about.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, seen: &mut Seen) {
    if iter::apply(machine, event) {
        seen.hidden = true;
        return;
    }
    subject::find(machine, event, seen);
    let _ = process::apply(machine, event, seen)
        || file::apply(machine, event, seen)
        || socket::apply(machine, event, seen)
        || meta::apply(machine, event, seen);
    if matches!(
        event.code,
        codes::SYSCALL_EXECVE_19_X | codes::SYSCALL_EXECVEAT_X
    ) {
        file::close_on_exec(machine, event, seen);
    }
    subject::finish(machine, event, seen);
}
