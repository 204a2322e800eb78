//! `exceptions:` of a rule.

use ciel_yaml::Node;

use super::Reader;
use crate::load::item::{Entry, Exception};
use crate::load::node::{Item, text};
use crate::load::{Context, ItemType, LoadError, WarningCode};

/// Exceptions may nest lists of values this deep; what is deeper means nothing.
const DEPTH: usize = 8;

impl Reader<'_, '_> {
    pub(super) fn exceptions(
        &mut self,
        item: &Item<'_, '_>,
        append: bool,
    ) -> Result<Vec<Exception>, LoadError> {
        let mut exceptions: Vec<Exception> = Vec::new();
        let Some(node) = item.get("exceptions").filter(|node| !node.is_null()) else {
            return Ok(exceptions);
        };
        let parent = &item.context;
        let context = item.place(node, ItemType::Exceptions, "", parent);
        if !node.is_sequence() {
            return Err(LoadError::yaml(
                "Rule exceptions must be a sequence",
                &context,
            ));
        }
        for entry in node.items() {
            let unnamed = Item {
                node: entry,
                lines: item.lines,
                context: item.place(entry, ItemType::Exception, "", &context),
            };
            if !entry.is_mapping() {
                let message = "Rule exception must be a mapping";
                return Err(LoadError::yaml(message, &unnamed.context));
            }
            let name = unnamed.text("name")?;
            let named = unnamed.named(ItemType::Exception, &name, parent);
            if exceptions.iter().any(|other| other.name == name) {
                let message =
                    format!("Multiple definitions of exception '{name}' in the same rule");
                let code = WarningCode::ExceptionNameNotUnique;
                self.result.warn(code, message, &named.context);
            }
            exceptions.push(self.exception(&named, name, append)?);
        }
        Ok(exceptions)
    }

    fn exception(
        &mut self,
        item: &Item<'_, '_>,
        name: String,
        append: bool,
    ) -> Result<Exception, LoadError> {
        let context = &item.context;
        let fields = keyed(item, "fields", append)?;
        let comparisons = keyed(item, "comps", true)?;
        let mut values = Vec::new();
        if let Some(node) = item.get("values") {
            let values_context = item.place(node, ItemType::ExceptionValues, "", context);
            if !node.is_sequence() {
                let message = "Rule exception values must be a sequence";
                return Err(LoadError::yaml(message, &values_context));
            }
            for value in node.items() {
                let at = item.place(value, ItemType::ExceptionValue, "", &values_context);
                let read = entry(item, value, "", &at, DEPTH)?;
                values.push(read.unwrap_or(Entry::One(String::new())));
            }
        } else if append {
            let message = "Overriding/appending exception with no values";
            self.result
                .warn(WarningCode::AppendNoValues, message, context);
        }
        Ok(Exception {
            name,
            fields,
            comparisons,
            values,
            context: context.clone(),
        })
    }
}

fn keyed(item: &Item<'_, '_>, key: &str, optional: bool) -> Result<Option<Entry>, LoadError> {
    match item.get(key) {
        None if optional => Ok(None),
        None => {
            let message = format!("Item has no mapping for key '{key}'");
            Err(LoadError::yaml(message, &item.context))
        }
        Some(node) => entry(item, node, key, &item.context, DEPTH),
    }
}

/// A word or a list of words; nothing for null and mappings, which Falco passes over.
fn entry(
    item: &Item<'_, '_>,
    node: Node<'_>,
    key: &str,
    parent: &Context,
    depth: usize,
) -> Result<Option<Entry>, LoadError> {
    if let Some(text) = text(node) {
        if text.is_empty() {
            let context = item.place(node, ItemType::ValueFor, key, parent);
            return Err(LoadError::yaml("Value must be non-empty", &context));
        }
        return Ok(Some(Entry::One(text.to_owned())));
    }
    if !node.is_sequence() {
        return Ok(None);
    }
    let context = item.place(node, ItemType::ValueFor, key, parent);
    if depth == 0 {
        return Err(LoadError::yaml(
            "lists in lists in an exception's values",
            &context,
        ));
    }
    let mut items = Vec::with_capacity(node.len());
    for inner in node.items() {
        let at = item.place(inner, ItemType::Exception, "", &context);
        let read = entry(item, inner, "", &at, depth - 1)?;
        items.push(read.unwrap_or(Entry::One(String::new())));
    }
    Ok(Some(Entry::Many(items)))
}
