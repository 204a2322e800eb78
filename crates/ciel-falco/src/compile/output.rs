//! Outputs: text with fields in it.

use ciel_event::ParamType;

use super::program::{Builder, OperandId};
use super::typed::{Mistake, shown};
use crate::condition::{FieldRef, Operand, Position, parse_operand};
use crate::fields::Source;

/// The text of alerts, with the places where values go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// As it is written in the rule, `%container.info` left out.
    pub format: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A part of an output.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it stands.
    Text(String),
    /// The value of an operand; `<NA>` where it has none.
    Value {
        /// Its name in `output_fields`, as it is written.
        name: String,
        /// What gives the value.
        operand: OperandId,
        /// The type of the value.
        kind: ParamType,
        /// The width that it is padded or cut to; 0 for its own.
        width: usize,
    },
}

/// The longest name of a field or argument that is tried, in bytes.
const LONGEST: usize = 256;
/// The greatest width, in characters.
const WIDEST: usize = 1 << 16;

/// Reads an output.
///
/// # Errors
/// Falco's message; [`Mistake::unknown`] where a field is not known.
pub(crate) fn read(builder: &mut Builder, format: &str, source: Source) -> Result<Output, Mistake> {
    let mistake = |message: String, unknown: bool| Mistake {
        message,
        position: Position::START,
        culprit: String::new(),
        unknown,
    };
    if format.is_empty() {
        return Err(mistake("empty formatting token".to_owned(), false));
    }
    // A star before the text asks for `<NA>` where a value is missing, which Falco always asks for.
    let mut rest = format.strip_prefix('*').unwrap_or(format);
    let mut parts = Vec::new();
    while let Some((text, token)) = rest.split_once('%') {
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        if token.is_empty() {
            let message = "invalid formatting syntax: formatting cannot end with a %";
            return Err(mistake(message.to_owned(), false));
        }
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let (width, token) = token.split_at(digits);
        if token.is_empty() {
            let message = "invalid formatting syntax: formatting cannot end with a number";
            return Err(mistake(message.to_owned(), false));
        }
        let width = width.parse().unwrap_or(0).min(WIDEST);
        let (length, operand, kind) = longest(builder, token, source)?;
        let (name, behind) = token.split_at(length);
        parts.push(Part::Value {
            name: name.to_owned(),
            operand,
            kind,
            width,
        });
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(Output {
        format: format.to_owned(),
        parts,
    })
}

/// The longest field or transformer that a text begins with.
fn longest(
    builder: &mut Builder,
    token: &str,
    source: Source,
) -> Result<(usize, OperandId, ParamType), Mistake> {
    let unknown = |message: &str| {
        let word = token.split([' ', '\n', '\t']).next().unwrap_or(token);
        Mistake {
            message: format!("unknown filter: {message}"),
            position: Position::START,
            culprit: format!("%{}", word.chars().take(60).collect::<String>()),
            unknown: true,
        }
    };
    let parsed = parse_operand(token);
    let (whole, name) = match &parsed {
        Ok(part) => {
            let name = match &part.operand {
                Operand::Field(field) => field.name.len(),
                _ => 0,
            };
            match shown(builder, &part.operand, source) {
                Ok((operand, kind)) => return Ok((part.length, operand, kind)),
                Err(mistake) => (Some(mistake), name),
            }
        }
        // Something like an argument that does not end: the name alone may do.
        Err(_) => (None, field_name(token)),
    };
    // `%proc.name.` and `%fd.name[…` are fields with text behind them.
    for length in (3..=name.min(LONGEST)).rev() {
        let Some(shorter) = token.get(..length) else {
            continue;
        };
        let operand = Operand::Field(FieldRef {
            name: shorter.to_owned(),
            argument: None,
            position: Position::START,
        });
        if let Ok((operand, kind)) = shown(builder, &operand, source) {
            return Ok((length, operand, kind));
        }
    }
    match (whole, parsed) {
        (Some(mistake), _) if !mistake.unknown => Err(mistake),
        (Some(mistake), _) => Err(unknown(&mistake.message)),
        (None, Err(error)) => Err(unknown(&error.message)),
        (None, Ok(_)) => Err(unknown("")),
    }
}

fn field_name(token: &str) -> usize {
    token
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.'))
        .unwrap_or(token.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: &str, expected: &[&str]) {
        let mut builder = Builder::default();
        let output = read(&mut builder, format, Source::Syscall).expect(format);
        let parts: Vec<String> = output
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Value { name, width, .. } if *width > 0 => format!("<{width}{name}>"),
                Part::Value { name, .. } => format!("<{name}>"),
            })
            .collect();
        assert_eq!(parts, expected, "{format}");
    }

    #[track_caller]
    fn refuse(format: &str, message: &str) {
        let mut builder = Builder::default();
        let mistake = read(&mut builder, format, Source::Syscall).expect_err(format);
        assert!(mistake.message.starts_with(message), "{mistake:?}");
    }

    #[test]
    fn fields_are_found_in_text() {
        check("a %proc.name b", &["a ", "<proc.name>", " b"]);
        check("%proc.name.", &["<proc.name>", "."]);
        check("%proc.name.x", &["<proc.name>", ".x"]);
        check(
            "%proc.aname[2]=%20fd.name",
            &["<proc.aname[2]>", "=", "<20fd.name>"],
        );
        check("%toupper(proc.name)!", &["<toupper(proc.name)>", "!"]);
        check("%evt.arg.flags,", &["<evt.arg.flags>", ","]);
        check("%proc.name[x]", &["<proc.name>", "[x]"]);
        check("100", &["100"]);
    }

    #[test]
    fn what_is_no_field_is_refused() {
        refuse(
            "An open was seen %not_a_real_field",
            "unknown filter: unexpected token after '",
        );
        refuse(
            "100%",
            "invalid formatting syntax: formatting cannot end with a %",
        );
        refuse(
            "x %10",
            "invalid formatting syntax: formatting cannot end with a number",
        );
        refuse("", "empty formatting token");
        refuse("%fd.ip", "fd.ip is filter only");
        refuse(
            "%no.such",
            "unknown filter: filter_check called with nonexistent field no.such",
        );
    }
}
