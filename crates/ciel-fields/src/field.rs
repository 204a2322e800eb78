//! What a field is, and a field as a condition names it.

use ciel_event::{
    Context,
    schema::{Format, ParamType},
};

use crate::{FieldId, Value, table};

/// The declaration of a field.
#[derive(Debug)]
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
    #[error("there is no field `{0}`")]
    Unknown(String),
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
    /// Reads a field's name with its argument: `proc.name`, `proc.aname[2]`, `evt.arg.flags`, `evt.arg[0]`.
    ///
    /// # Errors
    ///
    /// If there is no such field, or the argument does not suit it.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let info = table::FIELDS
            .iter()
            .find(|info| info.name == text)
            .ok_or_else(|| FieldError::Unknown(text.to_owned()))?;
        Ok(Self {
            id: info.id,
            argument: None,
        })
    }

    /// The declaration.
    #[must_use]
    pub fn info(&self) -> &'static FieldInfo {
        // The table has a row for each identifier, in its order.
        table::FIELDS
            .get(self.id as usize)
            .unwrap_or(&table::FIELDS[0])
    }

    /// The value in this event; `None` where it has none, which no comparison is true of.
    #[must_use]
    pub fn extract<'a>(&self, context: &Context<'a>) -> Option<Value<'a>> {
        crate::extract::extract(self, context)
    }
}
