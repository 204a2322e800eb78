//! Exceptions become text of the condition: `(condition) and not (field comparison values …)`.

use super::lists::push_quoted;
use crate::condition::Operator;
use crate::load::LoadError;
use crate::load::item::{Entry, Exception};

/// A condition with its exceptions.
///
/// # Errors
/// Values that do not fit the fields.
pub(crate) fn put_in(condition: &str, exceptions: &[Exception]) -> Result<String, LoadError> {
    if exceptions.is_empty() {
        return Ok(condition.to_owned());
    }
    let mut text = format!("({condition})");
    for exception in exceptions {
        let clause = match &exception.fields {
            Some(Entry::Many(fields)) => tuples(exception, fields)?,
            Some(Entry::One(field)) => one_field(exception, field)?,
            None => String::new(),
        };
        if !clause.is_empty() {
            text.push_str(" and not ");
            text.push_str(&clause);
        }
    }
    Ok(text)
}

fn comparison(entry: Option<&Entry>) -> &str {
    entry.map_or("", Entry::text)
}

fn one_field(exception: &Exception, field: &str) -> Result<String, LoadError> {
    let mut clause = String::new();
    for value in &exception.values {
        let Entry::One(value) = value else {
            let message = "Expected values array to contain a list of strings";
            return Err(LoadError::validate(message, &exception.context));
        };
        if clause.is_empty() {
            let comparison = comparison(exception.comparisons.as_ref());
            clause = format!("({field} {comparison} (");
        } else {
            clause.push_str(", ");
        }
        push_quoted(&mut clause, value);
    }
    if !clause.is_empty() {
        clause.push_str("))");
    }
    Ok(clause)
}

fn tuples(exception: &Exception, fields: &[Entry]) -> Result<String, LoadError> {
    let mut clause = String::from("(");
    let comparisons = exception.comparisons.as_ref().map_or(&[][..], Entry::items);
    for values in &exception.values {
        let values = values.items();
        if fields.len() != values.len() {
            let message = "Fields and values lists must have equal length";
            return Err(LoadError::validate(message, &exception.context));
        }
        if clause != "(" {
            clause.push_str(" or ");
        }
        clause.push('(');
        for (index, (field, value)) in fields.iter().zip(values).enumerate() {
            if index > 0 {
                clause.push_str(" and ");
            }
            let word = comparison(comparisons.get(index));
            clause.push_str(&format!(" {} {word} ", field.text()));
            push_value(&mut clause, word, value);
        }
        clause.push(')');
    }
    clause.push(')');
    if clause == "()" {
        clause.clear();
    }
    Ok(clause)
}

fn push_value(clause: &mut String, comparison: &str, value: &Entry) {
    match value {
        Entry::Many(values) => {
            clause.push('(');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    clause.push_str(", ");
                }
                push_quoted(clause, value.text());
            }
            clause.push(')');
        }
        Entry::One(value) => {
            let takes_list = Operator::parse(comparison)
                .is_some_and(|(operator, modifier)| operator.takes_list() || modifier.is_some());
            match takes_list {
                true if value.starts_with('(') => clause.push_str(value),
                true => clause.push_str(&format!("({value})")),
                false => push_quoted(clause, value),
            }
        }
    }
}
