//! `override:`: which keys of an item add to what an earlier one has, and which take its place.

use std::collections::BTreeSet;

use crate::load::node::{Item, text};
use crate::load::{ItemType, LoadError};

/// The keys of an item that have an entry under `override`.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    pub(super) append: BTreeSet<String>,
    pub(super) replace: BTreeSet<String>,
}

impl Overrides {
    pub(super) fn is_empty(&self) -> bool {
        self.append.is_empty() && self.replace.is_empty()
    }
}

/// Reads `override:` of an item.
///
/// # Errors
/// A key that cannot be overridden so.
pub(super) fn read(
    item: &Item<'_, '_>,
    can_append: &[&str],
    can_replace: &[&str],
) -> Result<Overrides, LoadError> {
    let mut overrides = Overrides::default();
    let Some(node) = item.get("override") else {
        return Ok(overrides);
    };
    let context = item.place(item.node, ItemType::Overrides, "", &item.context);
    for (key_node, value) in node.entries() {
        let key = key_node.scalar_text();
        let at_key = || item.place(key_node, ItemType::Overrides, key, &context);
        // yaml-cpp throws where the value is no scalar; Falco calls that an error of validation.
        let Some(operation) = text(value) else {
            return Err(LoadError::validate("bad conversion", &item.context));
        };
        match operation {
            "append" if can_append.contains(&key) => {
                overrides.append.insert(key.to_owned());
            }
            "append" => {
                let message = format!("Key '{key}' cannot be appended to, use 'replace' instead");
                return Err(LoadError::yaml(message, &at_key()));
            }
            "replace" if can_replace.contains(&key) => {
                overrides.replace.insert(key.to_owned());
            }
            "replace" => {
                let message = format!("Key '{key}' cannot be replaced");
                return Err(LoadError::yaml(message, &at_key()));
            }
            _ => {
                let context = item.place(value, ItemType::ValueFor, key, &context);
                let allowed = [("append ", can_append), ("replace ", can_replace)];
                let allowed: String = allowed
                    .iter()
                    .filter(|(_, keys)| keys.contains(&key))
                    .map(|(word, _)| *word)
                    .collect();
                let message = format!(
                    "Invalid override operation for key '{key}': '{operation}'. Allowed values are: {allowed}"
                );
                return Err(LoadError::yaml(message, &context));
            }
        }
    }
    Ok(overrides)
}

/// The keys that an item has and that `override` must name.
pub(super) struct Expected {
    keys: BTreeSet<String>,
}

impl Expected {
    pub(super) fn of(item: &Item<'_, '_>, keys: &[&str]) -> Self {
        let present = keys.iter().filter(|key| item.has(key));
        Self {
            keys: present.map(|key| (*key).to_owned()).collect(),
        }
    }

    /// Whether `override` names this key, which then must be there.
    ///
    /// # Errors
    /// It is named and is not there.
    pub(super) fn take(
        &mut self,
        item: &Item<'_, '_>,
        named: &BTreeSet<String>,
        kind: &str,
        key: &str,
    ) -> Result<bool, LoadError> {
        if !named.contains(key) {
            return Ok(false);
        }
        if !self.keys.remove(key) {
            let message =
                format!("An {kind} override for '{key}' was specified but '{key}' is not defined");
            return Err(LoadError::yaml(message, &item.context));
        }
        Ok(true)
    }

    /// What is left: a key that is there without being named.
    ///
    /// # Errors
    /// There is one.
    pub(super) fn finish(&self, item: &Item<'_, '_>) -> Result<(), LoadError> {
        let Some(key) = self.keys.first() else {
            return Ok(());
        };
        let context = match item.get(key) {
            Some(node) => item.place(node, ItemType::Overrides, key, &item.context),
            None => item.context.clone(),
        };
        let message =
            format!("Unexpected key '{key}': no corresponding entry under 'override' is defined.");
        Err(LoadError::yaml(message, &context))
    }
}
