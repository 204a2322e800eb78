//! All threads of a machine.
//!
//! A thread lies in a slot that its number leads to; the slot of the thread that was looked up last is remembered, since
//! events come in runs of one thread. What relates threads to one another is in `family` and `groups`.

use rustc_hash::FxHashMap;

use super::{Thread, groups::Process};

/// The threads of a machine by their number.
#[derive(Debug)]
pub struct Threads {
    slot_of: FxHashMap<i64, u32>,
    slots: Vec<Option<Box<Thread>>>,
    free: Vec<u32>,
    /// The number and slot of the thread that was looked up last.
    last: (i64, u32),
    /// Threads and children that live, by the number of the process.
    pub(super) processes: FxHashMap<i64, Process>,
    /// Children that ended before the end of the call that made them was seen.
    pub(super) exits: super::exits::RecentExits,
    /// Nanoseconds of the last look for idle threads.
    last_purge: u64,
    /// Threads that were forgotten because there were too many, or because they were idle.
    forgotten: u64,
}

/// A slot that is never used.
const NO_SLOT: (i64, u32) = (i64::MIN, u32::MAX);

impl Default for Threads {
    fn default() -> Self {
        Self {
            slot_of: FxHashMap::default(),
            slots: Vec::new(),
            free: Vec::new(),
            last: NO_SLOT,
            processes: FxHashMap::default(),
            exits: super::exits::RecentExits::default(),
            last_purge: 0,
            forgotten: 0,
        }
    }
}

impl Threads {
    /// The thread of this number.
    #[must_use]
    #[inline]
    pub fn get(&self, tid: i64) -> Option<&Thread> {
        self.slots.get(self.slot(tid)?)?.as_deref()
    }

    /// The thread of this number, to be changed.
    #[inline]
    pub fn get_mut(&mut self, tid: i64) -> Option<&mut Thread> {
        let slot = self.slot(tid)?;
        self.slots.get_mut(slot)?.as_deref_mut()
    }

    /// All threads, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = &Thread> {
        self.slots.iter().filter_map(Option::as_deref)
    }

    /// How many are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slot_of.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slot_of.is_empty()
    }

    /// How many were forgotten because there were too many, or because they were idle too long.
    #[must_use]
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Adds a thread, in place of one of the same number, without relating it to others.
    pub fn insert(&mut self, thread: Thread) {
        let tid = thread.tid;
        let thread = Some(Box::new(thread));
        if let Some(slot) = self.slot(tid).and_then(|slot| self.slots.get_mut(slot)) {
            *slot = thread;
            return;
        }
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                let Ok(slot) = u32::try_from(self.slots.len()) else {
                    return;
                };
                self.slots.push(None);
                slot
            }
        };
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = thread;
        }
        self.slot_of.insert(tid, slot);
    }

    /// The same as [`Threads::get_mut`], remembering where the thread is.
    #[inline]
    pub(super) fn touch(&mut self, tid: i64) -> Option<&mut Thread> {
        let slot = self.slot(tid)?;
        self.last = (tid, u32::try_from(slot).unwrap_or(u32::MAX));
        self.slots.get_mut(slot)?.as_deref_mut()
    }

    /// Takes a thread out, and nothing else.
    pub(super) fn take(&mut self, tid: i64) -> Option<Box<Thread>> {
        let slot = self.slot_of.remove(&tid)?;
        if self.last.0 == tid {
            self.last = NO_SLOT;
        }
        self.free.push(slot);
        self.slots.get_mut(slot as usize)?.take()
    }

    /// Makes room for one more where there are `limit` threads: those that were not seen for the longest time go, a sixteenth
    /// of all at once, so that the work is small for each thread that is added.
    pub(super) fn make_room(&mut self, limit: usize) {
        if self.len() < limit.max(1) {
            return;
        }
        let mut seen: Vec<(u64, i64)> = self
            .iter()
            .map(|thread| (thread.last_seen, thread.tid))
            .collect();
        let count = (seen.len() / 16).max(1);
        seen.select_nth_unstable(count - 1);
        for (_, tid) in seen.into_iter().take(count) {
            self.forget(tid);
        }
    }

    /// Forgets threads that were not seen for `idle` nanoseconds before `now`. Looks once in that time.
    #[inline]
    pub(super) fn purge(&mut self, now: u64, idle: u64) {
        if idle == 0 || now < self.last_purge.saturating_add(idle) {
            return;
        }
        if self.last_purge == 0 {
            self.last_purge = now;
            return;
        }
        self.last_purge = now;
        let old: Vec<i64> = self
            .iter()
            .filter(|thread| now.saturating_sub(thread.last_seen) > idle)
            .map(|thread| thread.tid)
            .collect();
        for tid in old {
            self.forget(tid);
        }
    }

    fn forget(&mut self, tid: i64) {
        let before = self.len();
        self.remove(tid);
        // A main thread stays for the threads of its process; here nothing stays.
        self.take(tid);
        self.forgotten += (before - self.len()) as u64;
    }

    /// How many slots there are, used or not.
    #[cfg(test)]
    pub(super) fn slots(&self) -> usize {
        self.slots.len()
    }

    #[inline]
    fn slot(&self, tid: i64) -> Option<usize> {
        if self.last.0 == tid {
            return Some(self.last.1 as usize);
        }
        self.slot_of.get(&tid).map(|slot| *slot as usize)
    }
}
