//! `ciel events --list-fields`: what fields there are.

use std::io::{self, Write};

use ciel_fields::{FieldClass, FieldFlags, FieldInfo};

/// Columns of names.
const NAMES: usize = 34;
/// Columns of a line.
const WIDTH: usize = 110;

/// Writes the fields whose name begins with `prefix`, by class, with type, arguments and description; how many
/// there are.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn write_fields(prefix: &str, out: &mut dyn Write) -> io::Result<usize> {
    let mut count = 0;
    for class in FieldClass::ALL {
        let mut fields = class
            .fields()
            .filter(|info| is_shown(info, prefix))
            .peekable();
        if fields.peek().is_none() {
            continue;
        }
        if count > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", class.heading(), class.about())?;
        for info in fields {
            write_field(info, out)?;
            count += 1;
        }
    }
    Ok(count)
}

/// The name, and beside it, in lines of their width, type and description.
fn write_field(info: &FieldInfo, out: &mut dyn Write) -> io::Result<()> {
    let deprecated = if info.flags.contains(FieldFlags::DEPRECATED) {
        "Deprecated. "
    } else {
        ""
    };
    let text = format!(
        "({}{}) {deprecated}{}",
        info.kind.as_str(),
        marks(info),
        info.description()
    );
    let name = format!("  {}{}", info.name, argument(info));
    write!(out, "{name:<NAMES$}")?;
    let mut column = name.chars().count().max(NAMES);
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column + 1 + width > WIDTH {
            write!(out, "\n{:NAMES$}", "")?;
            column = NAMES;
        }
        write!(out, " {word}")?;
        column += 1 + width;
    }
    writeln!(out)
}

fn is_shown(info: &FieldInfo, prefix: &str) -> bool {
    info.name.starts_with(prefix) && !info.flags.contains(FieldFlags::TABLE_ONLY)
}

/// `.NAME` of an argument that must follow, `[[N]]` of one that may.
fn argument(info: &FieldInfo) -> String {
    let form = info.argument_form();
    if form.is_empty() || info.flags.contains(FieldFlags::ARG_REQUIRED) {
        return form.to_owned();
    }
    format!("[{form}]")
}

fn marks(info: &FieldInfo) -> &'static str {
    let has = |flag| info.flags.contains(flag);
    if has(FieldFlags::IS_LIST) {
        ", list"
    } else if has(FieldFlags::FILTER_ONLY) {
        ", conditions only"
    } else if has(FieldFlags::PRINT_ONLY) {
        ", outputs only"
    } else {
        ""
    }
}
