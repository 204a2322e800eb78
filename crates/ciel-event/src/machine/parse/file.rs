//! Events of files and other descriptors that are no sockets.

use crate::{
    Event,
    machine::{Machine, Seen},
};

/// Whether the event was one of these.
pub(super) fn apply(_machine: &mut Machine, _event: &Event<'_>, _seen: &mut Seen) -> bool {
    false
}
