//! Findings for people and programs: one file a format.
//!
//! [`Report`] is what a run has to say; [`write`] says it in one [`Format`]. The shapes of the machine-readable formats
//! are a contract: `schemas/` in the repository describes them, and tests hold the output to it.
//!
//! A new format is a file with a `FORM` (name, purpose, extension, function) and a line in the table of `format.rs`.
//!
//! Architecture invariant: the only crate that writes for people or programs.

pub mod alerts;
pub mod baseline;
mod change;
mod chunks;
mod controls;
pub mod costs;
mod csv;
mod diff;
mod edits;
pub mod events;
mod fixes;
mod format;
mod github;
mod gitlab;
mod groups;
mod html;
mod hush;
mod json;
mod junit;
mod markdown;
mod model;
mod policyreport;
mod problems;
mod prometheus;
mod sarif;
mod secrets;
mod text;
mod words;

pub use diff::unified_diff;
pub use fixes::{FileFix, FixNote, FixReport, RenderedFix, write_fixes};
pub use format::{Format, ParseFormatError, write};
pub use model::{Report, Summary};
pub use problems::{Problem, write_problem_summary, write_problems};
pub use text::TextStyle;
pub use words::{lines as several_lines, one_line};
