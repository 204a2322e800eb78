//! Whether an event needs a conversion, by its code: a flat table, as this is asked of every event.

use ciel_event::{
    EventCode,
    schema::{EVENTS, EventFlags},
};

use super::{Conversion, table::CONVERSIONS};

/// Whether an event needs a conversion.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Need {
    /// It is of the current schema.
    None,
    /// It needs one.
    Convert,
    /// It tells nothing that the current schema has.
    Drop,
}

/// What is known of a code.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Pass,
    Drop,
    Convert,
    /// Needs one unless it has this many parameters or more; newer writers append to them.
    Current(u8),
}

/// What is known of each code.
#[derive(Debug)]
pub(super) struct Fates(Box<[Fate]>);

impl Fates {
    pub(super) fn new() -> Self {
        Self(EventCode::all().map(fate).collect())
    }

    /// Whether an event of this code and number of parameters needs a conversion.
    #[inline]
    pub(super) fn need(&self, code: EventCode, count: u32) -> Need {
        match self.0.get(usize::from(code.0)) {
            Some(Fate::Current(expected)) if count >= u32::from(*expected) => Need::None,
            Some(Fate::Current(_) | Fate::Convert) => Need::Convert,
            Some(Fate::Pass) => Need::None,
            Some(Fate::Drop) | None => Need::Drop,
        }
    }
}

fn fate(code: EventCode) -> Fate {
    let info = code.info();
    let managed = info.flags.contains(EventFlags::CONVERTER_MANAGED);
    let old = is_old(code);
    if info.flags.contains(EventFlags::UNUSED) || (!managed && old) {
        Fate::Drop
    } else if !managed {
        Fate::Pass
    } else if old || code.is_enter() {
        Fate::Convert
    } else {
        Fate::Current(u8::try_from(info.params.len()).unwrap_or(u8::MAX))
    }
}

/// Whether no current writer makes events of this code.
pub(super) fn is_old(code: EventCode) -> bool {
    code.info().flags.contains(EventFlags::OLD_VERSION)
}

/// The row for an event of this code and number of parameters.
pub(super) fn row(code: EventCode, count: usize) -> Option<&'static Conversion> {
    const _: () = assert!(EVENTS < 1 << 15);
    let params = u8::try_from(count).ok()?;
    let at = CONVERSIONS
        .binary_search_by_key(&(code.0, params), |row| (row.code, row.params))
        .ok()?;
    CONVERSIONS.get(at)
}
