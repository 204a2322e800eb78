//! Texts of a process: its names, arguments and environment.

use std::borrow::Cow;

use ciel_event::{Thread, machine::Machine};

use super::lineage::process;
use crate::{Value, spare};

/// A text that a process has.
#[derive(Clone, Copy)]
pub(crate) enum Of {
    /// Its name.
    Name,
    /// The first of its arguments.
    Exe,
    /// The path of its executable.
    Exepath,
    /// Its arguments without the first.
    Args,
    /// Its name and arguments.
    Cmdline,
    /// All of its arguments.
    Exeline,
}

/// Such a text of a process.
pub(crate) fn of<'a>(of: Of, machine: &'a Machine, thread: &'a Thread) -> Option<Value<'a>> {
    Some(match of {
        Of::Name => Value::text(&thread.comm),
        Of::Exe => Value::text(&thread.exe),
        Of::Exepath => Value::text(&thread.exepath),
        Of::Args | Of::Cmdline | Of::Exeline => {
            let mut out = spare::buffer();
            append(of, machine, thread, &mut out);
            Value::owned(out)
        }
    })
}

/// Appends such a text.
pub(crate) fn append(of: Of, machine: &Machine, thread: &Thread, out: &mut Vec<u8>) {
    match of {
        Of::Name => out.extend_from_slice(&thread.comm),
        Of::Exe => out.extend_from_slice(&thread.exe),
        Of::Exepath => out.extend_from_slice(&thread.exepath),
        Of::Args => join(arguments(machine, thread), out),
        Of::Cmdline => {
            out.extend_from_slice(&thread.comm);
            for argument in arguments(machine, thread) {
                out.push(b' ');
                out.extend_from_slice(argument);
            }
        }
        Of::Exeline => {
            out.extend_from_slice(&thread.exe);
            out.push(b' ');
            join(arguments(machine, thread), out);
        }
    }
}

/// Entries with a blank between each two.
fn join<'a>(entries: impl Iterator<Item = &'a [u8]>, out: &mut Vec<u8>) {
    for (index, entry) in entries.enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        out.extend_from_slice(entry);
    }
}

/// The arguments of the process without the first.
pub(crate) fn arguments<'a>(
    machine: &'a Machine,
    thread: &'a Thread,
) -> impl Iterator<Item = &'a [u8]> {
    process(machine, thread).unwrap_or(thread).args()
}

/// One of the arguments, empty where there are fewer, or all of them.
pub(crate) fn args<'a>(
    machine: &'a Machine,
    thread: &'a Thread,
    index: Option<u64>,
) -> Option<Value<'a>> {
    let Some(index) = index else {
        return of(Of::Args, machine, thread);
    };
    let index = usize::try_from(index).ok()?;
    let argument = arguments(machine, thread).nth(index);
    Some(Value::text(argument.unwrap_or_default()))
}

/// The environment of the process, or one entry's value, empty where it has none.
pub(crate) fn env<'a>(
    machine: &'a Machine,
    thread: &'a Thread,
    key: Option<&str>,
) -> Option<Value<'a>> {
    if let Some(key) = key {
        let value = env_entry(machine, thread, key);
        return Some(Value::text(value.unwrap_or_default()));
    }
    let mut out = spare::buffer();
    join(process(machine, thread).unwrap_or(thread).env(), &mut out);
    Some(Value::owned(out))
}

/// The value of an entry, without blanks around it; `None` where it has none or an empty one.
pub(crate) fn env_entry<'a>(
    machine: &'a Machine,
    thread: &'a Thread,
    key: &str,
) -> Option<&'a [u8]> {
    let value = process(machine, thread)
        .unwrap_or(thread)
        .env()
        .find_map(|entry| {
            let value = entry.strip_prefix(key.as_bytes())?.strip_prefix(b"=")?;
            (!value.is_empty()).then_some(value)
        })?;
    let start = value.iter().position(|byte| *byte != b' ')?;
    let end = value.iter().rposition(|byte| *byte != b' ')?;
    value.get(start..=end)
}

/// What stands before the first NUL.
pub(crate) fn until_nul(bytes: Cow<'_, [u8]>) -> Value<'_> {
    let end = bytes.iter().position(|byte| *byte == 0);
    Value::Text(match (end, bytes) {
        (None, bytes) => bytes,
        (Some(end), Cow::Borrowed(bytes)) => Cow::Borrowed(bytes.get(..end).unwrap_or(bytes)),
        (Some(end), Cow::Owned(mut bytes)) => {
            bytes.truncate(end);
            Cow::Owned(bytes)
        }
    })
}
