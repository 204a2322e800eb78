//! The fields of an event that rules and people ask for: `proc.name`, `fd.name`, `evt.arg.flags` and the others.
//!
//! [`Field::parse`] reads a name with its argument (`proc.aname[2]`); [`Field::extract`] takes the value from an event in its
//! surroundings; [`Value`] knows how Falco shows it.

#![forbid(unsafe_code)]

mod argument;
mod civil;
mod compared;
mod describe;
mod extract;
mod field;
mod show;
mod spare;
mod table;
#[cfg(test)]
mod testing;
mod value;

pub use compared::Compared;
pub use describe::FieldClass;
pub use field::{Argument, Field, FieldError, FieldFlags, FieldInfo};
pub use spare::{buffer, give_back};
pub use table::FieldId;
pub use value::Value;
