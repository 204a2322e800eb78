//! Conditions as text again, with every macro unfolded.

use std::{
    borrow::Cow,
    fmt::{Display, Formatter, Result},
};

use super::{Call, Check, Expr, Operand, Right, escape, lexer::is_bare_argument, quote};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::And(parts, _) => joined(f, parts, "and"),
            Self::Or(parts, _) => joined(f, parts, "or"),
            // Of two negations in a row the reader would keep none.
            Self::Not(inner, _) if matches!(inner.unfolded(), Self::Not(..)) => {
                write!(f, "not ({inner})")
            }
            Self::Not(inner, _) => write!(f, "not {inner}"),
            // The reader takes the word for the name of a macro only where a parenthesis follows.
            Self::Macro { name, .. } if name == "not" => f.write_str("(not)"),
            Self::Macro { name, .. } => f.write_str(name),
            Self::Resolved(shared) => shared.condition.fmt(f),
            Self::Check(check) => check.fmt(f),
        }
    }
}

/// Columns that one line of a condition may take before it is broken.
const WIDTH: usize = 100;

impl Expr {
    /// The condition on several lines, with every macro unfolded: operands of `and` and `or` below each other, where one
    /// line does not hold them.
    #[must_use]
    pub fn to_lines(&self) -> String {
        let mut text = String::new();
        self.push_lines(&mut text, None, "");
        text
    }

    /// The condition that the name of a macro stands for.
    fn unfolded(&self) -> &Self {
        let mut expr = self;
        while let Self::Resolved(shared) = expr {
            expr = &shared.condition;
        }
        expr
    }

    /// Appends the condition, whose first line begins with a word at a column: nothing where it is the whole.
    fn push_lines(&self, text: &mut String, place: Option<usize>, word: &str) {
        let column = place.unwrap_or(0);
        let expr = self.unfolded();
        let flat = expr.to_string();
        let is_short = column + word.len() + flat.len() <= WIDTH;
        let (parts, operator): (&[Self], _) = match expr {
            Self::And(parts, _) if !is_short => (parts, "and "),
            Self::Or(parts, _) if !is_short => (parts, "or "),
            Self::Not(inner, _) if !is_short && matches!(inner.unfolded(), Self::Not(..)) => {
                text.push_str(&format!("{}{word}not (\n", " ".repeat(column)));
                inner.push_lines(text, Some(column + 2), "");
                text.push_str(&format!("{})\n", " ".repeat(column)));
                return;
            }
            Self::Not(inner, _) if !is_short => {
                return inner.push_lines(text, Some(column), &format!("{word}not "));
            }
            _ => {
                text.push_str(&" ".repeat(column));
                text.push_str(word);
                text.push_str(&flat);
                text.push('\n');
                return;
            }
        };
        // The whole needs no parentheses; a part does, even the first one, which no word stands before.
        let inner = match place {
            Some(column) => {
                text.push_str(&format!("{}{word}(\n", " ".repeat(column)));
                column + 2
            }
            None => 0,
        };
        for (index, part) in parts.iter().enumerate() {
            part.push_lines(text, Some(inner), if index > 0 { operator } else { "" });
        }
        if place.is_some() {
            text.push_str(&format!("{})\n", " ".repeat(column)));
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Expr], word: &str) -> Result {
    f.write_str("(")?;
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            write!(f, " {word} ")?;
        }
        part.fmt(f)?;
    }
    f.write_str(")")
}

impl Display for Check {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} {}", self.left, self.operator.as_str())?;
        if let Some(modifier) = self.modifier {
            write!(f, " {}", modifier.as_str())?;
        }
        match &self.right {
            Right::Nothing => Ok(()),
            Right::Value(value, _) => write!(f, " {}", escape(value)),
            Right::List(values, _) => {
                f.write_str(" (")?;
                for (index, value) in values.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    write!(f, "{comma}{}", escape(value))?;
                }
                f.write_str(")")
            }
            Right::Operand(operand) => write!(f, " {operand}"),
        }
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Field(field) => {
                f.write_str(&field.name)?;
                match field.argument.as_deref() {
                    None | Some("") => Ok(()),
                    Some(argument) => write!(f, "[{}]", in_brackets(argument)),
                }
            }
            Self::Call(call) => call.fmt(f),
            // Always with quotes, since a bare word would be read as something else.
            Self::Literal(text, _) => f.write_str(&quote(text)),
            Self::List(items, _) => {
                f.write_str("(")?;
                list(f, items)?;
                f.write_str(")")
            }
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}(", self.transformer.as_str())?;
        list(f, &self.arguments)?;
        f.write_str(")")?;
        match &self.index {
            Some(index) => write!(f, "[{}]", in_brackets(index)),
            None => Ok(()),
        }
    }
}

/// An argument as it can stand between brackets: without quotes where they are not needed, as not all of what is read
/// without them can stand between them.
fn in_brackets(argument: &str) -> Cow<'_, str> {
    if is_bare_argument(argument) {
        argument.into()
    } else {
        quote(argument).into()
    }
}

fn list(f: &mut Formatter<'_>, items: &[Operand]) -> Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        item.fmt(f)?;
    }
    Ok(())
}
