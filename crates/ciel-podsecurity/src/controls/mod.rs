//! The controls: one function each, from a pod to the violation that it is.
//!
//! The texts of reasons and details are admission's own, to the letter; the texts of places are Ciel's.

pub(crate) mod containers;
pub(crate) mod host;
pub(crate) mod linux;
pub(crate) mod restricted;
pub(crate) mod volumes;
