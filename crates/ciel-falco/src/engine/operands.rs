//! What operands are in an event: fields, and what transformers make of them.

use std::borrow::Cow;

use ciel_event::Context;
use ciel_fields::{Compared, Value, buffer};
use data_encoding::BASE64_NOPAD;

use crate::{
    compile::{Operand, OperandId, OperandKind, Program},
    condition::Transformer,
    fields::FieldUse,
};

/// Where the values of fields come from.
pub(super) trait Values<'a> {
    /// The value of a field, which is this operand.
    fn field(&self, id: OperandId, field: &'a FieldUse) -> Option<Value<'a>>;

    /// What a condition compares of it.
    fn compared(&self, id: OperandId, field: &'a FieldUse) -> Option<Compared<'a>> {
        self.field(id, field).map(Compared::One)
    }
}

impl<'a> Values<'a> for Context<'a> {
    #[inline]
    fn field(&self, _: OperandId, field: &'a FieldUse) -> Option<Value<'a>> {
        match field {
            FieldUse::Event(field) => field.extract(self),
            FieldUse::Plugin { .. } => None,
        }
    }
}

/// The value of an operand in an event; `None` where it, or a part that it is made of, has none.
pub(super) fn value<'a>(
    program: &'a Program,
    id: OperandId,
    context: &impl Values<'a>,
) -> Option<Value<'a>> {
    let Operand { kind, .. } = program.operand(id)?;
    match kind {
        OperandKind::Field(field) => context.field(id, field),
        OperandKind::Literal(text) => Some(Value::text(text.as_bytes())),
        OperandKind::List(items) => items
            .iter()
            .map(|item| value(program, *item, context))
            .collect::<Option<_>>()
            .map(Value::List),
        OperandKind::Transformed(transformer, inner) => {
            transformed(*transformer, value(program, *inner, context)?)
        }
        OperandKind::Join { separator, list } => join(
            &value(program, *separator, context)?,
            &value(program, *list, context)?,
        ),
        OperandKind::Concat(parts) => concat(program, parts, context),
        OperandKind::Getopt {
            arguments,
            options,
            option,
        } => {
            let options = value(program, *options, context)?;
            let arguments = value(program, *arguments, context)?;
            getopt(&arguments, bytes(&options)?, *option)
        }
    }
}

/// What one of the simple transformers makes of a value, or of each of several.
fn transformed(transformer: Transformer, value: Value<'_>) -> Option<Value<'_>> {
    if transformer == Transformer::Len {
        let length = match &value {
            Value::List(values) => values.len(),
            value => bytes(value)?.len(),
        };
        return Some(Value::Unsigned(length as u64));
    }
    Some(match value {
        Value::List(values) => Value::List(
            values
                .into_iter()
                .map(|value| transformed(transformer, value))
                .collect::<Option<_>>()?,
        ),
        Value::Text(text) => Value::Text(of_bytes(transformer, text)?),
        Value::Bytes(bytes) => Value::Bytes(of_bytes(transformer, bytes)?),
        other => other,
    })
}

fn of_bytes(transformer: Transformer, bytes: Cow<'_, [u8]>) -> Option<Cow<'_, [u8]>> {
    Some(match transformer {
        Transformer::ToLower => changed(bytes, <[u8]>::make_ascii_lowercase),
        Transformer::ToUpper => changed(bytes, <[u8]>::make_ascii_uppercase),
        Transformer::Base64 => decode_base64(&bytes)?.into(),
        Transformer::Basename => match memchr::memrchr(b'/', &bytes) {
            None => bytes,
            Some(slash) => match bytes {
                Cow::Borrowed(bytes) => bytes.get(slash + 1..).unwrap_or_default().into(),
                Cow::Owned(mut bytes) => bytes.split_off(slash + 1).into(),
            },
        },
        _ => bytes,
    })
}

/// Bytes, changed in place or in a buffer that was spare.
fn changed(bytes: Cow<'_, [u8]>, change: fn(&mut [u8])) -> Cow<'_, [u8]> {
    let mut owned = match bytes {
        Cow::Owned(bytes) => bytes,
        Cow::Borrowed(bytes) => {
            let mut buffer = buffer();
            buffer.extend_from_slice(bytes);
            buffer
        }
    };
    change(&mut owned);
    owned.into()
}

/// What a text in base 64 stands for, padded or not; `None` if it is none.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|byte| *byte != b'=')? + 1;
    BASE64_NOPAD.decode(text.get(..end)?).ok()
}

fn join<'a>(separator: &Value<'_>, list: &Value<'_>) -> Option<Value<'a>> {
    let Value::List(values) = list else {
        return None;
    };
    let separator = bytes(separator)?;
    let mut out = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(separator);
        }
        out.extend_from_slice(bytes(value)?);
    }
    Some(Value::owned(out))
}

fn concat<'a>(
    program: &'a Program,
    parts: &[OperandId],
    context: &impl Values<'a>,
) -> Option<Value<'a>> {
    let mut out = Vec::new();
    for part in parts {
        out.extend_from_slice(bytes(&value(program, *part, context)?)?);
    }
    Some(Value::owned(out))
}

/// Options as getopt(3) reads them, in the order in which they stand: letters, each followed by its value if it takes one;
/// `?` for one that is unknown or lacks its value. Of one `option`, the value that it has last.
fn getopt<'a>(arguments: &Value<'_>, options: &[u8], option: Option<char>) -> Option<Value<'a>> {
    let Value::List(arguments) = arguments else {
        return None;
    };
    let (lacking, options): (&[u8], _) = match options.split_first() {
        Some((b':', rest)) => (b":", rest),
        _ => (b"?", options),
    };
    let wanted = option.and_then(|option| u8::try_from(option).ok());
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut rest = arguments.iter().filter_map(bytes).peekable();
    while let Some(argument) = rest.next() {
        let Some(letters) = argument
            .strip_prefix(b"-")
            .filter(|letters| !letters.is_empty())
        else {
            break;
        };
        if let Some(long) = letters.strip_prefix(b"-") {
            // Long options are passed over; the end of all options is not.
            if long.is_empty() {
                break;
            }
            continue;
        }
        for (index, letter) in letters.iter().enumerate() {
            let place = options
                .iter()
                .position(|known| known == letter && *letter != b':');
            let Some(place) = place else {
                if wanted.is_none() {
                    found.push(b"?".to_vec());
                }
                continue;
            };
            let is_wanted = wanted.is_none_or(|wanted| wanted == *letter);
            if options.get(place + 1) != Some(&b':') {
                if is_wanted {
                    found.push(vec![*letter]);
                }
                continue;
            }
            let attached = letters.get(index + 1..).filter(|value| !value.is_empty());
            let value = attached.or_else(|| rest.next());
            if is_wanted {
                match value {
                    None => found.push(lacking.to_vec()),
                    Some(value) => {
                        if wanted.is_none() {
                            found.push(vec![*letter]);
                        }
                        found.push(value.to_vec());
                    }
                }
            }
            if value.is_some() {
                break;
            }
        }
    }
    match wanted {
        Some(_) => found.pop().map(Value::owned),
        None => Some(Value::List(found.into_iter().map(Value::owned).collect())),
    }
}

fn bytes<'v>(value: &'v Value<'_>) -> Option<&'v [u8]> {
    match value {
        Value::Text(text) | Value::Bytes(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_getopt_reads_them() {
        let check = |arguments: &str, options: &str, option: Option<char>, expected: &str| {
            let arguments = Value::List(arguments.split(' ').map(Value::text).collect());
            let found = match getopt(&arguments, options.as_bytes(), option) {
                None => "-".to_owned(),
                Some(Value::List(values)) => {
                    let texts = values.iter().filter_map(bytes).map(String::from_utf8_lossy);
                    texts.collect::<Vec<_>>().join(" ")
                }
                Some(value) => {
                    String::from_utf8_lossy(bytes(&value).unwrap_or_default()).into_owned()
                }
            };
            assert_eq!(found, expected);
        };
        check("-n -t value", "nt:", None, "n t value");
        check("-ntvalue rest", "nt:", None, "n t value");
        check("-x", "n", None, "?");
        check("-t", "t:", None, "?");
        check("-t", ":t:", None, ":");
        check("--long -n", "n", None, "n");
        check("-- -n", "n", None, "");
        check("word -n", "n", None, "");
        check("-c one -c two", "c:", Some('c'), "two");
        check("-n", "nc:", Some('c'), "-");
    }
}
