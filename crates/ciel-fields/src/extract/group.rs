//! The group of the thread: `group.*`.

use ciel_event::{Context, machine::Group};

use super::{container, user::NOT_KNOWN};
use crate::{Field, FieldId as Id, Value};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let gid = context.thread?.gid;
    Some(match field.id {
        Id::GroupGid => Value::Unsigned(gid.into()),
        Id::GroupName => Value::text(match group(context, gid) {
            Some(group) => group.name.as_slice(),
            None if gid == 0 => b"root".as_slice(),
            None => NOT_KNOWN,
        }),
        _ => return None,
    })
}

/// The group of this number in the thread's container, or else on the host.
fn group<'a>(context: &Context<'a>, gid: u32) -> Option<&'a Group> {
    let users = &context.machine.users;
    users
        .group_in(container::users_of(context), gid)
        .or_else(|| users.group(gid))
}
