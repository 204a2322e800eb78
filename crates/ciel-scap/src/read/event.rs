//! One event as it was written.

use ciel_event::{EventCode, Params, schema::EventFlags};

use super::{
    Cursor, Flaw,
    block::{EventForm, HEAD, Kind, TAIL},
};

/// Of these two events, early writers count three bytes too many.
use ciel_event::schema::codes::{INFRASTRUCTURE_EVENT_E, NOTIFICATION_E};

/// Bytes of an event's header after the number of its parameters, and before.
const HEADER: usize = 22;
const COUNTED_HEADER: usize = HEADER + 4;

/// One event as it was written: of the current schema, or of an old one.
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    /// All of its block, with head and tail.
    pub block: &'a [u8],
    /// The CPU that it happened on.
    pub cpu: u16,
    /// What the writer said of it; 0 where it said nothing.
    pub flags: u32,
    /// Nanoseconds since 1970.
    pub time: u64,
    /// The thread that it happened in.
    pub tid: i64,
    /// What happened.
    pub code: EventCode,
    /// How many parameters it has.
    pub count: u32,
    /// The lengths of its parameters.
    lengths: &'a [u8],
    /// Whether a length has 32 bits, not 16.
    wide: bool,
    /// Its parameters, one after the other.
    data: &'a [u8],
}

impl<'a> RawEvent<'a> {
    /// Its parameters.
    #[must_use]
    #[inline]
    pub fn params(&self) -> Params<'a> {
        if self.wide {
            let lengths = self.lengths.as_chunks::<4>().0;
            return Params::new(
                self.data,
                lengths.iter().map(|bytes| u32::from_le_bytes(*bytes)),
            );
        }
        let lengths = self.lengths.as_chunks::<2>().0;
        Params::new(
            self.data,
            lengths
                .iter()
                .map(|bytes| u32::from(u16::from_le_bytes(*bytes))),
        )
    }

    /// Whether its writer had filtered it out and kept it for what it tells of state.
    #[must_use]
    pub fn is_state_only(&self) -> bool {
        self.flags & super::block::STATE_ONLY != 0
    }

    /// Reads an event from its whole block, head and tail included.
    #[inline]
    pub(super) fn parse(block: &'a [u8], form: EventForm) -> Result<Self, Flaw> {
        const PAST_BLOCK: Flaw = Flaw::Bad("an event goes past its block");
        let body = block
            .get(HEAD..block.len().saturating_sub(TAIL))
            .ok_or(Flaw::Short)?;
        let mut cursor = Cursor::new(body);
        let cpu = cursor.u16()?;
        let flags = if form.flags { cursor.u32()? } else { 0 };
        let time = cursor.u64()?;
        let tid = cursor.i64()?;
        let length = cursor.u32()? as usize;
        let code = EventCode(cursor.u16()?);
        let wide = form.counted && code.info().flags.contains(EventFlags::LARGE_PAYLOAD);
        let header = if form.counted { COUNTED_HEADER } else { HEADER };
        let counted = if form.counted { cursor.u32()? } else { 0 };
        let length = match code {
            INFRASTRUCTURE_EVENT_E | NOTIFICATION_E if !form.counted => length.saturating_sub(3),
            _ => length,
        };
        let inside = length.checked_sub(header).ok_or(PAST_BLOCK)?;
        let event = cursor.take(inside).map_err(|_| PAST_BLOCK)?;
        let count = if form.counted {
            counted
        } else {
            infer_count(event, code.info().params.len())
                .ok_or(Flaw::Bad("an event whose parameters do not fit its length"))?
        };
        let width = if wide { 4 } else { 2 };
        let (lengths, data) = (count as usize)
            .checked_mul(width)
            .and_then(|bytes| event.split_at_checked(bytes))
            .ok_or(PAST_BLOCK)?;
        Ok(Self {
            block,
            cpu,
            flags,
            time,
            tid,
            code,
            count,
            lengths,
            wide,
            data,
        })
    }
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

/// Early headers do not tell how many parameters there are: as many as fill the event with those lengths, at most those of
/// the schema.
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
