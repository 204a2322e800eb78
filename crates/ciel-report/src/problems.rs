//! What is wrong in texts that are no manifests, with the place in the text: rule files, for one.

use std::io::{self, Write};

use ciel_core::{Source, Span};

use crate::{
    TextStyle,
    text::write_excerpt,
    words::{one_line, plural},
};

/// Something that a reader of a text has to say.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// Whether something was lost.
    pub is_error: bool,
    /// The code of the one who says it.
    pub code: &'a str,
    /// What is wrong.
    pub message: &'a str,
    /// The text that it is about.
    pub source: &'a Source,
    /// What of the text, if it is not all of it.
    pub span: Option<Span>,
    /// Where that is, in the words of the text's own language.
    pub within: String,
}

/// Writes problems for a person: message, line, mark.
///
/// # Errors
/// What cannot be written.
pub fn write_problems(
    problems: &[Problem<'_>],
    style: TextStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    for problem in problems {
        let level = if problem.is_error { "error" } else { "warning" };
        let paint = style.level(problem.is_error);
        let place = match problem.span {
            Some(span) => {
                let start = problem.source.line_column(span.start);
                format!("{}:{}:{}", problem.source.name, start.line, start.column)
            }
            None => problem.source.name.clone(),
        };
        let (place, message) = (one_line(&place), one_line(problem.message));
        let code = problem.code;
        writeln!(out, "{paint}{level}{paint:#}: {place}: {message} [{code}]")?;
        if let Some(span) = problem.span {
            write_excerpt(problem.source, span, style, paint, out)?;
        }
        if !problem.within.is_empty() {
            writeln!(out, "  = in {}", one_line(&problem.within))?;
        }
    }
    Ok(())
}

/// Writes how many texts were read and what came of them.
///
/// # Errors
/// What cannot be written.
pub fn write_problem_summary(
    what: &str,
    read: usize,
    problems: &[Problem<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let errors = problems.iter().filter(|problem| problem.is_error).count();
    let warnings = problems.len() - errors;
    writeln!(
        out,
        "{}: {}, {}",
        plural(read, what),
        plural(errors, "error"),
        plural(warnings, "warning")
    )
}
