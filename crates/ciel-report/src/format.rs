//! The table of formats: what `--format` takes, what `--help` says of it, and who writes it.

use std::{fmt, io, str::FromStr};

use crate::{
    Report, TextStyle, csv, github, gitlab, html, json, junit, markdown, policyreport, prometheus,
    sarif, text,
};

/// What the program knows of a format. Each format's file declares its own, beside the function that writes it.
pub(crate) struct Form {
    /// The name for `--format`.
    pub(crate) name: &'static str,
    /// For whom or what, as it goes on behind the name in `--help`.
    pub(crate) purpose: &'static str,
    /// What a file of it ends in, without the first dot.
    pub(crate) extension: &'static str,
    pub(crate) write: fn(&Report<'_>, TextStyle, &mut dyn io::Write) -> io::Result<()>,
}

/// Declares [`Format`]: a line a format, in the order in which people are told of them.
macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident => $form:path,)+) => {
        /// A form that a report can take.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $($(#[$doc])* $variant,)+
        }

        impl Format {
            /// All formats.
            pub const ALL: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];

            const fn form(self) -> &'static Form {
                match self {
                    $(Self::$variant => &$form,)+
                }
            }
        }
    };
}

formats! {
    /// For a person at a terminal.
    Text => text::FORM,
    /// One JSON document, schema `ciel.findings/v1`.
    Json => json::FORM,
    /// One JSON object a line: findings, then diagnostics, then the summary.
    JsonLines => json::LINES_FORM,
    /// SARIF 2.1.0.
    Sarif => sarif::FORM,
    /// One HTML file for people.
    Html => html::FORM,
    /// JUnit XML.
    Junit => junit::FORM,
    /// GitLab's security report, type SAST.
    Gitlab => gitlab::sast::FORM,
    /// GitLab's Code Quality report.
    CodeQuality => gitlab::codequality::FORM,
    /// Workflow commands of GitHub Actions.
    Github => github::FORM,
    /// A comment for a pull request.
    Markdown => markdown::FORM,
    /// RFC 4180.
    Csv => csv::FORM,
    /// Prometheus' text format.
    Prometheus => prometheus::FORM,
    /// PolicyReport and ClusterPolicyReport, `wgpolicyk8s.io/v1alpha2`.
    PolicyReport => policyreport::FORM,
}

impl Format {
    /// The name for `--format`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.form().name
    }

    /// For whom or what it is: half a sentence, lower case.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        self.form().purpose
    }

    /// What the name of a file of this format usually ends in, without the first dot: `json`, `gitlab.json`.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        self.form().extension
    }

    /// All formats with what they are for, one a line, for `--help`.
    #[must_use]
    pub fn help() -> String {
        let width = Self::ALL.map(|format| format.as_str().len());
        let width = width.into_iter().max().unwrap_or_default();
        let line = |format: Self| format!("  {:<width$}  {}\n", format.as_str(), format.purpose());
        Self::ALL.map(line).concat()
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
        let names = Format::ALL.map(Format::as_str);
        let (last, others) = names.split_last().unwrap_or((&"", &[]));
        let others = others.join(", ");
        write!(f, "`{}` is no format: use {others} or {last}", self.0)
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
    (format.form().write)(report, style, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
    }

    #[test]
    fn another_word_is_answered_with_the_names() {
        let error = "xml".parse::<Format>().unwrap_err().to_string();
        assert!(
            error.starts_with("`xml` is no format: use text, json, "),
            "{error}"
        );
        for format in Format::ALL {
            assert!(error.contains(format.as_str()), "{error}");
        }
    }

    #[test]
    fn extensions_tell_formats_apart() {
        let mut extensions = Format::ALL.map(Format::extension).to_vec();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!(extensions.len(), Format::ALL.len());
    }
}
