//! The descriptors of a process by their number.

use std::sync::Arc;

use super::Fd;

/// No node, or no bucket's node.
const NONE: u32 = u32::MAX;
/// In place of a node before the first.
const BEFORE_FIRST: u32 = u32::MAX - 1;

/// The descriptors of a process by their number.
///
/// A table is cheap to copy: a process that is forked shares its parent's until either changes. Walks go in the order in
/// which Falco's hash table does, which `fd.types` shows.
#[derive(Clone, Debug, Default)]
pub struct FdTable {
    chain: Option<Arc<Chain>>,
    /// How many times the table was copied from parent to child since it last changed; each turns the order.
    copies: u8,
}

impl FdTable {
    /// The descriptor of this number.
    #[must_use]
    #[inline]
    pub fn get(&self, number: i64) -> Option<&Fd> {
        self.chain.as_ref()?.get(number).map(AsRef::as_ref)
    }

    /// The descriptor of this number, to be shared.
    pub(in crate::machine) fn shared(&self, number: i64) -> Option<Arc<Fd>> {
        self.chain.as_ref()?.get(number).cloned()
    }

    /// The descriptor of this number, to be changed.
    pub fn get_mut(&mut self, number: i64) -> Option<&mut Fd> {
        self.get(number)?;
        let chain = self.chain_mut();
        let at = chain.find(number)?;
        let node = chain.nodes.get_mut(at as usize)?;
        node.fd.as_mut().map(Arc::make_mut)
    }

    /// Adds a descriptor, in place of one of the same number.
    pub fn insert(&mut self, number: i64, fd: Fd) {
        self.insert_shared(number, Arc::new(fd));
    }

    /// Adds a descriptor, in place of one of the same number.
    pub(in crate::machine) fn insert_shared(&mut self, number: i64, fd: Arc<Fd>) {
        self.chain_mut().insert(number, fd);
    }

    /// Removes a descriptor.
    pub fn remove(&mut self, number: i64) -> Option<Arc<Fd>> {
        self.get(number)?;
        self.chain_mut().remove(number)
    }

    /// Removes all that are not wanted.
    pub(in crate::machine) fn retain(&mut self, mut wanted: impl FnMut(i64, &Fd) -> bool) {
        let gone: Vec<i64> = self
            .entries()
            .filter(|(number, fd)| !wanted(*number, fd))
            .map(|(number, _)| number)
            .collect();
        for number in gone {
            self.remove(number);
        }
    }

    /// All of them, in no order.
    pub(in crate::machine) fn entries(&self) -> impl Iterator<Item = (i64, &Fd)> {
        let nodes = self.chain.as_ref().map_or(&[][..], |chain| &chain.nodes);
        nodes
            .iter()
            .filter_map(|node| Some((node.number, node.fd.as_deref()?)))
    }

    /// How many are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chain.as_ref().map_or(0, |chain| chain.count as usize)
    }

    /// Whether none is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy for the child of a process.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            chain: self.chain.clone(),
            // Two copies give the first order back only where no bucket holds two; so the count is kept.
            copies: self.copies.saturating_add(1),
        }
    }

    /// All of them, in the order of Falco's table.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &Fd)> {
        let order = match &self.chain {
            Some(chain) if self.copies > 0 => chain.copied(self.copies).order(),
            Some(chain) => chain.order(),
            None => Vec::new(),
        };
        order
            .into_iter()
            .filter_map(|number| Some((number, self.get(number)?)))
    }

    fn chain_mut(&mut self) -> &mut Chain {
        let chain = self.chain.get_or_insert_default();
        if self.copies > 0 {
            *chain = Arc::new(chain.copied(self.copies));
            self.copies = 0;
        }
        Arc::make_mut(chain)
    }
}

/// A hash table whose entries are one linked list in which those of a bucket stand together.
#[derive(Clone, Debug)]
struct Chain {
    nodes: Vec<Node>,
    /// The node before the first of each bucket.
    buckets: Vec<u32>,
    first: u32,
    free: u32,
    count: u32,
}

#[derive(Clone, Debug)]
struct Node {
    number: i64,
    next: u32,
    fd: Option<Arc<Fd>>,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            buckets: Vec::new(),
            first: NONE,
            free: NONE,
            count: 0,
        }
    }
}

impl Chain {
    #[inline]
    fn get(&self, number: i64) -> Option<&Arc<Fd>> {
        self.nodes.get(self.find(number)? as usize)?.fd.as_ref()
    }

    /// The node of this number.
    #[inline]
    fn find(&self, number: i64) -> Option<u32> {
        let bucket = self.bucket(number);
        let mut at = self.next(self.before(bucket)?);
        loop {
            let node = self.nodes.get(at as usize)?;
            if node.number == number {
                return Some(at);
            }
            if self.bucket(node.number) != bucket {
                return None;
            }
            at = node.next;
        }
    }

    #[inline]
    fn bucket(&self, number: i64) -> usize {
        let hash = number.cast_unsigned();
        let buckets = self.buckets.len() as u64;
        // Most numbers are small, and a division is slow.
        let bucket = if hash < buckets || buckets == 0 {
            hash
        } else {
            hash % buckets
        };
        usize::try_from(bucket).unwrap_or(0)
    }

    #[inline]
    fn before(&self, bucket: usize) -> Option<u32> {
        self.buckets.get(bucket).copied().filter(|at| *at != NONE)
    }

    #[inline]
    fn next(&self, at: u32) -> u32 {
        if at == BEFORE_FIRST {
            return self.first;
        }
        self.nodes.get(at as usize).map_or(NONE, |node| node.next)
    }

    fn set_next(&mut self, at: u32, next: u32) {
        if at == BEFORE_FIRST {
            self.first = next;
        } else if let Some(node) = self.nodes.get_mut(at as usize) {
            node.next = next;
        }
    }

    fn set_before(&mut self, bucket: usize, at: u32) {
        if let Some(slot) = self.buckets.get_mut(bucket) {
            *slot = at;
        }
    }

    /// The bucket of the node at this place.
    fn bucket_of(&self, at: u32) -> Option<usize> {
        Some(self.bucket(self.nodes.get(at as usize)?.number))
    }

    fn insert(&mut self, number: i64, fd: Arc<Fd>) {
        if let Some(node) = self
            .find(number)
            .and_then(|at| self.nodes.get_mut(at as usize))
        {
            node.fd = Some(fd);
            return;
        }
        if self.count as usize >= self.buckets.len() {
            self.grow();
        }
        let at = self.make(number, fd);
        self.link(at, self.bucket(number));
        self.count += 1;
    }

    /// A node, in place of a removed one where there is one.
    fn make(&mut self, number: i64, fd: Arc<Fd>) -> u32 {
        let node = Node {
            number,
            next: NONE,
            fd: Some(fd),
        };
        let at = self.free;
        if let Some(slot) = self.nodes.get_mut(at as usize) {
            self.free = slot.next;
            *slot = node;
            return at;
        }
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).unwrap_or(NONE)
    }

    /// Links a node in as the first of its bucket; a bucket that was empty becomes the first of all.
    fn link(&mut self, at: u32, bucket: usize) {
        if let Some(before) = self.before(bucket) {
            self.set_next(at, self.next(before));
            self.set_next(before, at);
            return;
        }
        self.set_next(at, self.first);
        if let Some(second) = self.bucket_of(self.first) {
            self.set_before(second, at);
        }
        self.first = at;
        self.set_before(bucket, BEFORE_FIRST);
    }

    fn remove(&mut self, number: i64) -> Option<Arc<Fd>> {
        let bucket = self.bucket(number);
        let start = self.before(bucket)?;
        let mut before = start;
        let at = loop {
            let at = self.next(before);
            let node = self.nodes.get(at as usize)?;
            if node.number == number {
                break at;
            }
            if self.bucket(node.number) != bucket {
                return None;
            }
            before = at;
        };
        let next = self.next(at);
        let next_bucket = self.bucket_of(next);
        if next_bucket != Some(bucket) {
            if let Some(other) = next_bucket {
                self.set_before(other, before);
            }
            if before == start {
                self.set_before(bucket, NONE);
            }
        }
        self.set_next(before, next);
        self.count -= 1;
        let free = self.free;
        self.free = at;
        let node = self.nodes.get_mut(at as usize)?;
        node.next = free;
        node.fd.take()
    }

    /// More buckets, and every node in its own of them, from the first to the last.
    fn grow(&mut self) {
        let buckets = next_size(self.buckets.len());
        self.buckets.clear();
        self.buckets.resize(buckets, NONE);
        let mut at = std::mem::replace(&mut self.first, NONE);
        while let Some(bucket) = self.bucket_of(at) {
            let next = self.next(at);
            self.link(at, bucket);
            at = next;
        }
    }

    /// The table after so many copies from parent to child.
    fn copied(&self, times: u8) -> Self {
        let mut chain = self.copy();
        for _ in 1..times {
            chain = chain.copy();
        }
        chain
    }

    fn copy(&self) -> Self {
        let mut copy = Self::default();
        let mut at = self.first;
        while let Some(node) = self.nodes.get(at as usize) {
            if let Some(fd) = &node.fd {
                copy.insert(node.number, Arc::clone(fd));
            }
            at = node.next;
        }
        copy
    }

    fn order(&self) -> Vec<i64> {
        let mut order = Vec::with_capacity(self.count as usize);
        let mut at = self.first;
        while let Some(node) = self.nodes.get(at as usize) {
            order.push(node.number);
            at = node.next;
        }
        order
    }
}

/// How many buckets follow so many: what the C++ library that Falco is built with takes.
fn next_size(buckets: usize) -> usize {
    const SIZES: [usize; 15] = [
        13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10_273, 20_753, 42_043, 85_229, 172_933,
        351_061,
    ];
    SIZES
        .into_iter()
        .find(|size| *size > buckets)
        .unwrap_or(buckets * 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::FdKind;

    fn table(numbers: impl IntoIterator<Item = i64>) -> FdTable {
        let mut table = FdTable::default();
        for number in numbers {
            table.insert(number, Fd::new(FdKind::File));
        }
        table
    }

    fn order(table: &FdTable) -> Vec<i64> {
        table.iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn what_was_added_last_comes_first() {
        assert_eq!(order(&table([0, 1, 2, 3])), [3, 2, 1, 0]);
    }

    #[test]
    fn a_childs_table_is_turned() {
        let parent = table([0, 1, 2, 255]);
        let mut child = parent.fork();
        assert_eq!(order(&child), [0, 1, 2, 255]);
        child.insert(3, Fd::new(FdKind::File));
        assert_eq!(order(&child), [3, 0, 1, 2, 255]);
        assert_eq!(order(&parent.fork().fork()), [255, 2, 1, 0]);
        assert_eq!(order(&parent), [255, 2, 1, 0]);
    }

    #[test]
    fn numbers_of_one_bucket_stand_together() {
        // 13 buckets: 1 and 14 share one.
        assert_eq!(order(&table([1, 2, 14])), [2, 14, 1]);
    }

    #[test]
    fn growing_turns_the_order() {
        let expected: Vec<i64> = std::iter::once(13).chain(0..13).collect();
        assert_eq!(order(&table(0..14)), expected);
    }

    #[test]
    fn removed_numbers_are_gone_and_come_back_first() {
        let mut table = table([0, 1, 2]);
        assert!(table.remove(1).is_some());
        assert!(table.remove(1).is_none());
        assert!(table.get(1).is_none());
        assert_eq!(order(&table), [2, 0]);
        table.insert(1, Fd::new(FdKind::File));
        assert_eq!(order(&table), [1, 2, 0]);
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn tables_agree_with_a_map_whatever_is_done() {
        let mut table = FdTable::default();
        let mut map = std::collections::BTreeSet::new();
        let mut state = 1_u64;
        for step in 0..20_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let number = i64::try_from(state >> 55).unwrap_or(0) - 3;
            if state & (1 << 40) == 0 {
                table.insert(number, Fd::new(FdKind::File));
                map.insert(number);
            } else {
                assert_eq!(table.remove(number).is_some(), map.remove(&number));
            }
            if step % 1000 == 0 {
                table = table.fork();
                let mut numbers = order(&table);
                numbers.sort_unstable();
                assert!(numbers.iter().eq(&map));
            }
        }
    }
}
