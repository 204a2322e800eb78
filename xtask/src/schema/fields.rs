//! The fields that conditions and outputs may use.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Row, bits, camel, events::variant, head};

/// An enumeration of the fields, and what each is.
pub(super) fn table(rows: &[Row]) -> Result<String> {
    let mut text = head("The fields: what each is called, holds and takes.");
    text.push_str("use ciel_event::schema::{Format as F, ParamType as T};\n\nuse crate::{FieldFlags, FieldInfo};\n\n");
    text.push_str("/// A field, without its argument.\n#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]\n#[repr(u16)]\npub enum FieldId {\n");
    for name in rows.iter().filter_map(|row| row.first()) {
        writeln!(text, "    /// `{name}`\n    {},", camel(name))?;
    }
    text.push_str("}\n\nconst fn f(id: FieldId, name: &'static str, kind: T, format: F, flags: u16) -> FieldInfo {\n    FieldInfo {\n        id,\n        name,\n        kind,\n        format,\n        flags: FieldFlags(flags),\n    }\n}\n\n");
    text.push_str("/// In the order of [`FieldId`].\n#[rustfmt::skip]\npub(crate) static FIELDS: &[FieldInfo] = &[\n");
    for row in rows {
        let [name, kind, format, flags, ..] = row.as_slice() else {
            bail!("short row")
        };
        writeln!(
            text,
            "    f(FieldId::{}, \"{name}\", T::{}, F::{}, {}),",
            camel(name),
            variant(kind),
            variant(format),
            bits(flags, &FLAGS)?
        )?;
    }
    text.push_str("];\n");
    Ok(text)
}

/// The flags, by bit.
const FLAGS: [&str; 12] = [
    "arg_required",
    "arg_allowed",
    "arg_index",
    "arg_key",
    "is_list",
    "filter_only",
    "print_only",
    "table_only",
    "no_rhs",
    "no_transformer",
    "no_ptr_stability",
    "deprecated",
];
