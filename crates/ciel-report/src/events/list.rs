//! `ciel events --list-fields`: what fields there are.

use std::io::{self, Write};

use ciel_fields::{FieldFlags, FieldInfo};

/// Columns of names.
const NAMES: usize = 34;
/// Columns of a line.
const WIDTH: usize = 110;

/// Writes the fields whose name begins with `prefix`, by class, with type, arguments and description.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn write_fields(prefix: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut class = "";
    for info in FieldInfo::all()
        .iter()
        .filter(|info| is_shown(info, prefix))
    {
        let own = info.name.split('.').next().unwrap_or_default();
        if own != class {
            if !class.is_empty() {
                writeln!(out)?;
            }
            writeln!(out, "{own}")?;
            class = own;
        }
        let mut text = format!("({}{}) {}", info.kind.as_str(), marks(info), "");
        if info.flags.contains(FieldFlags::DEPRECATED) {
            text.push_str(" Deprecated.");
        }
        let name = format!("  {}{}", info.name, argument(info));
        write!(out, "{name:<NAMES$}")?;
        let mut column = name.len().max(NAMES);
        for word in text.split_whitespace() {
            if column + 1 + word.len() > WIDTH {
                write!(out, "\n{:NAMES$}", "")?;
                column = NAMES;
            }
            write!(out, " {word}")?;
            column += 1 + word.len();
        }
        writeln!(out)?;
    }
    Ok(())
}

fn is_shown(info: &FieldInfo, prefix: &str) -> bool {
    info.name.starts_with(prefix) && !info.flags.contains(FieldFlags::TABLE_ONLY)
}

fn argument(info: &FieldInfo) -> &'static str {
    let has = |flag| info.flags.contains(flag);
    match (has(FieldFlags::ARG_REQUIRED), has(FieldFlags::ARG_ALLOWED)) {
        (true, _) => "[…]",
        (_, true) => "[[…]]",
        _ => "",
    }
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
