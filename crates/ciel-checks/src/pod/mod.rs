//! Pods and their containers.

mod privileged_container;

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[&privileged_container::PRIVILEGED_CONTAINER];
