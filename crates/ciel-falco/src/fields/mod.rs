//! The fields that conditions and outputs may name: those of the kernel's events (`ciel-fields`), and those that Falco
//! has from plugins.

mod plugin_table;

use std::fmt;
use std::sync::OnceLock;

use ciel_event::ParamType;
use ciel_fields::{Field, FieldError, FieldFlags, FieldId};
use rustc_hash::FxHashMap;

/// Where events come from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Source {
    /// The kernel.
    Syscall,
    /// The audit log of an API server.
    K8sAudit,
}

impl Source {
    /// The name in rules and alerts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syscall => "syscall",
            Self::K8sAudit => "k8s_audit",
        }
    }
}

/// A plugin of Falco's whose fields Ciel has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Plugin {
    /// Containers and pods of the kernel's events.
    Container,
    /// Values of JSON documents.
    Json,
    /// Audit events.
    K8sAudit,
}

/// What stands in brackets behind a plugin's field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PluginArgument {
    /// Nothing.
    Nothing,
    /// Nothing or a number.
    Index,
    /// A name.
    Key,
    /// A number or a name.
    IndexOrKey,
}

/// The declaration of a plugin's field.
#[derive(PartialEq, Eq, Debug)]
pub struct PluginFieldInfo {
    /// Its name, without argument.
    pub name: &'static str,
    /// Who knows it.
    pub plugin: Plugin,
    /// The type of its values.
    pub kind: ParamType,
    /// Whether it has several values.
    pub is_list: bool,
    /// What it takes.
    pub argument: PluginArgument,
}

impl PluginFieldInfo {
    /// All fields of plugins.
    #[must_use]
    pub fn all() -> &'static [Self] {
        plugin_table::FIELDS
    }
}

/// A field as it is used, with its argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldUse {
    /// One of the kernel's events, or of all events.
    Event(Field),
    /// One of a plugin.
    Plugin {
        /// Its declaration.
        info: &'static PluginFieldInfo,
        /// What stands in brackets.
        argument: Option<String>,
    },
}

/// Why a text names no field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum FieldFault {
    /// There is none of this name: rules may ask to be left out for it.
    Unknown,
    /// There is one, with another argument. With Falco's message.
    Wrong(String),
}

/// Reads a field with its argument (`proc.aname[2]`).
pub(crate) fn field(text: &str, source: Source) -> Result<FieldUse, FieldFault> {
    match source {
        Source::Syscall => match Field::parse(text) {
            Ok(field) => Ok(FieldUse::Event(field)),
            Err(FieldError::UnknownParameter(name)) => {
                Err(FieldFault::Wrong(format!("unknown event argument {name}")))
            }
            Err(FieldError::Argument { field, .. }) if field.starts_with("evt.") => {
                Err(FieldFault::Wrong(format!("filter syntax error: {text}")))
            }
            Err(_) => plugin_field(text, |plugin| plugin != Plugin::K8sAudit),
        },
        Source::K8sAudit => match Field::parse(text) {
            Ok(field) if is_of_any_event(field.id) => Ok(FieldUse::Event(field)),
            _ => plugin_field(text, |plugin| plugin != Plugin::Container),
        },
    }
}

/// Whether there is such a field.
pub(crate) fn is_field(text: &str, source: Source) -> bool {
    field(text, source).is_ok()
}

/// Fields that events of plugins have too.
const fn is_of_any_event(id: FieldId) -> bool {
    matches!(
        id,
        FieldId::EvtNum
            | FieldId::EvtTime
            | FieldId::EvtTimeS
            | FieldId::EvtTimeIso8601
            | FieldId::EvtDatetime
            | FieldId::EvtDatetimeS
            | FieldId::EvtRawtime
            | FieldId::EvtRawtimeS
            | FieldId::EvtRawtimeNs
            | FieldId::EvtReltime
            | FieldId::EvtReltimeS
            | FieldId::EvtReltimeNs
            | FieldId::EvtPluginname
            | FieldId::EvtPlugininfo
            | FieldId::EvtSource
            | FieldId::EvtIsAsync
            | FieldId::EvtAsynctype
            | FieldId::EvtHostname
    )
}

fn plugin_field(text: &str, has: impl Fn(Plugin) -> bool) -> Result<FieldUse, FieldFault> {
    static BY_NAME: OnceLock<FxHashMap<&'static str, &'static PluginFieldInfo>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        let fields = PluginFieldInfo::all().iter();
        fields.map(|info| (info.name, info)).collect()
    });
    let (name, argument) = match text.split_once('[') {
        Some((name, rest)) => (name, Some(rest.strip_suffix(']').unwrap_or(rest))),
        None => (text, None),
    };
    let info = *by_name
        .get(name)
        .filter(|info| has(info.plugin))
        .ok_or(FieldFault::Unknown)?;
    let is_index = |text: &str| text.parse::<u64>().is_ok();
    let wrong = |reason: &str| Err(FieldFault::Wrong(format!("filter {text}: {reason}")));
    match (info.argument, argument) {
        (PluginArgument::Nothing, Some(_)) => {
            wrong("field does not allow nor require an argument but one is provided")
        }
        (PluginArgument::Key | PluginArgument::IndexOrKey, None) => {
            wrong("field requires an argument but none provided")
        }
        (PluginArgument::Index, Some(argument)) if !is_index(argument) => {
            wrong("field has a numeric argument that is no number")
        }
        _ => Ok(FieldUse::Plugin {
            info,
            argument: argument.map(str::to_owned),
        }),
    }
}

impl FieldUse {
    /// The name without argument.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Event(field) => field.info().name,
            Self::Plugin { info, .. } => info.name,
        }
    }

    /// The type of its values.
    #[must_use]
    pub fn kind(&self) -> ParamType {
        match self {
            Self::Event(field) => field.shape().0,
            Self::Plugin { info, .. } => info.kind,
        }
    }

    /// Whether it has several values.
    #[must_use]
    pub fn is_list(&self) -> bool {
        match self {
            Self::Event(field) => field.info().flags.contains(FieldFlags::IS_LIST),
            Self::Plugin { info, .. } => info.is_list,
        }
    }

    fn forbids(&self, flag: FieldFlags) -> bool {
        matches!(self, Self::Event(field) if field.info().flags.contains(flag))
    }

    /// Whether it may stand on the right side of a comparison.
    pub(crate) fn can_be_right(&self) -> bool {
        !self.forbids(FieldFlags::NO_RHS)
    }

    /// Whether transformers may be applied to it.
    pub(crate) fn can_be_transformed(&self) -> bool {
        !self.forbids(FieldFlags::NO_TRANSFORMER)
    }

    /// Whether outputs may show it.
    pub(crate) fn can_be_shown(&self) -> bool {
        !self.forbids(FieldFlags::FILTER_ONLY)
    }

    /// Whether it is `evt.type`, whose values must be names of events.
    pub(crate) fn is_event_type(&self) -> bool {
        matches!(self, Self::Event(field) if field.id == FieldId::EvtType)
    }
}

impl fmt::Display for FieldUse {
    /// With its argument.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(field) => field.fmt(f),
            Self::Plugin { info, argument } => match argument {
                Some(argument) => write!(f, "{}[{argument}]", info.name),
                None => f.write_str(info.name),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_belong_to_sources() {
        for (text, syscall, audit) in [
            ("proc.name", true, false),
            ("proc.aname[2]", true, false),
            ("evt.num", true, true),
            ("container.id", true, false),
            ("container.mount.dest[/proc*]", true, false),
            ("container.mount.dest", false, false),
            ("container.id[1]", false, false),
            ("ka.verb", false, true),
            ("ka.uri.param[a]", false, true),
            ("ka.req.pod.containers.image[0]", false, true),
            ("jevt.value[/a/b]", true, true),
            ("k8s.ns.name", true, false),
            ("nosuch.field", false, false),
        ] {
            assert_eq!(is_field(text, Source::Syscall), syscall, "{text}");
            assert_eq!(is_field(text, Source::K8sAudit), audit, "{text}");
        }
    }
}
