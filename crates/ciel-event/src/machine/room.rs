//! How many descriptors all processes may have together.

use super::Machine;

/// Descriptors that a process may have however many the others have.
const ALWAYS: usize = 64;

/// How many descriptors all processes had when they were last counted.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Descriptors added since.
    added: usize,
    /// Whether there were too many.
    full: bool,
}

impl Machine {
    /// How many descriptors a process may have now, at which one is about to be added.
    pub(super) fn descriptor_limit(&mut self) -> usize {
        let all = self.limits.all_descriptors;
        self.room.added += 1;
        // Counting visits every thread, so it is done now and then.
        if self.room.added > all / 16 {
            let count: usize = self.threads.iter().map(|thread| thread.fds.len()).sum();
            self.room = Room {
                added: 0,
                full: count >= all,
            };
        }
        let limit = self.limits.descriptors;
        if self.room.full {
            limit.min(ALWAYS)
        } else {
            limit
        }
    }
}
