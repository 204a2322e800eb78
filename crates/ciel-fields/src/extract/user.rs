//! The user of the thread: `user.*`.

use ciel_event::{Context, machine::User};

use super::container;
use crate::{Field, FieldId as Id, Value};

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let thread = context.thread?;
    if let (Id::UserName, Some(user)) = (field.id, container::user(context)) {
        return Some(Value::text(user));
    }
    // Of users of a container only some events tell; without, the host's is the better guess.
    let (users, place) = (&context.machine.users, container::users_of(context));
    let user = |uid| users.user_in(place, uid).or_else(|| users.user(uid));
    // Of a user who is not listed, only root's facts are known.
    let text = |uid: u32, of: fn(&User) -> &[u8], of_root: &'static [u8]| {
        Value::text(match user(uid) {
            Some(user) => of(user),
            None if uid == 0 => of_root,
            None => NOT_KNOWN,
        })
    };
    Some(match field.id {
        Id::UserUid => Value::Unsigned(thread.uid.into()),
        Id::UserName => text(thread.uid, |user| &user.name, b"root"),
        Id::UserHomedir => text(thread.uid, |user| &user.home, b"/root"),
        Id::UserShell => text(thread.uid, |user| &user.shell, NOT_KNOWN),
        Id::UserLoginuid => Value::Signed(match thread.loginuid {
            u32::MAX => -1,
            uid => uid.into(),
        }),
        Id::UserLoginname => text(thread.loginuid, |user| &user.name, b"root"),
        _ => return None,
    })
}

/// What Falco shows of a user or group that is not listed.
pub(super) const NOT_KNOWN: &[u8] = b"<NA>";
