//! All threads of a machine.

use rustc_hash::FxHashMap;

use super::Thread;

/// The threads of a machine by their number.
#[derive(Debug, Default)]
pub struct Threads {
    pub(super) by_tid: FxHashMap<i64, Box<Thread>>,
}

impl Threads {
    /// The thread of this number.
    #[must_use]
    #[inline]
    pub fn get(&self, tid: i64) -> Option<&Thread> {
        self.by_tid.get(&tid).map(AsRef::as_ref)
    }

    /// The thread of this number, to be changed.
    #[inline]
    pub fn get_mut(&mut self, tid: i64) -> Option<&mut Thread> {
        self.by_tid.get_mut(&tid).map(AsMut::as_mut)
    }

    /// The first thread of the process of this thread, which knows what the process has.
    #[must_use]
    pub fn main_of(&self, thread: &Thread) -> Option<&Thread> {
        self.get(thread.pid)
    }

    /// How many are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_tid.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_tid.is_empty()
    }

    /// Adds a thread, in place of one of the same number.
    pub fn insert(&mut self, thread: Thread) {
        self.by_tid.insert(thread.tid, Box::new(thread));
    }

    /// Removes a thread.
    pub fn remove(&mut self, tid: i64) -> Option<Box<Thread>> {
        self.by_tid.remove(&tid)
    }
}
