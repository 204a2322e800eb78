//! Events that tell of the machine, containers and users.

use crate::{
    Event,
    machine::{Machine, Seen},
};

/// Whether the event was one of these.
pub(super) fn apply(_machine: &mut Machine, _event: &Event<'_>, _seen: &mut Seen) -> bool {
    false
}
