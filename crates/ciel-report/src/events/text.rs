//! Lines for people: sysdig's own, or values with tabs between them.

use ciel_event::Context;
use ciel_fields::{Field, FieldError};

/// What stands for a value that there is not.
const ABSENT: &[u8] = b"<NA>";

/// The line that sysdig writes by default. Events are ends of system calls, and so have `<` where sysdig tells the two
/// sides apart.
#[derive(Debug)]
pub(super) struct SysdigLine {
    parts: Vec<(Field, &'static [u8])>,
}

impl SysdigLine {
    pub(super) fn new() -> Result<Self, FieldError> {
        const PARTS: [(&str, &[u8]); 7] = [
            ("evt.num", b" "),
            ("evt.outputtime", b" "),
            ("evt.cpu", b" "),
            ("proc.name", b" ("),
            ("thread.tid", b") < "),
            ("evt.type", b" "),
            ("evt.info", b""),
        ];
        let parts: Result<_, FieldError> = PARTS
            .into_iter()
            .map(|(name, behind)| Ok((Field::parse(name)?, behind)))
            .collect();
        Ok(Self { parts: parts? })
    }

    pub(super) fn write(&self, context: &Context<'_>, line: &mut Vec<u8>) {
        for (field, behind) in &self.parts {
            value(field, context, line);
            line.extend_from_slice(behind);
        }
    }
}

/// Values with tabs between them.
pub(super) fn columns(fields: &[Field], context: &Context<'_>, line: &mut Vec<u8>) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            line.push(b'\t');
        }
        value(field, context, line);
    }
}

/// A value on one line: what a program named itself must not command the terminal or begin a line of its own.
fn value(field: &Field, context: &Context<'_>, line: &mut Vec<u8>) {
    let Some(value) = field.extract(context) else {
        line.extend_from_slice(ABSENT);
        return;
    };
    let start = line.len();
    let (kind, format) = field.shape_in(context.event);
    value.write_text(kind, format, line);
    let unsafe_bytes = line.get(start..).is_some_and(|text| {
        text.iter().any(u8::is_ascii_control) || std::str::from_utf8(text).is_err()
    });
    if unsafe_bytes {
        let text = String::from_utf8_lossy(line.get(start..).unwrap_or_default()).into_owned();
        line.truncate(start);
        for letter in text.chars() {
            let shown = if letter.is_control() { '.' } else { letter };
            line.extend_from_slice(shown.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}
