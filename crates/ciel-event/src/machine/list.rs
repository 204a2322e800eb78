//! A list of threads.

/// How many threads a list follows. Those past it are left out: they live, but nobody finds them from here.
const MAX: usize = 4096;

/// Numbers of threads, in the order in which they came. Bounded, so that removing one is cheap whatever a capture says.
#[derive(Clone, Debug, Default)]
pub(super) struct ThreadList(Vec<i64>);

impl ThreadList {
    pub(super) fn add(&mut self, tid: i64, first: bool) {
        if self.0.len() >= MAX {
            return;
        }
        if first {
            self.0.insert(0, tid);
        } else {
            self.0.push(tid);
        }
    }

    pub(super) fn remove(&mut self, tid: i64) {
        if let Some(at) = self.0.iter().rposition(|other| *other == tid) {
            self.0.remove(at);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn to_vec(&self) -> Vec<i64> {
        self.0.clone()
    }
}
