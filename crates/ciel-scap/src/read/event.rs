//! One event as it was written.

use std::ops::Range;

use ciel_event::{
    Event, EventCode, Params,
    schema::{
        EventFlags,
        codes::{INFRASTRUCTURE_EVENT_E, NOTIFICATION_E},
    },
};

use super::{
    Cursor, Flaw,
    block::{self, EventForm, HEAD, Kind, TAIL},
};

/// Bytes of an event's header: time, thread, length, code.
const HEADER: usize = 22;
/// The same with the number of parameters, which early writers leave out.
const COUNTED_HEADER: usize = HEADER + 4;

/// One event as it was written: of the current schema, or of an old one.
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    /// All of its block, with head and tail.
    pub block: &'a [u8],
    /// What stands before its parameters.
    pub header: Header,
}

/// What stands before the parameters of an event.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The CPU that it happened on.
    pub cpu: u16,
    /// What happened.
    pub code: EventCode,
    /// What the writer said of it; 0 where it said nothing.
    pub flags: u32,
    /// How many parameters it has.
    pub count: u32,
    /// Nanoseconds since 1970.
    pub time: u64,
    /// The thread that it happened in.
    pub tid: i64,
    /// Where in the block the header stands.
    at: u8,
    /// Bytes of each length.
    width: u8,
    /// Where in the block lengths, then parameters, begin and end.
    lengths: u32,
    data: u32,
    end: u32,
}

impl<'a> RawEvent<'a> {
    /// Its parameters.
    #[must_use]
    #[inline]
    pub fn params(&self) -> Params<'a> {
        let Header {
            lengths, data, end, ..
        } = self.header;
        let lengths = self
            .block
            .get(lengths as usize..data as usize)
            .unwrap_or_default();
        let data = self
            .block
            .get(data as usize..end as usize)
            .unwrap_or_default();
        if self.header.width == 4 {
            let lengths = lengths.as_chunks::<4>().0;
            return Params::new(data, lengths.iter().map(|bytes| u32::from_le_bytes(*bytes)));
        }
        let lengths = lengths.as_chunks::<2>().0;
        Params::new(
            data,
            lengths
                .iter()
                .map(|bytes| u32::from(u16::from_le_bytes(*bytes))),
        )
    }

    /// The event, its parameters as they are.
    #[must_use]
    #[inline]
    pub fn event(&self) -> Event<'a> {
        Event {
            time: self.header.time,
            tid: self.header.tid,
            cpu: self.header.cpu,
            code: self.header.code,
            params: self.params(),
        }
    }

    /// Whether its writer had filtered it out and kept it for what it tells of state.
    #[must_use]
    #[inline]
    pub fn is_state_only(&self) -> bool {
        self.header.flags & block::STATE_ONLY != 0
    }

    /// Where in the block its header stands: eight bytes of time, eight of the thread.
    #[must_use]
    pub fn header_at(&self) -> usize {
        usize::from(self.header.at)
    }

    /// Where in the block the parameter of this index stands.
    #[must_use]
    pub fn param_range(&self, index: usize) -> Option<Range<usize>> {
        let params = self.params();
        let length = params.get(index)?.len();
        let before: usize = params.iter().take(index).map(<[u8]>::len).sum();
        let start = self.header.data as usize + before;
        Some(start..start + length)
    }
}

impl Header {
    /// Reads the header of an event from its whole block, head and tail included.
    #[inline]
    pub(super) fn parse(block: &[u8], form: EventForm) -> Result<Self, Flaw> {
        let at = HEAD + if form.flags { 6 } else { 2 };
        let mut cursor = Cursor::new(block.get(HEAD..).ok_or(Flaw::Short)?);
        let cpu = cursor.u16()?;
        let flags = if form.flags { cursor.u32()? } else { 0 };
        let time = cursor.u64()?;
        let tid = cursor.i64()?;
        let length = cursor.u32()? as usize;
        let code = EventCode(cursor.u16()?);
        let inside = block.len().saturating_sub(TAIL);
        let mut header = Self {
            cpu,
            code,
            flags,
            count: 0,
            time,
            tid,
            at: at as u8,
            width: 2,
            lengths: 0,
            data: 0,
            end: 0,
        };
        if form.counted {
            if code.info().flags.contains(EventFlags::LARGE_PAYLOAD) {
                header.width = 4;
            }
            header.count = cursor.u32()?;
            header.place(at + COUNTED_HEADER, at.saturating_add(length), inside)?;
        } else {
            header.place_uncounted(block, at, length, inside)?;
        }
        Ok(header)
    }

    /// Where lengths and parameters stand.
    #[inline]
    fn place(&mut self, lengths: usize, end: usize, inside: usize) -> Result<(), Flaw> {
        const PAST_BLOCK: Flaw = Flaw::Bad("an event goes past its block");
        let data = (self.count as usize)
            .checked_mul(usize::from(self.width))
            .and_then(|bytes| bytes.checked_add(lengths))
            .ok_or(PAST_BLOCK)?;
        if data > end || end > inside {
            return Err(PAST_BLOCK);
        }
        let small = |number: usize| u32::try_from(number).map_err(|_| PAST_BLOCK);
        (self.lengths, self.data, self.end) = (small(lengths)?, small(data)?, small(end)?);
        Ok(())
    }

    /// The same where the header does not tell how many parameters there are: as many as fill the event with their
    /// lengths, at most those of the schema.
    fn place_uncounted(
        &mut self,
        block: &[u8],
        at: usize,
        length: usize,
        inside: usize,
    ) -> Result<(), Flaw> {
        // Of these two, early writers count three bytes too many.
        let length = match self.code {
            INFRASTRUCTURE_EVENT_E | NOTIFICATION_E => length.saturating_sub(3),
            _ => length,
        };
        let (start, end) = (at + HEADER, at.saturating_add(length));
        let event = block
            .get(start..end)
            .filter(|_| end <= inside)
            .ok_or(Flaw::Bad("an event goes past its block"))?;
        self.count = infer_count(event, self.code.info().params.len())
            .ok_or(Flaw::Bad("an event whose parameters do not fit its length"))?;
        self.place(start, end, inside)
    }
}

/// How many parameters fill an event with their lengths.
fn infer_count(event: &[u8], most: usize) -> Option<u32> {
    let lengths = event.as_chunks::<2>().0;
    let fits = |count: &usize| {
        lengths.get(..*count).is_some_and(|lengths| {
            let sum: usize = lengths
                .iter()
                .map(|bytes| usize::from(u16::from_le_bytes(*bytes)))
                .sum();
            2 * count + sum == event.len()
        })
    };
    let count = (0..=most).rev().find(fits)?;
    u32::try_from(count).ok()
}

/// The code of the event in a block, however damaged the rest of it is.
pub(crate) fn code_of(block: &[u8]) -> Option<EventCode> {
    let mut cursor = Cursor::new(block);
    let kind = cursor.u32().ok()?;
    let Kind::Event(form) = Kind::of(kind) else {
        return None;
    };
    // The length of the block, the CPU and flags; then time, thread and length of the event.
    let before = 4 + 2 + if form.flags { 4 } else { 0 } + 8 + 8 + 4;
    cursor.take(before).ok()?;
    cursor.u16().ok().map(EventCode)
}
