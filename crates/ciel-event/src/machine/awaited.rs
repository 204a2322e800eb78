//! What threads will tell once their events are followed; gone with that.

use super::{Thread, Threads};
use crate::{Event, schema::EventCode};

/// An event with bytes of its own.
#[derive(Clone, Copy, Debug)]
pub struct StoredEvent(std::convert::Infallible);

impl StoredEvent {
    /// The event as it was seen.
    #[must_use]
    pub fn event(&self) -> Event<'_> {
        match self.0 {}
    }
}

impl Thread {
    /// The thread whose table has its descriptors: its own, or that of the first thread of its process.
    #[must_use]
    #[inline]
    pub fn fd_owner(&self) -> i64 {
        const FILES: u32 = 1;
        if self.clone_flags & FILES != 0 {
            self.pid
        } else {
            self.tid
        }
    }

    /// The beginning of the system call whose end, an event of this code, is looked at now, where it was kept.
    #[must_use]
    pub fn enter_event(&self, _exit: EventCode) -> Option<&StoredEvent> {
        None
    }
}

impl Threads {
    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Thread> {
        self.by_tid.values().map(AsRef::as_ref)
    }
}
