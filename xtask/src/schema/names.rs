//! Names of flags and of system calls.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Row, head};

/// One table of named values for each table of flags.
pub(super) fn flags(rows: &[Row]) -> Result<String> {
    let mut text =
        head("Names of the values and bits of parameters, in the order in which they are shown.");
    text.push_str(
        "use super::NamedValue;\n\nconst fn v(name: &'static str, value: u32) -> NamedValue {\n    NamedValue { name, value }\n}\n",
    );
    let mut open = String::new();
    for row in rows {
        let [table, name, value, ..] = row.as_slice() else {
            bail!("short row")
        };
        if *table != open {
            if !open.is_empty() {
                text.push_str("];\n");
            }
            write!(
                text,
                "\n/// `{table}`.\n#[rustfmt::skip]\npub static {}: &[NamedValue] = &[\n",
                table.to_uppercase()
            )?;
            open.clone_from(table);
        }
        writeln!(text, "    v(\"{name}\", {value}),")?;
    }
    text.push_str("];\n");
    Ok(text)
}

/// Names by `PPM_SC` code.
pub(super) fn syscalls(rows: &[Row]) -> Result<String> {
    let mut text = head("Names of system calls and tracepoints.");
    text.push_str(
        "/// By `PPM_SC` code.\n#[rustfmt::skip]\npub(super) static SYSCALLS: &[&str] = &[\n",
    );
    for (index, row) in rows.iter().enumerate() {
        let [code, name, ..] = row.as_slice() else {
            bail!("short row")
        };
        if code.parse::<usize>()? != index {
            bail!("system call {code} stands at {index}");
        }
        writeln!(text, "    \"{name}\",")?;
    }
    text.push_str("];\n");
    Ok(text)
}
