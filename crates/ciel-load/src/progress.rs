use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// What loading is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// Looking for files.
    #[default]
    Finding,
    /// Reading and parsing files.
    Reading,
    /// Waiting for `helm` and `kustomize`.
    Rendering,
    /// Done.
    Done,
}

/// Counters that another thread may look at while [`load`](crate::load) runs. Each only grows.
#[derive(Debug, Default)]
pub struct Progress {
    phase: AtomicU8,
    found: AtomicU64,
    read: AtomicU64,
    bytes: AtomicU64,
}

impl Progress {
    /// What loading is at.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Finding,
            1 => Phase::Reading,
            2 => Phase::Rendering,
            _ => Phase::Done,
        }
    }

    /// Files that are to be read.
    #[must_use]
    pub fn files_found(&self) -> u64 {
        self.found.load(Ordering::Relaxed)
    }

    /// Files that have been read.
    #[must_use]
    pub fn files_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Bytes that have been read.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Relaxed);
    }

    pub(crate) fn add_found(&self) {
        self.found.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn add_read(&self, bytes: usize) {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}
