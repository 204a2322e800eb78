//! How a setting is put right where it stands.

use ciel_yaml::Node;
use serde_json::{Value, json};

use super::{
    ComponentCx,
    component::Home,
    words::{self, Flag},
};
use crate::Report;

/// A change of a setting.
pub(super) enum SettingFix<'s> {
    None,
    /// Another word or value for a node.
    Replace(Node<'s>, Value),
    /// A value at the end of a chain of keys below a node.
    Set(Node<'s>, Vec<String>, Value),
    /// One more item of a list.
    Append(Node<'s>, Value),
    /// Without these nodes.
    Remove(Node<'s>, Option<Node<'s>>),
}

/// How a word or a value gives a flag.
enum Written<'s> {
    /// It is the value.
    Value(Node<'s>),
    /// It ends with the value, and begins so.
    Behind(&'s str),
    /// It is the name alone, of a switch that is on.
    Bare,
    /// It is the name, and the next word the value.
    Before(Node<'s>),
    /// In a way that is left to people, as in a script.
    Otherwise,
}

impl<'s> ComponentCx<'s> {
    /// The change of a setting that is given: to another value, written as the configuration file would.
    pub(super) fn fix_of(&self, flag: &Flag<'s>, good: &Value) -> SettingFix<'s> {
        if self.is_within_text() {
            return SettingFix::None;
        }
        if self.component.is_file() {
            return SettingFix::Replace(flag.node, good.clone());
        }
        let text = word(good);
        match self.written(flag) {
            Written::Value(node) => {
                let is_typed = matches!(self.component.home, Home::Whole(_))
                    && node.as_str().is_none()
                    && !good.is_array();
                SettingFix::Replace(node, if is_typed { good.clone() } else { text.into() })
            }
            Written::Behind(start) => {
                SettingFix::Replace(flag.node, format!("{start}{text}").into())
            }
            Written::Bare if good.is_boolean() => {
                let name = flag.node.scalar_text();
                SettingFix::Replace(flag.node, format!("{name}={text}").into())
            }
            Written::Before(value) => SettingFix::Replace(value, text.into()),
            Written::Bare | Written::Otherwise => SettingFix::None,
        }
    }

    /// The change that leaves a setting to its default.
    pub(super) fn fix_away(&self, flag: &Flag<'s>) -> SettingFix<'s> {
        if self.is_within_text() {
            return SettingFix::None;
        }
        match (self.component.home, self.written(flag)) {
            (Home::File { .. } | Home::Arguments { .. }, _) => SettingFix::Remove(flag.node, None),
            (Home::Entries(list), _) => {
                let is_its = |item: &Node<'s>| item.contains(flag.node);
                let item = list.items().find(is_its);
                item.map_or(SettingFix::None, |item| SettingFix::Remove(item, None))
            }
            (Home::Words(_), Written::Behind(_) | Written::Bare) => {
                SettingFix::Remove(flag.node, None)
            }
            // The later one first: then the earlier one stands where it stood.
            (Home::Words(_), Written::Before(value)) => SettingFix::Remove(value, Some(flag.node)),
            _ => SettingFix::None,
        }
    }

    /// The change for a setting that is not given.
    pub(super) fn fix_of_absent(&self, name: &str, good: &Value) -> SettingFix<'s> {
        if self.is_within_text() {
            return SettingFix::None;
        }
        let keys = |path: &str| -> Vec<String> {
            let keys = path.split('.').filter(|key| !key.is_empty());
            keys.map(str::to_owned).collect()
        };
        let entry = json!({"name": name, "value": word(good)});
        match self.component.home {
            Home::File { root, .. } => match self.component.field(name) {
                Some(path) => SettingFix::Set(root, keys(path), good.clone()),
                None => SettingFix::None,
            },
            // What follows two dashes is no flag.
            Home::Words(list) if list.items().all(|word| word.scalar_text() != "--") => {
                SettingFix::Append(list, format!("--{name}={}", word(good)).into())
            }
            Home::Entries(list) => SettingFix::Append(list, entry),
            Home::Arguments { parent, path } if self.takes_entries(parent, path) => {
                SettingFix::Set(parent, keys(path), json!([entry]))
            }
            Home::Arguments { parent, path } => {
                let mut keys = keys(path);
                keys.push(name.to_owned());
                SettingFix::Set(parent, keys, word(good).into())
            }
            Home::Words(_) | Home::Whole(_) => SettingFix::None,
        }
    }

    /// Whether extra arguments that are not given would be a list of names and values: since v1beta4 of kubeadm, and
    /// v1beta2 of Cluster API.
    fn takes_entries(&self, parent: Node<'s>, path: &str) -> bool {
        let keys: Vec<_> = path.split('.').filter(|key| !key.is_empty()).collect();
        if parent.at(&keys).is_some_and(|own| !own.is_null()) {
            return false;
        }
        let types = self.object().types();
        let version = types.api_version.rsplit('/').next().unwrap_or_default();
        let before: &[&str] = match types.group() {
            "kubeadm.k8s.io" => &[
                "v1alpha1", "v1alpha2", "v1alpha3", "v1beta1", "v1beta2", "v1beta3",
            ],
            _ => &["v1alpha2", "v1alpha3", "v1alpha4", "v1beta1"],
        };
        !before.contains(&version)
    }

    fn written(&self, flag: &Flag<'s>) -> Written<'s> {
        let text = flag.node.scalar_text();
        if text == flag.value {
            return Written::Value(flag.node);
        }
        let name = text.trim_start_matches('-');
        if name.replace('_', "-") == flag.name {
            let next = match self.component.home {
                Home::Words(list) if !words::is_switch(name) => word_after(list, flag.node),
                _ => None,
            };
            return match next.filter(|next| next.scalar_text() == flag.value) {
                Some(next) => Written::Before(next),
                None if words::is_switch(name) && flag.value == "true" => Written::Bare,
                None => Written::Otherwise,
            };
        }
        // Only a word that holds this and nothing else; K3s hands on `--kubelet-arg=name=value`.
        let start = text.strip_suffix(flag.value.as_ref()).filter(|start| {
            let given = start
                .strip_suffix('=')
                .unwrap_or_default()
                .replace('_', "-");
            let handed_on = given.strip_suffix(flag.name.as_ref());
            let is_alone = handed_on.is_some_and(|on| on.is_empty() || on.ends_with(['-', '=']));
            is_alone && !text.contains(char::is_whitespace)
        });
        start.map_or(Written::Otherwise, Written::Behind)
    }
}

fn word_after<'s>(list: Node<'s>, word: Node<'s>) -> Option<Node<'s>> {
    let mut rest = list.items().skip_while(|item| *item != word);
    rest.nth(1)
}

/// A value as flags are given it.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(word).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

impl<'s> SettingFix<'s> {
    /// Adds the change to a finding.
    pub(super) fn apply<'f>(self, report: Report<'f, 's>) -> Report<'f, 's> {
        match self {
            Self::None => report,
            Self::Replace(node, value) if value.is_boolean() => {
                report.fix_replace("switch it", node, value)
            }
            Self::Replace(node, value) => {
                report.fix_replace("set it to what it should be", node, value)
            }
            Self::Set(node, keys, value) => {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                report.fix_set("set it", node, &keys, value)
            }
            Self::Append(list, value) => report.fix_append("set it", list, value),
            Self::Remove(node, None) => report.fix_remove("leave it to its default", node),
            Self::Remove(node, Some(also)) => {
                let report = report.fix_remove("leave it to its default", node);
                report.fix_also_remove(also)
            }
        }
    }
}
