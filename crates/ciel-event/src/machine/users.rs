//! Users and groups.

use rustc_hash::FxHashMap;

/// A user.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct User {
    /// The number.
    pub uid: u32,
    /// The main group.
    pub gid: u32,
    /// The name.
    pub name: Vec<u8>,
    /// The home directory.
    pub home: Vec<u8>,
    /// The login shell.
    pub shell: Vec<u8>,
}

/// A group.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Group {
    /// The number.
    pub gid: u32,
    /// The name.
    pub name: Vec<u8>,
}

/// Users and groups of the host, and those that events tell of in containers.
#[derive(Clone, Debug, Default)]
pub struct Users {
    users: FxHashMap<u32, User>,
    groups: FxHashMap<u32, Group>,
}

impl Users {
    /// The host's user of this number.
    #[must_use]
    pub fn user(&self, uid: u32) -> Option<&User> {
        self.users.get(&uid)
    }

    /// The host's group of this number.
    #[must_use]
    pub fn group(&self, gid: u32) -> Option<&Group> {
        self.groups.get(&gid)
    }

    /// Adds a user of the host.
    pub fn insert_user(&mut self, user: User) {
        self.users.insert(user.uid, user);
    }

    /// Adds a group of the host.
    pub fn insert_group(&mut self, group: Group) {
        self.groups.insert(group.gid, group);
    }
}
