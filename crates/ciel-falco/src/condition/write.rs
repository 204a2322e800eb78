//! Conditions as text again, with every macro unfolded.

use std::fmt::{Display, Formatter, Result};

use super::{Call, Check, Expr, Operand, Right, escape};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::And(parts, _) => joined(f, parts, "and"),
            Self::Or(parts, _) => joined(f, parts, "or"),
            Self::Not(inner, _) => write!(f, "not {inner}"),
            Self::Macro { name, .. } => f.write_str(name),
            Self::Resolved(shared) => shared.condition.fmt(f),
            Self::Check(check) => check.fmt(f),
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
                    Some(argument) => write!(f, "[{}]", escape(argument)),
                }
            }
            Self::Call(call) => call.fmt(f),
            // Always with quotes, since a bare word would be read as something else.
            Self::Literal(text, _) => {
                let escaped = escape(text);
                if escaped.starts_with('"') {
                    f.write_str(&escaped)
                } else {
                    write!(f, "\"{escaped}\"")
                }
            }
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
            Some(index) => write!(f, "[{}]", escape(index)),
            None => Ok(()),
        }
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
