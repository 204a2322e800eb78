//! How a setting is put right where it stands.

use ciel_yaml::Node;

use super::{ComponentCx, component::Home, words::Flag};
use crate::Report;

/// A change of a switch.
pub(super) enum SwitchFix<'s> {
    None,
    /// Another word or value for a node.
    Replace(Node<'s>, serde_json::Value),
    /// A value at the end of a chain of keys below a node.
    Set(Node<'s>, Vec<&'static str>, bool),
}

impl<'s> ComponentCx<'s> {
    /// The change of a switch that is given.
    pub(super) fn fix_of(&self, flag: &Flag<'s>, good: Option<bool>) -> SwitchFix<'s> {
        let Some(good) = good.filter(|_| !self.is_within_text()) else {
            return SwitchFix::None;
        };
        let given = flag.node.scalar_text();
        match self.component.home {
            // Only a word that holds this and nothing else.
            Home::Words(_) | Home::Arguments { .. } => match given.split_once('=') {
                Some((name, value)) if given.starts_with('-') && !value.contains(" --") => {
                    SwitchFix::Replace(flag.node, format!("{name}={good}").into())
                }
                None if given == flag.value => {
                    SwitchFix::Replace(flag.node, good.to_string().into())
                }
                _ => SwitchFix::None,
            },
            Home::File { .. } => SwitchFix::Replace(flag.node, good.into()),
            Home::Whole(_) => SwitchFix::None,
        }
    }

    /// The change for a switch that a configuration file lacks.
    pub(super) fn fix_of_absent(&self, name: &str, good: Option<bool>) -> SwitchFix<'s> {
        let field = self.component.field(name);
        match (self.component.home, field, good) {
            (Home::File { root, .. }, Some(path), Some(good)) if !self.is_within_text() => {
                let keys = path.split('.').filter(|key| !key.is_empty()).collect();
                SwitchFix::Set(root, keys, good)
            }
            _ => SwitchFix::None,
        }
    }
}

impl<'s> SwitchFix<'s> {
    /// Adds the change to a finding.
    pub(super) fn apply(self, report: Report<'_, 's>) {
        match self {
            Self::None => {}
            Self::Replace(node, value) => {
                report.fix_replace("switch it", node, value);
            }
            Self::Set(root, keys, value) => {
                report.fix_set("switch it", root, &keys, value);
            }
        }
    }
}
