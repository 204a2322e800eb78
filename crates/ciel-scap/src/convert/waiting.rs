//! Enter events that wait for their exit event, one a thread.
//!
//! Memory is bounded without a list of ages: there is a young generation and an old one. What is stored goes into the young
//! one; when that has half of what is allowed, the old one is forgotten and the young one becomes the old. System calls end
//! long before.

use ciel_event::{EventCode, Params, schema::MAX_PARAMS};
use rustc_hash::FxHashMap;

use crate::{
    limits::{WAITING_BYTES, WAITING_EVENTS},
    read::RawEvent,
};

/// Buffers that are kept for the next event.
const SPARE_BUFFERS: usize = 256;
/// Bytes of a buffer that is worth keeping.
const SPARE_BYTES: usize = 4 << 10;

/// Enter events that wait for their exit event.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    young: Generation,
    old: Generation,
    spare: Vec<Vec<u8>>,
    /// The one that was used last.
    used: Option<Entry>,
}

/// Entries of about the same age.
#[derive(Debug, Default)]
struct Generation {
    by_tid: FxHashMap<i64, Entry>,
    bytes: usize,
}

/// An enter event: its whole block, then its parameters where they are not those of the block.
#[derive(Debug)]
struct Entry {
    code: EventCode,
    /// Where parameters begin, and where each ends.
    ends: [u32; MAX_PARAMS + 1],
    count: usize,
    block: usize,
    data: Vec<u8>,
}

impl Waiting {
    /// Keeps an enter event, in place of the one that the thread had. `code` and `params` are what was made of it.
    pub(super) fn store(&mut self, raw: &RawEvent<'_>, code: EventCode, params: &Params<'_>) {
        self.remove(raw.header.tid);
        let mut data = self.spare.pop().unwrap_or_default();
        data.clear();
        data.extend_from_slice(raw.block);
        let mut entry = Entry {
            code,
            ends: [0; MAX_PARAMS + 1],
            count: params.len(),
            block: raw.block.len(),
            data,
        };
        let mut ends = entry.ends.iter_mut();
        if let Some(first) = ends.next() {
            *first = u32::try_from(entry.block).unwrap_or(u32::MAX);
        }
        for (end, bytes) in ends.zip(params.iter()) {
            entry.data.extend_from_slice(bytes);
            *end = u32::try_from(entry.data.len()).unwrap_or(u32::MAX);
        }
        self.young.insert(raw.header.tid, entry);
        if self.young.by_tid.len() > WAITING_EVENTS / 2 || self.young.bytes > WAITING_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
        }
    }

    /// A parameter of the enter event of a thread, if it has this code.
    pub(super) fn param(&self, tid: i64, code: EventCode, index: usize) -> Option<&[u8]> {
        let entry = self
            .young
            .by_tid
            .get(&tid)
            .or_else(|| self.old.by_tid.get(&tid))?;
        if entry.code != code || index >= entry.count {
            return None;
        }
        let start = *entry.ends.get(index)? as usize;
        let end = *entry.ends.get(index + 1)? as usize;
        entry.data.get(start..end)
    }

    /// The enter event of this thread did what it was kept for.
    pub(super) fn use_up(&mut self, tid: i64) {
        self.forget_used();
        self.used = self.take(tid);
    }

    /// The block of the enter event that was used last.
    pub(super) fn used(&self) -> Option<&[u8]> {
        let entry = self.used.as_ref()?;
        entry.data.get(..entry.block)
    }

    /// The next event is about to be converted.
    pub(super) fn forget_used(&mut self) {
        if let Some(entry) = self.used.take() {
            self.keep_buffer(entry.data);
        }
    }

    /// Forgets the enter event of a thread.
    pub(super) fn remove(&mut self, tid: i64) {
        if let Some(entry) = self.take(tid) {
            self.keep_buffer(entry.data);
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.young = Generation::default();
        self.old = Generation::default();
        self.used = None;
    }

    /// How many wait.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.young.by_tid.len() + self.old.by_tid.len()
    }

    fn take(&mut self, tid: i64) -> Option<Entry> {
        self.young.remove(tid).or_else(|| self.old.remove(tid))
    }

    fn keep_buffer(&mut self, buffer: Vec<u8>) {
        if self.spare.len() < SPARE_BUFFERS && buffer.capacity() <= SPARE_BYTES {
            self.spare.push(buffer);
        }
    }
}

impl Generation {
    fn insert(&mut self, tid: i64, entry: Entry) {
        self.bytes += entry.data.len();
        self.by_tid.insert(tid, entry);
    }

    fn remove(&mut self, tid: i64) -> Option<Entry> {
        if self.by_tid.is_empty() {
            return None;
        }
        let entry = self.by_tid.remove(&tid)?;
        self.bytes -= entry.data.len();
        Some(entry)
    }
}
