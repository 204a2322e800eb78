//! What a capture holds of an event, before any state is looked up.

use std::io::Write as _;

use ciel_event::Event;

/// Nanoseconds since 1970, CPU, thread, the event's constant, then its parameters: numbers as numbers, everything else as
/// text in which bytes that are no printable ASCII are escaped. Parameters of a newer schema are called by their place.
pub(super) fn line(event: &Event<'_>, line: &mut Vec<u8>) {
    let info = event.info();
    // A Vec takes all that is written.
    let _ = write!(
        line,
        "{} {} {} {}",
        event.time, event.cpu, event.tid, info.constant
    );
    for (index, bytes) in event.params.iter().enumerate() {
        let param = info.params.get(index);
        let _ = match param {
            Some(param) => write!(line, " {}=", param.name),
            None => write!(line, " [{index}]="),
        };
        match number(event, index) {
            Some(number) => {
                let _ = write!(line, "{number}");
            }
            None => {
                let _ = write!(line, "\"{}\"", bytes.escape_ascii());
            }
        }
    }
}

/// The number that a parameter holds, if it is of a type that holds one.
fn number(event: &Event<'_>, index: usize) -> Option<i128> {
    if event.info().params.get(index)?.kind.number_has_sign()? {
        event.signed(index).map(i128::from)
    } else {
        event.unsigned(index).map(i128::from)
    }
}
