//! What a file was opened for: `evt.is_open_read` and its relatives.

use ciel_event::{
    Event,
    schema::{EventCode, codes},
};

use super::result::returned;
use crate::FieldId as Id;

const READ: u64 = 1;
const WRITE: u64 = 1 << 1;
const CREATE: u64 = 1 << 2;
const TEMPORARY: u64 = 1 << 13;
/// The file was not there before.
const CREATED: u64 = 1 << 14;
/// Anyone may execute it.
const EXECUTABLE: u64 = 0o111;

/// Whether an event opens a file as the field asks; false of events that open none.
pub(super) fn is_open(id: Id, event: &Event<'_>) -> bool {
    if event.code == codes::SYSCALL_CREAT_X {
        return id == Id::EvtIsOpenExec && executable(event, Some(2));
    }
    let Some((flags, mode)) = places(event.code) else {
        return false;
    };
    let flags = event.unsigned(flags).unwrap_or_default();
    let has = |bits| flags & bits != 0;
    match id {
        Id::EvtIsOpenRead => has(READ),
        Id::EvtIsOpenWrite => has(WRITE),
        Id::EvtIsOpenCreate => {
            has(CREATED) || has(TEMPORARY) && returned(event).is_some_and(|fd| fd >= 0)
        }
        Id::EvtIsOpenExec => has(TEMPORARY | CREATE) && executable(event, mode),
        _ => false,
    }
}

fn executable(event: &Event<'_>, mode: Option<usize>) -> bool {
    mode.and_then(|mode| event.unsigned(mode))
        .is_some_and(|mode| mode & EXECUTABLE != 0)
}

/// Where an event has the flags and the mode of what it opens.
fn places(code: EventCode) -> Option<(usize, Option<usize>)> {
    match code {
        codes::SYSCALL_OPEN_X => Some((2, Some(3))),
        codes::SYSCALL_OPENAT_2_X | codes::SYSCALL_OPENAT2_X => Some((3, Some(4))),
        codes::SYSCALL_OPEN_BY_HANDLE_AT_X => Some((2, None)),
        _ => None,
    }
}
