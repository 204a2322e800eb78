//! Images: tags, digests, registries, where they come from.

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[];
