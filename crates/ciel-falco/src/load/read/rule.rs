//! Rules: defined, added to, changed in part, turned on and off.

use std::collections::BTreeSet;

use super::overrides::{self, Expected, Overrides};
use super::{OVERRIDE_AND_APPEND, Reader, part};
use crate::load::item::{Rule, RuleUpdate};
use crate::load::node::Item;
use crate::load::{Context, ItemType, LoadError, Priority, WarningCode};

const CAN_APPEND: [&str; 5] = ["condition", "output", "desc", "tags", "exceptions"];
const CAN_REPLACE: [&str; 11] = [
    "condition",
    "output",
    "desc",
    "priority",
    "tags",
    "exceptions",
    "capture",
    "capture_duration",
    "enabled",
    "warn_evttypes",
    "skip-if-unknown-filter",
];
const KNOWN: [&str; 15] = [
    "rule",
    "condition",
    "output",
    "desc",
    "priority",
    "source",
    "enabled",
    "capture",
    "capture_duration",
    "warn_evttypes",
    "skip-if-unknown-filter",
    "tags",
    "exceptions",
    "override",
    "append",
];
const ENABLED: &str = "The standalone 'enabled' key usage is deprecated. The correct approach requires also a 'replace' entry under the 'override' key (i.e. 'enabled: replace').";

impl Reader<'_, '_> {
    pub(super) fn rule(&mut self, item: &Item<'_, '_>, parent: &Context) -> Result<(), LoadError> {
        let unnamed = item.named(ItemType::Rule, "", parent);
        let name = unnamed.text("rule")?;
        let item = item.named(ItemType::Rule, &name, parent);
        let append = self.append_flag(&item)?;
        let overrides = overrides::read(&item, &CAN_APPEND, &CAN_REPLACE)?;
        if append && !overrides.is_empty() {
            return Err(LoadError::yaml(OVERRIDE_AND_APPEND, &item.context));
        }
        if !overrides.is_empty() {
            self.overridden(&item, &name, &overrides)?;
        } else if append {
            self.appended(&item, &name)?;
        } else {
            self.whole(&item, name)?;
        }
        // Falco says nothing of keys where an item has a mistake.
        self.unknown_keys(&item, "rule", &KNOWN);
        Ok(())
    }

    /// A rule that is defined, or only turned on or off.
    fn whole(&mut self, item: &Item<'_, '_>, name: String) -> Result<(), LoadError> {
        let defines = ["condition", "output", "desc", "priority"];
        if !defines.iter().any(|key| item.has(key)) {
            let enabled = item.bool("enabled")?;
            self.result
                .warn(WarningCode::DeprecatedItem, ENABLED, &item.context);
            return self.collector.enable(&name, enabled, &item.context);
        }
        let rule = self.defined(item, name)?;
        self.collector.define_rule(rule, self.result)
    }

    fn defined(&mut self, item: &Item<'_, '_>, name: String) -> Result<Rule, LoadError> {
        let context = &item.context;
        let condition = item.text("condition")?;
        let output = item.text("output")?;
        let description = item.text("desc")?;
        let priority = priority(item)?;
        Ok(Rule {
            name,
            condition,
            output: output
                .trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}'])
                .to_owned(),
            description,
            source: item
                .optional_text("source")?
                .unwrap_or_else(|| "syscall".to_owned()),
            unknown_source: false,
            priority,
            enabled: item.optional_bool("enabled")?.unwrap_or(true),
            capture: item.optional_bool("capture")?.unwrap_or_default(),
            capture_duration: item.optional_unsigned("capture_duration")?,
            warn_evttypes: item.optional_bool("warn_evttypes")?.unwrap_or(true),
            skip_if_unknown_filter: item
                .optional_bool("skip-if-unknown-filter")?
                .unwrap_or_default(),
            tags: tags(item)?,
            exceptions: self.exceptions(item, false)?,
            context: context.clone(),
            condition_context: part(item, "condition", ItemType::RuleCondition),
            output_context: part(item, "output", ItemType::RuleOutput),
        })
    }

    /// A rule with the old `append: true`.
    fn appended(&mut self, item: &Item<'_, '_>, name: &str) -> Result<(), LoadError> {
        let mut update = RuleUpdate::new(name, &item.context);
        update.condition = item.optional_text("condition")?;
        if item.has("exceptions") {
            update.exceptions = Some(self.exceptions(item, true)?);
        }
        self.collector.append_rule(update)
    }

    /// A rule with `override:`.
    fn overridden(
        &mut self,
        item: &Item<'_, '_>,
        name: &str,
        overrides: &Overrides,
    ) -> Result<(), LoadError> {
        let keys: BTreeSet<&str> = CAN_APPEND.into_iter().chain(CAN_REPLACE).collect();
        let keys: Vec<&str> = keys.into_iter().collect();
        let mut expected = Expected::of(item, &keys);
        if !overrides.append.is_empty() {
            let mut update = RuleUpdate::new(name, &item.context);
            self.shared(
                item,
                &mut update,
                &mut expected,
                &overrides.append,
                "append",
            )?;
            self.collector.append_rule(update)?;
        }
        if !overrides.replace.is_empty() {
            let mut update = RuleUpdate::new(name, &item.context);
            let named = &overrides.replace;
            self.shared(item, &mut update, &mut expected, named, "replace")?;
            if expected.take(item, named, "replace", "priority")? {
                update.priority = Some(priority(item)?);
            }
            if expected.take(item, named, "replace", "capture")? {
                update.capture = Some(item.bool("capture")?);
            }
            if expected.take(item, named, "replace", "capture_duration")? {
                update.capture_duration = Some(item.unsigned("capture_duration")?);
            }
            if expected.take(item, named, "replace", "enabled")? {
                update.enabled = Some(item.bool("enabled")?);
            }
            if expected.take(item, named, "replace", "warn_evttypes")? {
                update.warn_evttypes = Some(item.bool("warn_evttypes")?);
            }
            if expected.take(item, named, "replace", "skip-if-unknown-filter")? {
                update.skip_if_unknown_filter = Some(item.bool("skip-if-unknown-filter")?);
            }
            self.collector.replace_rule(update)?;
        }
        expected.finish(item)
    }

    /// The keys that can be added to as well as replaced.
    fn shared(
        &mut self,
        item: &Item<'_, '_>,
        update: &mut RuleUpdate,
        expected: &mut Expected,
        named: &BTreeSet<String>,
        kind: &str,
    ) -> Result<(), LoadError> {
        if expected.take(item, named, kind, "condition")? {
            update.condition = Some(item.text("condition")?);
        }
        if expected.take(item, named, kind, "exceptions")? {
            update.exceptions = Some(self.exceptions(item, true)?);
        }
        if expected.take(item, named, kind, "output")? {
            update.output = Some(item.text("output")?);
        }
        if expected.take(item, named, kind, "desc")? {
            update.description = Some(item.text("desc")?);
        }
        if expected.take(item, named, kind, "tags")? {
            update.tags = Some(tags(item)?);
        }
        Ok(())
    }
}

fn priority(item: &Item<'_, '_>) -> Result<Priority, LoadError> {
    let text = item.text("priority")?;
    Priority::parse(&text).ok_or_else(|| {
        let context = part(item, "priority", ItemType::RulePriority);
        LoadError::yaml("Invalid priority", &context)
    })
}

fn tags(item: &Item<'_, '_>) -> Result<BTreeSet<String>, LoadError> {
    let tags = item.optional_texts("tags")?;
    Ok(tags.unwrap_or_default().into_iter().collect())
}
