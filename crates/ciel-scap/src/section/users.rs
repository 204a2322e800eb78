//! Users and groups.

use ciel_event::machine::{Group, User};

use super::{put_sized, put_text};
use crate::read::{Cursor, Flaw};

/// An entry of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Entry {
    User(User),
    Group(Group),
}

/// What an entry holds; all that is no user is a group.
const USER: u8 = 0;
const GROUP: u8 = 1;

/// Reads one entry.
pub(crate) fn parse(cursor: &mut Cursor<'_>, sized: bool) -> Result<Entry, Flaw> {
    if sized {
        let mut entry = cursor.sized(true)?;
        return one(&mut entry);
    }
    one(cursor)
}

fn one(cursor: &mut Cursor<'_>) -> Result<Entry, Flaw> {
    if cursor.u8()? != USER {
        return Ok(Entry::Group(Group {
            gid: cursor.u32()?,
            name: cursor.text()?.to_vec(),
        }));
    }
    Ok(Entry::User(User {
        uid: cursor.u32()?,
        gid: cursor.u32()?,
        name: cursor.text()?.to_vec(),
        home: cursor.text()?.to_vec(),
        shell: cursor.text()?.to_vec(),
    }))
}

/// Writes an entry with its length before it.
pub(crate) fn write_user(out: &mut Vec<u8>, user: &User) {
    put_sized(out, |out| {
        out.push(USER);
        out.extend_from_slice(&user.uid.to_le_bytes());
        out.extend_from_slice(&user.gid.to_le_bytes());
        put_text(out, &user.name);
        put_text(out, &user.home);
        put_text(out, &user.shell);
    });
}

/// Writes an entry with its length before it.
pub(crate) fn write_group(out: &mut Vec<u8>, group: &Group) {
    put_sized(out, |out| {
        out.push(GROUP);
        out.extend_from_slice(&group.gid.to_le_bytes());
        put_text(out, &group.name);
    });
}
