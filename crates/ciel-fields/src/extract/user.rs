//! The user of the thread: `user.*`.

use ciel_event::Context;

use crate::{Field, Value};

pub(super) fn extract<'a>(_field: &Field, _context: &Context<'a>) -> Option<Value<'a>> {
    None
}
