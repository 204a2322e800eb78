//! When an event happened: `evt.time`, `evt.reltime`, `evt.rawtime`.

use ciel_event::Context;

use crate::{Field, FieldId as Id, Value, civil};

const SECOND: u64 = 1_000_000_000;

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let time = context.event.time;
    let since_first = time.saturating_sub(context.seen.first_time);
    let since_previous = time.saturating_sub(context.seen.previous_time);
    let number = match field.id {
        Id::EvtRawtime => time,
        Id::EvtRawtimeS => time / SECOND,
        Id::EvtRawtimeNs => time % SECOND,
        Id::EvtReltime => since_first,
        Id::EvtReltimeS => since_first / SECOND,
        Id::EvtReltimeNs => since_first % SECOND,
        Id::EvtDeltatime => since_previous,
        Id::EvtDeltatimeS => since_previous / SECOND,
        Id::EvtDeltatimeNs => since_previous % SECOND,
        Id::EvtAround => time.abs_diff(field.index()?),
        // Events no longer come in pairs: Falco keeps these fields and gives nothing in them.
        Id::EvtLatency
        | Id::EvtLatencyS
        | Id::EvtLatencyNs
        | Id::EvtLatencyQuantized
        | Id::EvtWaitLatency => 0,
        Id::EvtLatencyHuman => return Some(Value::text("0ns")),
        _ => return Some(Value::owned(text(field.id, time))),
    };
    Some(Value::Unsigned(number))
}

/// The time as people read it, in UTC.
fn text(id: Id, time: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(36);
    match id {
        Id::EvtTimeS => civil::write_time(time, false, &mut out),
        Id::EvtTimeIso8601 => {
            civil::write_date(time, &mut out);
            out.push(b'T');
            civil::write_time(time, true, &mut out);
            out.extend_from_slice(b"+0000");
        }
        Id::EvtDatetime | Id::EvtDatetimeS => {
            civil::write_date(time, &mut out);
            out.push(b' ');
            civil::write_time(time, id == Id::EvtDatetime, &mut out);
        }
        // `evt.time`, and `evt.outputtime`, which is the same where nothing else is asked for.
        _ => civil::write_time(time, true, &mut out),
    }
    out
}
