//! What a field is, and a field as a condition names it.

use std::{borrow::Cow, fmt, sync::Arc};

use ciel_event::{
    Context, Event,
    schema::{EventCode, Format, ParamInfo, ParamType},
    text::sanitize,
};

use crate::{FieldId, Value, argument, table};

/// The declaration of a field.
#[derive(PartialEq, Eq, Debug)]
pub struct FieldInfo {
    /// Which one.
    pub id: FieldId,
    /// Its name without argument: `proc.aname`.
    pub name: &'static str,
    /// The type of its values.
    pub kind: ParamType,
    /// How numbers are shown.
    pub format: Format,
    /// What it takes, and where it may stand.
    pub flags: FieldFlags,
}

/// What a field takes, and where it may stand (`EPF_*`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FieldFlags(pub u16);

impl FieldFlags {
    /// An argument must follow.
    pub const ARG_REQUIRED: Self = Self(1);
    /// An argument may follow.
    pub const ARG_ALLOWED: Self = Self(1 << 1);
    /// The argument is a number.
    pub const ARG_INDEX: Self = Self(1 << 2);
    /// The argument is a name.
    pub const ARG_KEY: Self = Self(1 << 3);
    /// It has several values.
    pub const IS_LIST: Self = Self(1 << 4);
    /// Only conditions may use it.
    pub const FILTER_ONLY: Self = Self(1 << 5);
    /// Only outputs may use it.
    pub const PRINT_ONLY: Self = Self(1 << 6);
    /// Only tables of sysdig use it.
    pub const TABLE_ONLY: Self = Self(1 << 7);
    /// It may not stand on the right side of a comparison.
    pub const NO_RHS: Self = Self(1 << 8);
    /// Transformers may not be applied to it.
    pub const NO_TRANSFORMER: Self = Self(1 << 9);
    /// Its value does not outlive the next one.
    pub const NO_PTR_STABILITY: Self = Self(1 << 10);
    /// Falco warns of it.
    pub const DEPRECATED: Self = Self(1 << 11);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl FieldInfo {
    /// All fields, in the order in which Falco lists them.
    #[must_use]
    pub fn all() -> &'static [Self] {
        table::FIELDS
    }
}

/// A field with its argument.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// Which one.
    pub id: FieldId,
    /// What stands in brackets or after the name: `2` of `proc.aname[2]`, `flags` of `evt.arg.flags`.
    pub argument: Option<Argument>,
    info: &'static FieldInfo,
    /// Of a field that names a parameter: where each event has it.
    places: Option<Places>,
}

/// The argument of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Argument {
    /// A number.
    Index(u64),
    /// A name.
    Key(String),
}

/// Why a text names no field.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FieldError {
    /// There is no such field.
    #[error("there is no field `{0}`: `ciel events --list-fields` names them all")]
    Unknown(String),
    /// No event has a parameter of this name.
    #[error("no event has an argument `{0}`: `evt.args` shows those that an event has")]
    UnknownParameter(String),
    /// It wants an argument and has none, or has one and takes none, or one that it does not understand.
    #[error("`{field}`: {reason}")]
    Argument {
        /// The field's name.
        field: &'static str,
        /// What is wrong with the argument.
        reason: &'static str,
    },
}

impl Field {
    /// Reads a field's name with its argument: `proc.name`, `proc.aname[2]`, `evt.arg.flags`, `evt.arg[0]`,
    /// `proc.env["HOME"]`.
    ///
    /// # Errors
    ///
    /// If there is no such field, or the argument does not suit it.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let (info, argument) = argument::split(text)?;
        let argument = argument::read(info, argument)?;
        let places = match (info.id, &argument) {
            (FieldId::EvtArg | FieldId::EvtRawarg, Some(Argument::Key(name))) => {
                Some(Places::of(name).ok_or_else(|| FieldError::UnknownParameter(name.clone()))?)
            }
            (FieldId::EvtBuffer, _) => Places::of("data"),
            _ => None,
        };
        Ok(Self {
            id: info.id,
            argument,
            info,
            places,
        })
    }

    /// The declaration.
    #[must_use]
    pub fn info(&self) -> &'static FieldInfo {
        self.info
    }

    /// The type of its values and how numbers are shown. Of `evt.rawarg` that of the first event that has the parameter;
    /// an event may have one of the same name and another type.
    #[must_use]
    pub fn shape(&self) -> (ParamType, Format) {
        let info = self.info();
        match &self.places {
            Some(places) if self.id == FieldId::EvtRawarg => (places.kind, places.format),
            _ => (info.kind, info.format),
        }
    }

    /// The number that is its argument.
    #[must_use]
    pub fn index(&self) -> Option<u64> {
        match &self.argument {
            Some(Argument::Index(index)) => Some(*index),
            _ => None,
        }
    }

    /// The name that is its argument.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.argument {
            Some(Argument::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// The value in this event; `None` where it has none, which no comparison is true of.
    #[must_use]
    #[inline]
    pub fn extract<'a>(&self, context: &Context<'a>) -> Option<Value<'a>> {
        crate::extract::extract(self, context)
    }

    /// The value in this event as Falco's `output_fields` have it; `None` where it has none.
    #[must_use]
    pub fn json(&self, context: &Context<'_>) -> Option<serde_json::Value> {
        if is_time(self.id) {
            // Times that people read are nanoseconds in JSON.
            return Some(context.event.time.into());
        }
        let (kind, format) = self.shape_in(context.event);
        Some(self.shown(context)?.to_json(kind, format))
    }

    /// The value in this event as Falco prints it; `None` where it has none, for which Falco prints `<NA>`.
    #[must_use]
    pub fn text(&self, context: &Context<'_>) -> Option<String> {
        let (kind, format) = self.shape_in(context.event);
        Some(self.shown(context)?.to_text(kind, format))
    }

    /// The value for people and programs, to whom names and arguments are shown without control characters. Conditions
    /// compare them as they are.
    fn shown<'a>(&self, context: &Context<'a>) -> Option<Value<'a>> {
        let value = self.extract(context)?;
        let Value::Text(text) = &value else {
            return Some(value);
        };
        match sanitize(text) {
            Cow::Owned(clean) if self.is_clean() => Some(Value::owned(clean)),
            _ => Some(value),
        }
    }

    /// Whether control characters are left out: not of arguments of events, of paths as programs gave them, and of what
    /// plugins tell.
    fn is_clean(&self) -> bool {
        let name = self.info().name;
        let class = name.split('.').next().unwrap_or(name);
        matches!(
            class,
            "proc" | "thread" | "fd" | "fdlist" | "fs" | "user" | "group"
        ) && !name.ends_with("raw")
    }

    /// The type of its value in this event and how it is shown.
    #[must_use]
    pub fn shape_in(&self, event: &Event<'_>) -> (ParamType, Format) {
        let parameter = (self.id == FieldId::EvtRawarg)
            .then(|| event.info().params.get(self.place(event)?))
            .flatten();
        match parameter {
            Some(parameter) => (parameter.kind, parameter.format),
            None => self.shape(),
        }
    }

    /// Where this event has the parameter that the field names, by name or number.
    pub(crate) fn place(&self, event: &Event<'_>) -> Option<usize> {
        match (&self.places, &self.argument) {
            (Some(places), _) => places.in_event(event.code),
            (None, Some(Argument::Index(index))) => usize::try_from(*index).ok(),
            _ => None,
        }
        .filter(|place| *place < event.info().params.len())
    }
}

/// Whether it is the time of the event as people read it.
fn is_time(id: FieldId) -> bool {
    matches!(
        id,
        FieldId::EvtTime
            | FieldId::EvtTimeS
            | FieldId::EvtTimeIso8601
            | FieldId::EvtDatetime
            | FieldId::EvtDatetimeS
            | FieldId::EvtOutputtime
    )
}

/// As a condition names it: `proc.aname[2]`, `evt.arg.flags`.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.info().name;
        match &self.argument {
            None => f.write_str(name),
            Some(Argument::Key(key)) if argument::dotted(self.id) => write!(f, "{name}.{key}"),
            Some(Argument::Key(key)) => write!(f, "{name}[{key}]"),
            Some(Argument::Index(index)) if self.id == FieldId::EvtTypeIs => {
                write!(f, "{name}.{index}")
            }
            Some(Argument::Index(index)) => write!(f, "{name}[{index}]"),
        }
    }
}

/// Where each event has the parameter of one name, by the event's code.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Places {
    by_code: Arc<[u8]>,
    kind: ParamType,
    format: Format,
}

impl Places {
    /// An event that has no such parameter.
    const NONE: u8 = u8::MAX;

    /// `None` if no event has one.
    fn of(name: &str) -> Option<Self> {
        let find = |code: EventCode| {
            let params = code.info().params;
            params.iter().position(|param| param.name == name)
        };
        let first: &ParamInfo = EventCode::all().find_map(|code| {
            let place = find(code)?;
            code.info().params.get(place)
        })?;
        Some(Self {
            by_code: EventCode::all()
                .map(|code| {
                    find(code)
                        .and_then(|place| u8::try_from(place).ok())
                        .unwrap_or(Self::NONE)
                })
                .collect(),
            kind: first.kind,
            format: first.format,
        })
    }

    fn in_event(&self, code: EventCode) -> Option<usize> {
        self.by_code
            .get(usize::from(code.0))
            .filter(|place| **place != Self::NONE)
            .map(|place| usize::from(*place))
    }
}
