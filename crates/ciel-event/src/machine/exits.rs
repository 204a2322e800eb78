//! Children that ended just now.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

/// How many are remembered.
const COUNT: usize = 1024;

/// Nanoseconds after which one is no longer believed, since numbers are used again.
pub(super) const FRESH: u64 = 2_000_000_000;

/// The children that ended last, each with its parent and when: the end of the call that made a child may come after the end
/// of the child, and must not make it again.
#[derive(Debug, Default)]
pub(super) struct RecentExits {
    times: FxHashMap<(i64, i64), u64>,
    order: VecDeque<(i64, i64)>,
}

impl RecentExits {
    /// Notes that a child of a parent ended.
    pub(super) fn note(&mut self, child: i64, parent: i64, time: u64) {
        if self.times.insert((child, parent), time).is_none() {
            self.order.push_back((child, parent));
        }
        if self.order.len() > COUNT
            && let Some(oldest) = self.order.pop_front()
        {
            self.times.remove(&oldest);
        }
    }

    /// Whether this child of this parent ended just before.
    pub(super) fn has(&self, child: i64, parent: i64, time: u64) -> bool {
        self.times
            .get(&(child, parent))
            .is_some_and(|ended| time.checked_sub(*ended).is_some_and(|age| age < FRESH))
    }
}
