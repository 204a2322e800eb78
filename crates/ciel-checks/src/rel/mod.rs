//! Reliability: probes, resources, budgets, autoscalers, references that lead nowhere.

use crate::Rule;

pub(crate) const RULES: &[&Rule] = &[];
