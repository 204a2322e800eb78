//! Memory of texts that were put together, used again: most events ask for some, and no event that nobody alerts on should
//! ask the allocator.

use std::cell::RefCell;

/// Buffers that are kept.
const BUFFERS: usize = 16;
/// Bytes of a buffer that is worth keeping.
const BYTES: usize = 16 << 10;
/// Bytes of a new one.
const FIRST: usize = 64;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// An empty buffer, made where none is spare.
#[must_use]
pub fn buffer() -> Vec<u8> {
    SPARE
        .with_borrow_mut(Vec::pop)
        .unwrap_or_else(|| Vec::with_capacity(FIRST))
}

/// Keeps a buffer whose bytes are not needed any more, for the next text that is put together.
pub fn give_back(mut bytes: Vec<u8>) {
    if bytes.capacity() == 0 || bytes.capacity() > BYTES {
        return;
    }
    SPARE.with_borrow_mut(|spare| {
        if spare.len() < BUFFERS {
            bytes.clear();
            spare.push(bytes);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_comes_back_empty() {
        let mut bytes = buffer();
        bytes.extend_from_slice(&[1; 200]);
        give_back(bytes);
        let again = buffer();
        assert!(again.is_empty());
        assert!(again.capacity() >= 200);
    }

    #[test]
    fn what_is_large_or_too_many_is_not_kept() {
        give_back(Vec::with_capacity(BYTES + 1));
        (0..2 * BUFFERS).for_each(|_| give_back(Vec::with_capacity(1)));
        assert_eq!(SPARE.with_borrow(Vec::len), BUFFERS);
    }
}
