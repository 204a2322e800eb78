//! The page of all fields of events.

use std::fmt::Write as _;

use ciel_fields::{FieldClass, FieldFlags, FieldInfo};

/// The file's name.
pub(super) const NAME: &str = "fields.md";

const HEAD: &str = "\
# Fields of events

What `ciel events --fields`, `--filter`, and the conditions and outputs of rules may name. The list is that of Falco 0.44 for
system calls; `ciel events --list-fields` prints it. Types are Falco's. `[N]` and `.NAME` stand for an argument; one that may be left
out stands in parentheses. A field that an event has no value for is left out of JSON and shown as `<NA>` in text; every comparison
with it is false, `!=` too.
";

/// The whole page.
pub(super) fn page() -> String {
    let mut out = String::from(HEAD);
    for class in FieldClass::ALL {
        let fields: Vec<&FieldInfo> = class
            .fields()
            .filter(|info| !info.flags.contains(FieldFlags::TABLE_ONLY))
            .collect();
        if fields.is_empty() {
            continue;
        }
        let _ = write!(
            out,
            "\n## {}\n\n{}\n\n| field | type | |\n|---|---|---|\n",
            class.heading(),
            class.about()
        );
        for info in fields {
            let _ = writeln!(
                out,
                "| `{}` | {} | {} |",
                cell(&name(info)),
                kind(info),
                cell(&description(info))
            );
        }
    }
    out
}

fn name(info: &FieldInfo) -> String {
    let form = info.argument_form();
    if form.is_empty() || info.flags.contains(FieldFlags::ARG_REQUIRED) {
        format!("{}{form}", info.name)
    } else {
        format!("{}({form})", info.name)
    }
}

fn kind(info: &FieldInfo) -> String {
    let list = if info.flags.contains(FieldFlags::IS_LIST) {
        ", list"
    } else {
        ""
    };
    format!("{}{list}", info.kind.as_str())
}

fn description(info: &FieldInfo) -> String {
    let mut text = info.description().to_owned();
    for (flag, words) in [
        (FieldFlags::FILTER_ONLY, " In conditions only."),
        (FieldFlags::PRINT_ONLY, " In outputs only."),
        (FieldFlags::DEPRECATED, " Deprecated."),
    ] {
        if info.flags.contains(flag) {
            text.push_str(words);
        }
    }
    text
}

/// Text that does not end a cell of a table, and no tags.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}
