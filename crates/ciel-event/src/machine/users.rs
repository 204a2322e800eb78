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
    host: Accounts,
    containers: FxHashMap<Box<[u8]>, Accounts>,
    count: usize,
}

/// The users and groups of one place.
#[derive(Clone, Debug, Default)]
struct Accounts {
    users: FxHashMap<u32, User>,
    groups: FxHashMap<u32, Group>,
}

impl Users {
    /// The host's user of this number.
    #[must_use]
    pub fn user(&self, uid: u32) -> Option<&User> {
        self.host.users.get(&uid)
    }

    /// The host's group of this number.
    #[must_use]
    pub fn group(&self, gid: u32) -> Option<&Group> {
        self.host.groups.get(&gid)
    }

    /// The user of this number in a container, or on the host where its identifier is empty.
    #[must_use]
    pub fn user_in(&self, container: &[u8], uid: u32) -> Option<&User> {
        self.accounts(container)?.users.get(&uid)
    }

    /// The group of this number in a container, or on the host where its identifier is empty.
    #[must_use]
    pub fn group_in(&self, container: &[u8], gid: u32) -> Option<&Group> {
        self.accounts(container)?.groups.get(&gid)
    }

    /// Adds a user of the host.
    pub fn insert_user(&mut self, user: User) {
        if stands_for_others(&user.name) {
            return;
        }
        self.count += usize::from(self.host.users.insert(user.uid, user).is_none());
    }

    /// Adds a group of the host.
    pub fn insert_group(&mut self, group: Group) {
        if stands_for_others(&group.name) {
            return;
        }
        self.count += usize::from(self.host.groups.insert(group.gid, group).is_none());
    }

    /// The host's users, in no order that means anything.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        self.host.users.values()
    }

    /// The host's groups, in no order that means anything.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.host.groups.values()
    }

    /// Notes a user that an event tells of, where there is room. One that is known keeps its group.
    pub(super) fn learn_user(&mut self, container: &[u8], mut user: User, limit: usize) {
        if stands_for_others(&user.name) {
            return;
        }
        if let Some(known) = self.user_in(container, user.uid) {
            user.gid = known.gid;
        } else if self.count >= limit {
            return;
        } else {
            self.count += 1;
        }
        self.accounts_mut(container).users.insert(user.uid, user);
    }

    /// Notes a group that an event tells of, where there is room.
    pub(super) fn learn_group(&mut self, container: &[u8], group: Group, limit: usize) {
        if stands_for_others(&group.name) {
            return;
        }
        if self.group_in(container, group.gid).is_none() {
            if self.count >= limit {
                return;
            }
            self.count += 1;
        }
        self.accounts_mut(container).groups.insert(group.gid, group);
    }

    /// Forgets a user.
    pub(super) fn remove_user(&mut self, container: &[u8], uid: u32) {
        let removed = self
            .existing(container)
            .and_then(|all| all.users.remove(&uid));
        self.removed(container, removed.is_some());
    }

    /// Forgets a group.
    pub(super) fn remove_group(&mut self, container: &[u8], gid: u32) {
        let removed = self
            .existing(container)
            .and_then(|all| all.groups.remove(&gid));
        self.removed(container, removed.is_some());
    }

    fn removed(&mut self, container: &[u8], removed: bool) {
        self.count -= usize::from(removed);
        if self
            .containers
            .get(container)
            .is_some_and(|all| all.users.is_empty() && all.groups.is_empty())
        {
            self.containers.remove(container);
        }
    }

    fn accounts(&self, container: &[u8]) -> Option<&Accounts> {
        if container.is_empty() {
            return Some(&self.host);
        }
        self.containers.get(container)
    }

    fn existing(&mut self, container: &[u8]) -> Option<&mut Accounts> {
        if container.is_empty() {
            return Some(&mut self.host);
        }
        self.containers.get_mut(container)
    }

    fn accounts_mut(&mut self, container: &[u8]) -> &mut Accounts {
        if container.is_empty() {
            return &mut self.host;
        }
        self.containers.entry(container.into()).or_default()
    }
}

/// Whether an entry is none of a user or group, but tells the C library to take those of a directory service in or leave them
/// out.
fn stands_for_others(name: &[u8]) -> bool {
    matches!(name.first(), Some(b'+' | b'-'))
}
