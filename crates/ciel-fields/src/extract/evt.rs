//! What an event is: `evt.type` and the others that need no parameter shown.

use ciel_event::Context;

use crate::{Field, FieldId as Id, Value};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    match field.id {
        Id::EvtNum => Some(Value::Unsigned(context.seen.number)),
        _ => None,
    }
}
