//! Governance: namespaces, quotas, labels, audit, admission.

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[];
