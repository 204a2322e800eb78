//! What rule files define, before it is compiled.

use std::collections::BTreeSet;

use super::{Context, Priority};

/// A list, as far as files have defined it.
#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) name: String,
    pub(crate) items: Vec<String>,
    pub(crate) context: Context,
    /// The place among all definitions that it was first defined at.
    pub(crate) index: usize,
    /// The place that it was last changed at: it sees what was defined before.
    pub(crate) visibility: usize,
}

/// A macro, as far as files have defined it.
#[derive(Clone, Debug)]
pub(crate) struct Macro {
    pub(crate) name: String,
    pub(crate) condition: String,
    pub(crate) context: Context,
    pub(crate) condition_context: Context,
    pub(crate) index: usize,
    pub(crate) visibility: usize,
}

/// A rule, as far as files have defined it.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) condition: String,
    pub(crate) output: String,
    pub(crate) description: String,
    pub(crate) source: String,
    pub(crate) unknown_source: bool,
    pub(crate) priority: Priority,
    pub(crate) enabled: bool,
    pub(crate) capture: bool,
    pub(crate) capture_duration: Option<u32>,
    pub(crate) warn_evttypes: bool,
    pub(crate) skip_if_unknown_filter: bool,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) context: Context,
    pub(crate) condition_context: Context,
    pub(crate) output_context: Context,
}

/// What an item adds to a rule, or puts in place of what it has.
#[derive(Clone, Debug)]
pub(crate) struct RuleUpdate {
    pub(crate) name: String,
    pub(crate) condition: Option<String>,
    pub(crate) output: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) tags: Option<BTreeSet<String>>,
    pub(crate) exceptions: Option<Vec<Exception>>,
    pub(crate) priority: Option<Priority>,
    pub(crate) enabled: Option<bool>,
    pub(crate) capture: Option<bool>,
    pub(crate) capture_duration: Option<u32>,
    pub(crate) warn_evttypes: Option<bool>,
    pub(crate) skip_if_unknown_filter: Option<bool>,
    pub(crate) context: Context,
}

impl RuleUpdate {
    pub(crate) fn new(name: &str, context: &Context) -> Self {
        Self {
            name: name.to_owned(),
            condition: None,
            output: None,
            description: None,
            tags: None,
            exceptions: None,
            priority: None,
            enabled: None,
            capture: None,
            capture_duration: None,
            warn_evttypes: None,
            skip_if_unknown_filter: None,
            context: context.clone(),
        }
    }

    pub(crate) fn has_any_value(&self) -> bool {
        self.condition.is_some()
            || self.output.is_some()
            || self.description.is_some()
            || self.tags.is_some()
            || self.exceptions.is_some()
            || self.priority.is_some()
            || self.enabled.is_some()
            || self.capture.is_some()
            || self.capture_duration.is_some()
            || self.warn_evttypes.is_some()
            || self.skip_if_unknown_filter.is_some()
    }
}

/// An exception of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    pub(crate) name: String,
    pub(crate) fields: Option<Entry>,
    pub(crate) comparisons: Option<Entry>,
    pub(crate) values: Vec<Entry>,
    pub(crate) context: Context,
}

/// One word, or several, which may be several again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    One(String),
    Many(Vec<Entry>),
}

impl Entry {
    /// The word; nothing where there are several.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::One(text) => text,
            Self::Many(_) => "",
        }
    }

    /// Several words; none where there is one.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::One(_) => &[],
            Self::Many(items) => items,
        }
    }
}

/// A plugin that rules want, or another that serves as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredPlugin {
    /// Its name.
    pub name: String,
    /// The lowest version that serves.
    pub version: super::Version,
}
