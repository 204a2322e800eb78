//! Events that tell of the machine, containers and users.

use super::fds::number;
use crate::{
    Event,
    machine::{Group, Machine, Seen, User},
    schema::codes as c,
};

/// Whether the event was one of these.
pub(super) fn apply(machine: &mut Machine, event: &Event<'_>, _seen: &mut Seen) -> bool {
    match event.code {
        c::USER_ADDED_E => user_added(machine, event),
        c::USER_DELETED_E => machine
            .users
            .remove_user(event.text(5).unwrap_or_default(), number(event, 0)),
        c::GROUP_ADDED_E => group_added(machine, event),
        c::GROUP_DELETED_E => machine
            .users
            .remove_group(event.text(2).unwrap_or_default(), number(event, 0)),
        _ => return false,
    }
    true
}

fn user_added(machine: &mut Machine, event: &Event<'_>) {
    let user = User {
        uid: number(event, 0),
        gid: number(event, 1),
        name: text(event, 2),
        home: text(event, 3),
        shell: text(event, 4),
    };
    let container = event.text(5).unwrap_or_default();
    machine
        .users
        .learn_user(container, user, machine.limits.users);
}

fn group_added(machine: &mut Machine, event: &Event<'_>) {
    let group = Group {
        gid: number(event, 0),
        name: text(event, 1),
    };
    let container = event.text(2).unwrap_or_default();
    machine
        .users
        .learn_group(container, group, machine.limits.users);
}

fn text(event: &Event<'_>, index: usize) -> Vec<u8> {
    event.text(index).unwrap_or_default().to_vec()
}
