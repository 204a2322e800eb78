use std::sync::Arc;

use super::{Modifier, Operator, Transformer};

/// A place in the text of a condition, as Falco counts: bytes, lines broken by a line feed or a carriage return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Byte offset, from 0.
    pub offset: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub column: u32,
}

impl Position {
    /// The first byte of a text.
    pub const START: Self = Self {
        offset: 0,
        line: 1,
        column: 1,
    };
    /// No place: what Falco gives where it knows none.
    pub const NOWHERE: Self = Self {
        offset: 0,
        line: 0,
        column: 0,
    };
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All hold; two or more.
    And(Vec<Expr>, Position),
    /// One holds; two or more.
    Or(Vec<Expr>, Position),
    /// The other does not hold.
    Not(Box<Expr>, Position),
    /// The name of a macro that has not been looked up.
    Macro {
        /// Its name.
        name: String,
        /// Where it stands.
        position: Position,
    },
    /// A macro that has been looked up.
    Resolved(Shared),
    /// A field compared with something.
    Check(Box<Check>),
}

/// The condition of a macro, shared by all that name it.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The macro's name.
    pub name: Arc<str>,
    /// Its condition, in which every macro has been looked up.
    pub condition: Arc<Expr>,
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.condition, &other.condition) || self.condition == other.condition
    }
}

impl Eq for Shared {}

/// One comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What is compared: a field, or what transformers make of fields.
    pub left: Operand,
    /// How.
    pub operator: Operator,
    /// How many of the values on the right must hold; only with operators that take one value otherwise.
    pub modifier: Option<Modifier>,
    /// With what.
    pub right: Right,
    /// Where it begins.
    pub position: Position,
}

/// The right side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Right {
    /// Nothing: `exists`.
    Nothing,
    /// One value, as it was written, without quotes.
    Value(String, Position),
    /// Values between parentheses.
    List(Vec<String>, Position),
    /// Another field.
    Operand(Operand),
}

/// Something that an event gives values for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A field.
    Field(FieldRef),
    /// A transformer.
    Call(Call),
    /// A constant, as an argument of a transformer.
    Literal(String, Position),
    /// A list, as an argument of a transformer.
    List(Vec<Operand>, Position),
}

impl Operand {
    /// Where it begins.
    #[must_use]
    pub const fn position(&self) -> Position {
        match self {
            Self::Field(field) => field.position,
            Self::Call(call) => call.position,
            Self::Literal(_, position) | Self::List(_, position) => *position,
        }
    }
}

/// A field as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRef {
    /// Its name, with dots.
    pub name: String,
    /// What stands between brackets, without quotes.
    pub argument: Option<String>,
    /// Where it begins.
    pub position: Position,
}

impl std::fmt::Display for FieldRef {
    /// Name and argument, as Falco looks fields up.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        match self.argument.as_deref() {
            None | Some("") => Ok(()),
            Some(argument) => write!(f, "[{argument}]"),
        }
    }
}

/// A transformer with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub transformer: Transformer,
    /// At least one.
    pub arguments: Vec<Operand>,
    /// What stands between brackets behind the parenthesis (`getopt(…)[x]`).
    pub index: Option<String>,
    /// Where it begins.
    pub position: Position,
}
