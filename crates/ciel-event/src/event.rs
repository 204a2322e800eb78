//! One event, its parameters still in the bytes that brought it.

use crate::schema::{EventCode, EventInfo, MAX_PARAMS};

/// One event of the current schema, or of an old one on its way to a converter.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Nanoseconds since 1970.
    pub time: u64,
    /// The thread that it happened in, as the root PID namespace numbers it.
    pub tid: i64,
    /// The CPU that it happened on.
    pub cpu: u16,
    /// What happened.
    pub code: EventCode,
    /// What is told of it.
    pub params: Params<'a>,
}

impl<'a> Event<'a> {
    /// The declaration of this event.
    #[must_use]
    pub fn info(&self) -> &'static EventInfo {
        self.code.info()
    }

    /// The bytes of a parameter; `None` where the event has fewer, or the parameter is empty.
    #[must_use]
    #[inline]
    pub fn bytes(&self, index: usize) -> Option<&'a [u8]> {
        self.params.get(index).filter(|bytes| !bytes.is_empty())
    }

    /// Text up to its NUL, without it; `None` also for `(NULL)`, which old drivers wrote for a text that is missing.
    #[must_use]
    #[inline]
    pub fn text(&self, index: usize) -> Option<&'a [u8]> {
        self.bytes(index)
            .filter(|bytes| *bytes != b"(NULL)\0")
            .map(until_nul)
    }

    /// A number of 1, 2, 4 or 8 bytes that has a sign (`errno`, `fd`, `pid`, `int*`).
    #[must_use]
    #[inline]
    pub fn signed(&self, index: usize) -> Option<i64> {
        read_signed(self.bytes(index)?)
    }

    /// A number of 1, 2, 4 or 8 bytes without a sign.
    #[must_use]
    #[inline]
    pub fn unsigned(&self, index: usize) -> Option<u64> {
        read_unsigned(self.bytes(index)?)
    }

    /// A number without a sign that fits 32 bits (`uint32`, `uid`, `flags32`).
    #[must_use]
    #[inline]
    pub fn unsigned32(&self, index: usize) -> Option<u32> {
        u32::try_from(self.unsigned(index)?).ok()
    }
}

/// The bytes before the first NUL.
#[must_use]
#[inline]
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    memchr::memchr(0, bytes)
        .and_then(|end| bytes.get(..end))
        .unwrap_or(bytes)
}

/// A little-endian number with a sign, by the length of its bytes.
#[must_use]
#[inline]
pub fn read_signed(bytes: &[u8]) -> Option<i64> {
    Some(match bytes.len() {
        8 => i64::from_le_bytes(bytes.try_into().ok()?),
        4 => i64::from(i32::from_le_bytes(bytes.try_into().ok()?)),
        2 => i64::from(i16::from_le_bytes(bytes.try_into().ok()?)),
        1 => i64::from(i8::from_le_bytes(bytes.try_into().ok()?)),
        _ => return None,
    })
}

/// A little-endian number without a sign, by the length of its bytes.
#[must_use]
#[inline]
pub fn read_unsigned(bytes: &[u8]) -> Option<u64> {
    Some(match bytes.len() {
        8 => u64::from_le_bytes(bytes.try_into().ok()?),
        4 => u64::from(u32::from_le_bytes(bytes.try_into().ok()?)),
        2 => u64::from(u16::from_le_bytes(bytes.try_into().ok()?)),
        1 => u64::from(*bytes.first()?),
        _ => return None,
    })
}

/// The parameters of an event: one run of bytes and where each ends.
#[derive(Clone, Copy, Debug)]
pub struct Params<'a> {
    data: &'a [u8],
    ends: [u32; MAX_PARAMS],
    count: u8,
}

impl<'a> Params<'a> {
    /// None.
    pub const EMPTY: Params<'static> = Params {
        data: &[],
        ends: [0; MAX_PARAMS],
        count: 0,
    };

    /// Parameters that lie one after the other in `data`, each of a length. Those past [`MAX_PARAMS`], and all from the first
    /// that would go past the end of `data` on, are left out.
    #[must_use]
    #[inline]
    pub fn new(data: &'a [u8], lengths: impl IntoIterator<Item = u32>) -> Self {
        let mut ends = [0; MAX_PARAMS];
        let mut count = 0;
        let mut end = 0_u32;
        for (slot, length) in ends.iter_mut().zip(lengths) {
            let Some(next) = end
                .checked_add(length)
                .filter(|next| *next as usize <= data.len())
            else {
                break;
            };
            end = next;
            *slot = end;
            count += 1;
        }
        Self { data, ends, count }
    }

    /// How many there are, empty ones included.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        usize::from(self.count)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The bytes of the parameter at `index`, which may be empty.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> Option<&'a [u8]> {
        if index >= self.len() {
            return None;
        }
        let end = *self.ends.get(index)? as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.data.get(start..end)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}
