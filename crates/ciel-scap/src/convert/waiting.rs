//! Enter events that wait for their exit event, one a thread.
//!
//! Memory is bounded without a list of ages: there is a young generation and an old one. What is stored goes into the young
//! one; when that has half of what is allowed, the old one is forgotten and the young one becomes the old. System calls end
//! long before. What was used stays until the thread's next one takes its place: its memory is used again.

use ciel_event::{EventCode, Params};
use rustc_hash::FxHashMap;

use crate::{
    limits::{WAITING_BYTES, WAITING_EVENTS},
    read::{Header, RawEvent},
};

/// Buffers that are kept for other threads.
const SPARE_BUFFERS: usize = 256;
/// Bytes of a buffer that is worth keeping.
const SPARE_BYTES: usize = 4 << 10;

/// Enter events that wait for their exit event.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    young: Generation,
    old: Generation,
    spare: Vec<Vec<u8>>,
    /// The thread whose enter event was used last.
    used: Option<i64>,
}

/// Entries of about the same age.
#[derive(Debug, Default)]
struct Generation {
    by_tid: FxHashMap<i64, Entry>,
    bytes: usize,
}

/// An enter event.
#[derive(Debug)]
pub(super) struct Entry {
    /// What was made of it before it was kept.
    code: EventCode,
    header: Header,
    block: Vec<u8>,
    /// Its parameters and their lengths, where they are not those of the block.
    made: Option<Box<(Vec<u8>, Vec<u32>)>>,
    /// It did what it was kept for.
    spent: bool,
}

impl Entry {
    /// Its parameters.
    pub(super) fn params(&self) -> Params<'_> {
        match &self.made {
            Some(made) => Params::new(&made.0, made.1.iter().copied()),
            None => RawEvent {
                block: &self.block,
                header: self.header,
            }
            .params(),
        }
    }
}

impl Waiting {
    /// Keeps an enter event, in place of the one that the thread had. `made` is what was made of it, if something was.
    pub(super) fn store(&mut self, raw: &RawEvent<'_>, code: EventCode, made: Option<&Params<'_>>) {
        let made = made.map(|params| {
            let lengths = params.iter().map(|bytes| bytes.len() as u32).collect();
            Box::new((params.iter().flatten().copied().collect(), lengths))
        });
        let tid = raw.header.tid;
        if let Some(entry) = self.young.by_tid.get_mut(&tid) {
            self.young.bytes += raw.block.len();
            self.young.bytes -= entry.block.len();
            entry.block.clear();
            entry.block.extend_from_slice(raw.block);
            (entry.code, entry.header, entry.made) = (code, raw.header, made);
            entry.spent = false;
        } else {
            self.insert(raw, code, made);
        }
        if self.young.by_tid.len() > WAITING_EVENTS / 2 || self.young.bytes > WAITING_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
        }
    }

    fn insert(
        &mut self,
        raw: &RawEvent<'_>,
        code: EventCode,
        made: Option<Box<(Vec<u8>, Vec<u32>)>>,
    ) {
        self.old.remove(raw.header.tid);
        let mut block = self.spare.pop().unwrap_or_default();
        block.clear();
        block.extend_from_slice(raw.block);
        self.young.bytes += block.len();
        let entry = Entry {
            code,
            header: raw.header,
            block,
            made,
            spent: false,
        };
        self.young.by_tid.insert(raw.header.tid, entry);
    }

    /// The enter event of a thread, if it has this code.
    pub(super) fn get(&self, tid: i64, code: EventCode) -> Option<&Entry> {
        self.find(tid)
            .filter(|entry| entry.code == code && !entry.spent)
    }

    fn find(&self, tid: i64) -> Option<&Entry> {
        self.young
            .by_tid
            .get(&tid)
            .or_else(|| self.old.by_tid.get(&tid))
    }

    /// The enter event of this thread did what it was kept for.
    pub(super) fn use_up(&mut self, tid: i64) {
        let entry = self
            .young
            .by_tid
            .get_mut(&tid)
            .or_else(|| self.old.by_tid.get_mut(&tid));
        if let Some(entry) = entry {
            entry.spent = true;
            self.used = Some(tid);
        }
    }

    /// The block of the enter event that was used last.
    pub(super) fn used(&self) -> Option<&[u8]> {
        Some(&self.find(self.used?)?.block)
    }

    /// The next event is about to be converted.
    pub(super) fn forget_used(&mut self) {
        self.used = None;
    }

    /// Forgets the enter event of a thread.
    pub(super) fn remove(&mut self, tid: i64) {
        for generation in [&mut self.young, &mut self.old] {
            if let Some(entry) = generation.remove(tid)
                && self.spare.len() < SPARE_BUFFERS
                && entry.block.capacity() <= SPARE_BYTES
            {
                self.spare.push(entry.block);
            }
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
}

impl Generation {
    fn remove(&mut self, tid: i64) -> Option<Entry> {
        if self.by_tid.is_empty() {
            return None;
        }
        let entry = self.by_tid.remove(&tid)?;
        self.bytes -= entry.block.len();
        Some(entry)
    }
}
