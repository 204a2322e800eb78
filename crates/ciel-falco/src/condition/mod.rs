//! Conditions: the text of a filter, as a tree whose every node knows its place.
//!
//! The facts about the grammar come from the source of libsinsp's filter parser (`filter/parser.h`, `parser.cpp`,
//! `escaping.cpp`, 2026), and from what Falco 0.44 says of 500 conditions (`suites/falco/conditions.jsonl`).

mod ast;
mod escape;
mod lexer;
mod operator;
mod parser;
mod write;

pub use ast::{Call, Check, Expr, FieldRef, Operand, Position, Right, Shared};
pub use operator::{Modifier, Operator, Transformer};
pub use parser::{SyntaxError, parse};

pub(crate) use escape::{escape, quote};
pub(crate) use lexer::{is_bare_string, is_identifier};
pub(crate) use parser::parse_operand;
