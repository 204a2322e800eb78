//! Finding keys that stand twice in a mapping, at little cost where none does.

use std::collections::HashSet;

use crate::Node;

/// Mappings up to this many keys are compared pair by pair.
const FEW: usize = 12;

/// Hashes of the keys of all mappings that are open, innermost last.
#[derive(Default)]
pub(crate) struct KeyHashes {
    hashes: Vec<u64>,
}

impl KeyHashes {
    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    pub(crate) fn push(&mut self, key: &str) {
        self.hashes.push(hash(key.as_bytes()));
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.hashes.truncate(len);
    }

    /// Whether two of the hashes from `start` on are equal. May reorder them.
    pub(crate) fn may_repeat(&mut self, start: usize) -> bool {
        let Some(own) = self.hashes.get_mut(start..) else {
            return false;
        };
        if own.len() > FEW {
            own.sort_unstable();
            return own.windows(2).any(|pair| matches!(pair, [a, b] if a == b));
        }
        let mut rest: &[u64] = own;
        while let Some((first, others)) = rest.split_first() {
            if others.contains(first) {
                return true;
            }
            rest = others;
        }
        false
    }
}

/// A quick hash: equal hashes only lead to a closer look, so strangers who find collisions gain nothing.
fn hash(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        state = (state ^ u64::from_le_bytes(word))
            .wrapping_mul(MIX)
            .rotate_left(29);
    }
    state
}

/// The keys that stand in the mapping for the second time or more; merge keys may.
pub(crate) fn repeated(mapping: Node<'_>) -> Vec<Node<'_>> {
    let mut seen = HashSet::new();
    mapping
        .entries()
        .filter(|(key, _)| !key.is_merge() && !seen.insert(key.scalar_text()))
        .map(|(key, _)| key)
        .collect()
}
