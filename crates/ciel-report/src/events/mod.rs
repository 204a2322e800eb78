//! Events of a capture, for people and programs: `ciel events`.

mod json;
mod list;
mod raw;
mod summary;
mod text;

use std::io::{self, Write};

use ciel_event::Context;
use ciel_fields::{Field, FieldError};

pub use list::write_fields;
pub use summary::EventSummary;

/// The form of events, one a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventFormat {
    /// What a user of sysdig knows: `%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) < %evt.type %evt.info`; with
    /// fields of one's own, their values with tabs between them.
    Text,
    /// One JSON object a line with those of the fields that have a value.
    Json,
    /// What the capture holds, before any state is looked up: nanoseconds, CPU, thread, the event's constant and its
    /// parameters.
    Raw,
}

/// Fields that a JSON object has where none are asked for.
const DEFAULT_FIELDS: &[&str] = &[
    "evt.num",
    "evt.rawtime",
    "evt.cpu",
    "evt.type",
    "evt.category",
    "evt.args",
    "evt.res",
    "thread.tid",
    "proc.pid",
    "proc.ppid",
    "proc.name",
    "proc.cmdline",
    "proc.exepath",
    "user.name",
    "fd.num",
    "fd.type",
    "fd.name",
    "container.id",
];

/// Writes events, one a line.
#[derive(Debug)]
pub struct EventWriter {
    form: Form,
    line: Vec<u8>,
}

#[derive(Debug)]
enum Form {
    Sysdig(text::SysdigLine),
    Columns(Vec<Field>),
    Json(Vec<json::Key>),
    Raw,
}

impl EventWriter {
    /// A writer of one form; without fields of one's own, of those that the form has by default. The raw form has no
    /// fields.
    ///
    /// # Errors
    ///
    /// If a name is no field's.
    pub fn new(format: EventFormat, fields: &[String]) -> Result<Self, FieldError> {
        let own: Result<Vec<Field>, FieldError> =
            fields.iter().map(|name| Field::parse(name)).collect();
        let own = own?;
        let form = match format {
            EventFormat::Raw => Form::Raw,
            EventFormat::Text if own.is_empty() => Form::Sysdig(text::SysdigLine::new()?),
            EventFormat::Text => Form::Columns(own),
            EventFormat::Json => {
                let names: Vec<&str> = if own.is_empty() {
                    DEFAULT_FIELDS.to_vec()
                } else {
                    fields.iter().map(String::as_str).collect()
                };
                Form::Json(
                    names
                        .into_iter()
                        .map(json::Key::new)
                        .collect::<Result<_, _>>()?,
                )
            }
        };
        Ok(Self {
            form,
            line: Vec::with_capacity(4096),
        })
    }

    /// Writes one event.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written to.
    pub fn write(&mut self, context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        match &self.form {
            Form::Sysdig(line) => line.write(context, &mut self.line),
            Form::Columns(fields) => text::columns(fields, context, &mut self.line),
            Form::Json(keys) => json::object(keys, context, &mut self.line)?,
            Form::Raw => raw::line(context.event, &mut self.line),
        }
        self.line.push(b'\n');
        out.write_all(&self.line)
    }
}
