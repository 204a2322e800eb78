//! Findings for people and programs: one file a format.
//!
//! [`Report`] is what a run has to say; [`write`] says it in one [`Format`]. The shapes of the machine-readable formats
//! are a contract: `schemas/` in the repository describes them, and tests hold the output to it.
//!
//! Architecture invariant: the only crate that writes for people or programs.

mod json;
mod model;
mod sarif;
mod secrets;
mod text;

use std::{fmt, io, str::FromStr};

pub use model::{Report, Summary};
pub use text::TextStyle;

/// A form that a report can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For a person at a terminal.
    Text,
    /// One JSON document, schema `ciel.findings/v1`.
    Json,
    /// One JSON object a line: findings, then diagnostics, then the summary.
    JsonLines,
    /// SARIF 2.1.0.
    Sarif,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::JsonLines, Self::Sarif];

    /// The name for `--format`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Sarif => "sarif",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = ParseFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| ParseFormatError(text.to_owned()))
    }
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFormatError(String);

impl fmt::Display for ParseFormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no format: use text, json, jsonl or sarif",
            self.0
        )
    }
}

impl std::error::Error for ParseFormatError {}

/// Writes a report in a format.
///
/// # Errors
/// Whatever the writer returns.
pub fn write(
    report: &Report<'_>,
    format: Format,
    style: TextStyle,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, style, out),
        Format::Json => json::write(report, out),
        Format::JsonLines => json::write_lines(report, out),
        Format::Sarif => sarif::write(report, out),
    }
}
