//! The group of the thread: `group.*`.

use ciel_event::Context;

use super::user::NOT_KNOWN;
use crate::{Field, FieldId as Id, Value};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let gid = context.thread?.gid;
    Some(match field.id {
        Id::GroupGid => Value::Unsigned(gid.into()),
        Id::GroupName => Value::text(match context.machine.users.group(gid) {
            Some(group) => group.name.as_slice(),
            None if gid == 0 => b"root".as_slice(),
            None => NOT_KNOWN,
        }),
        _ => return None,
    })
}
