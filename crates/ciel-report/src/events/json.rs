//! One JSON object a line.

use std::io;

use ciel_event::Context;
use ciel_fields::{Field, FieldError};

use crate::words::escape_controls;

/// A field and its key as it stands in the output.
#[derive(Debug)]
pub(super) struct Key {
    field: Field,
    /// `"proc.name":`
    text: Vec<u8>,
}

impl Key {
    pub(super) fn new(name: &str) -> Result<Self, FieldError> {
        let field = Field::parse(name)?;
        let mut text = serde_json::Value::from(name).to_string().into_bytes();
        text.push(b':');
        Ok(Self { field, text })
    }
}

/// Those of the fields that have a value.
pub(super) fn object(keys: &[Key], context: &Context<'_>, line: &mut Vec<u8>) -> io::Result<()> {
    line.push(b'{');
    for key in keys {
        let Some(value) = key.field.json(context) else {
            continue;
        };
        if line.len() > 1 {
            line.push(b',');
        }
        line.extend_from_slice(&key.text);
        serde_json::to_writer(&mut *line, &value)?;
    }
    line.push(b'}');
    escape_controls(line);
    Ok(())
}
