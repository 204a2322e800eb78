//! From the items of a file to definitions, in Falco's order, so that the first mistake is Falco's first mistake.

mod exceptions;
mod overrides;
mod rule;

use std::sync::Arc;

use ciel_core::Span;
use ciel_yaml::{Dialect, Node};

use super::collect::Collector;
use super::item::{List, Macro, RequiredPlugin};
use super::node::{Item, Lines};
use super::{Context, ErrorCode, ItemType, LoadError, LoadResult, Version, WarningCode};
use crate::condition::{is_bare_string, is_identifier};

const IDENTIFIER: &str = "([a-zA-Z]+[a-zA-Z0-9_]*)";
const BARE_STRING: &str = "([^()\"'[:space:]=,]+)";
const APPEND: &str = "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";
const OVERRIDE_AND_APPEND: &str = "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.";

/// Reads one file into the collector; what it says goes to the result.
///
/// # Errors
/// The first mistake, at which Falco stops.
pub(super) fn file(
    text: &Arc<str>,
    collector: &mut Collector,
    result: &mut LoadResult,
) -> Result<(), LoadError> {
    let context = Context::file(&result.name);
    let lines = Lines::of(text);
    let parsed = ciel_yaml::parse_as(text, Dialect::YamlCpp);
    let failure = parsed.diagnostics.iter().find(|(_, it)| it.is_error);
    if let Some((span, diagnostic)) = failure {
        let context = context.below(ItemType::ValueFor, "", lines.mark(*span), *span);
        let message = diagnostic.message.clone();
        return Err(LoadError::new(ErrorCode::YamlParse, message, &context));
    }
    let mut reader = Reader {
        lines: &lines,
        collector,
        result,
    };
    for document in &parsed.documents {
        let root = document.root();
        if !root.is_mapping() && !root.is_sequence() {
            return Err(LoadError::yaml("Rules content is not yaml", &context));
        }
        if !root.is_sequence() {
            let message = "Rules content is not yaml array of objects";
            return Err(LoadError::yaml(message, &context));
        }
        for node in root.items().filter(|node| !node.is_null()) {
            reader.item(node, &context)?;
        }
    }
    Ok(())
}

struct Reader<'r, 'l> {
    lines: &'l Lines,
    collector: &'r mut Collector,
    result: &'r mut LoadResult,
}

impl<'l> Reader<'_, 'l> {
    fn item(&mut self, node: Node<'_>, parent: &Context) -> Result<(), LoadError> {
        let span: Span = node.span();
        let context = parent.below(ItemType::RulesContentItem, "", self.lines.mark(span), span);
        let item = Item {
            node,
            lines: self.lines,
            context,
        };
        if !node.is_mapping() {
            let message =
                "Unexpected element type. Each element should be a yaml associative array.";
            return Err(LoadError::yaml(message, &item.context));
        }
        if item.has("required_engine_version") {
            self.engine_version(&item.named(ItemType::RequiredEngineVersion, "", parent))
        } else if item.has("required_plugin_versions") {
            self.plugin_versions(&item, parent)
        } else if item.has("list") {
            self.list(&item, parent)
        } else if item.has("macro") {
            self.macro_(&item, parent)
        } else if item.has("rule") {
            self.rule(&item, parent)
        } else {
            let code = WarningCode::UnknownItem;
            self.result
                .warn(code, "Unknown top level item", &item.context);
            Ok(())
        }
    }

    fn engine_version(&mut self, item: &Item<'_, '_>) -> Result<(), LoadError> {
        const KEY: &str = "required_engine_version";
        let version = match item.unsigned(KEY) {
            Ok(minor) => Version {
                major: 0,
                minor,
                patch: 0,
            },
            Err(_) => {
                let text = item.text(KEY)?;
                Version::parse(&text).ok_or_else(|| {
                    let message = format!(
                        "Unable to parse engine version '{text}' as a semver string. Expected \"x.y.z\" semver format."
                    );
                    LoadError::yaml(message, &item.context).about(text)
                })?
            }
        };
        self.collector.require_engine(version, &item.context)
    }

    fn plugin_versions(&mut self, item: &Item<'_, '_>, parent: &Context) -> Result<(), LoadError> {
        let Some(node) = item.get("required_plugin_versions") else {
            return Ok(());
        };
        let context = item.place(node, ItemType::RequiredPluginVersions, "", parent);
        if !node.is_sequence() {
            let message = "Value of required_plugin_versions must be a sequence";
            return Err(LoadError::yaml(message, &context));
        }
        for plugin in node.items() {
            let entry = Item {
                node: plugin,
                lines: self.lines,
                context: item.place(plugin, ItemType::RequiredPluginVersionsEntry, "", &context),
            };
            if !plugin.is_mapping() {
                let message = "Plugin version must be a mapping";
                return Err(LoadError::yaml(message, &entry.context));
            }
            let name = entry.text("name")?;
            let entry = entry.named(ItemType::RequiredPluginVersionsEntry, &name, &context);
            let mut wanted = vec![(name, entry.text("version")?)];
            self.alternatives(&entry, &mut wanted)?;
            self.require_plugin(wanted, &entry.context)?;
        }
        Ok(())
    }

    fn alternatives(
        &self,
        entry: &Item<'_, '_>,
        wanted: &mut Vec<(String, String)>,
    ) -> Result<(), LoadError> {
        const TYPE: ItemType = ItemType::RequiredPluginVersionsAlternative;
        let Some(node) = entry.get("alternatives") else {
            return Ok(());
        };
        if !node.is_sequence() {
            let message = "Value of plugin version alternatives must be a sequence";
            return Err(LoadError::yaml(message, &entry.context));
        }
        for alternative in node.items() {
            let item = Item {
                node: alternative,
                lines: self.lines,
                context: entry.place(alternative, TYPE, "", &entry.context),
            };
            if !alternative.is_mapping() {
                let message = "Plugin version alternative must be a mapping";
                return Err(LoadError::yaml(message, &item.context));
            }
            let name = item.text("name")?;
            let item = item.named(TYPE, &name, &entry.context);
            wanted.push((name, item.text("version")?));
        }
        Ok(())
    }

    fn require_plugin(
        &mut self,
        wanted: Vec<(String, String)>,
        context: &Context,
    ) -> Result<(), LoadError> {
        let mut alternatives: Vec<RequiredPlugin> = Vec::new();
        for (name, version) in wanted {
            let Some(parsed) = Version::parse(&version) else {
                let message = format!("Invalid required version '{version}' for plugin '{name}'");
                return Err(LoadError::validate(message, context));
            };
            if alternatives.iter().any(|other| other.name == name) {
                let message = format!(
                    "Defined multiple alternative version requirements for plugin '{name}'"
                );
                return Err(LoadError::validate(message, context));
            }
            alternatives.push(RequiredPlugin {
                name,
                version: parsed,
            });
        }
        self.collector.require_plugin(alternatives);
        Ok(())
    }

    fn list(&mut self, item: &Item<'_, '_>, parent: &Context) -> Result<(), LoadError> {
        let unnamed = item.named(ItemType::List, "", parent);
        let name = unnamed.text("list")?;
        let item = item.named(ItemType::List, &name, parent);
        if !is_bare_string(&name) {
            let message = format!(
                "List has an invalid name. List names should match a regular expression: {BARE_STRING}"
            );
            self.result
                .warn(WarningCode::InvalidListName, message, &item.context);
        }
        let items = item.texts("items")?;
        let append = self.append_or_override(&item, "items")?;
        self.unknown_keys(&item, "list", &["list", "items", "append", "override"]);
        let list = List {
            name,
            items,
            context: item.context,
            index: 0,
            visibility: 0,
        };
        if append {
            self.collector.append_list(list)
        } else {
            self.collector.define_list(list);
            Ok(())
        }
    }

    fn macro_(&mut self, item: &Item<'_, '_>, parent: &Context) -> Result<(), LoadError> {
        let unnamed = item.named(ItemType::Macro, "", parent);
        let name = unnamed.text("macro")?;
        let item = item.named(ItemType::Macro, &name, parent);
        if !is_identifier(&name) {
            let message = format!(
                "Macro has an invalid name. Macro names should match a regular expression: {IDENTIFIER}"
            );
            self.result
                .warn(WarningCode::InvalidMacroName, message, &item.context);
        }
        let condition = item.text("condition")?;
        let condition_context = part(&item, "condition", ItemType::MacroCondition);
        let append = self.append_or_override(&item, "condition")?;
        self.unknown_keys(
            &item,
            "macro",
            &["macro", "condition", "append", "override"],
        );
        let defined = Macro {
            name,
            condition,
            context: item.context,
            condition_context,
            index: 0,
            visibility: 0,
        };
        if append {
            self.collector.append_macro(defined)
        } else {
            self.collector.define_macro(defined);
            Ok(())
        }
    }

    /// Whether a list or macro, whose only content has this key, adds to an earlier one.
    fn append_or_override(&mut self, item: &Item<'_, '_>, key: &str) -> Result<bool, LoadError> {
        let append = self.append_flag(item)?;
        let overrides = overrides::read(item, &[key], &[key])?;
        if append && !overrides.is_empty() {
            return Err(LoadError::yaml(OVERRIDE_AND_APPEND, &item.context));
        }
        Ok(append || overrides.append.contains(key))
    }

    fn append_flag(&mut self, item: &Item<'_, '_>) -> Result<bool, LoadError> {
        let append = item.optional_bool("append")?.unwrap_or_default();
        if append {
            self.result
                .warn(WarningCode::DeprecatedItem, APPEND, &item.context);
        }
        Ok(append)
    }

    fn unknown_keys(&mut self, item: &Item<'_, '_>, what: &str, known: &[&str]) {
        for (key, _) in item.node.entries() {
            let key = key.scalar_text();
            if !known.contains(&key) {
                let message = format!("Unknown key '{key}' in {what} item");
                self.result
                    .warn(WarningCode::UnknownKey, message, &item.context);
            }
        }
    }
}

/// The way to the value of a key; to the item itself where the key is absent.
fn part(item: &Item<'_, '_>, key: &str, of: ItemType) -> Context {
    match item.get(key) {
        Some(node) => item.place(node, of, "", &item.context),
        None => item.context.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::load::Loader;

    #[test]
    fn yaml_is_read_as_yaml_cpp_reads_it() {
        // The first of two equal keys counts, and a number that JSON does not have is a text as any other.
        let text = "- rule: r\n  desc: d\n  condition: evt.type=open and proc.name in (names)\n  \
                    condition: evt.type=close\n  output: o\n  priority: ERROR\n\
                    - list: names\n  items: [.inf, 007, yes]\n";
        let mut loader = Loader::new();
        let result = loader.load("rules.yaml", &text.into());
        assert!(result.successful(), "{:?}", result.errors);
        let rule = loader.program().rule("r").expect("the rule");
        let expected = "(evt.type = open and proc.name in (.inf, 007, yes))";
        assert_eq!(rule.expression.to_string(), expected);
    }
}
