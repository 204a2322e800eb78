//! The table of events and the constants of their codes.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Row, bits, camel, head};

const TYPES: &[(&str, &str)] = &[
    ("charbufarray", "CharbufArray"),
    ("charbuf_pair_array", "CharbufPairs"),
    ("fdlist", "FdList"),
    ("fspath", "FsPath"),
    ("fsrelpath", "FsRelPath"),
    ("syscallid", "SyscallId"),
    ("sigtype", "SigType"),
    ("sigset", "SigSet"),
    ("reltime", "RelTime"),
    ("abstime", "AbsTime"),
    ("ipv4addr", "Ipv4Addr"),
    ("ipv6addr", "Ipv6Addr"),
    ("ipaddr", "IpAddr"),
    ("ipnet", "IpNet"),
    ("enumflags8", "EnumFlags8"),
    ("enumflags16", "EnumFlags16"),
    ("enumflags32", "EnumFlags32"),
    ("skipparsereset", "SKIP_PARSE_RESET"),
    ("10_padded_dec", "PaddedDec"),
];

/// A word of the tables as the variant that stands for it.
pub(super) fn variant(word: &str) -> String {
    TYPES
        .iter()
        .find(|(known, _)| *known == word)
        .map_or_else(|| camel(word), |(_, name)| (*name).to_owned())
}

/// One constant a code.
pub(super) fn codes(rows: &[Row]) -> Result<String> {
    let mut text = head("A constant for each code of the table of events.");
    text.push_str("use super::EventCode;\n\n");
    for row in rows {
        let [code, constant, name, _, _, flags, ..] = row.as_slice() else {
            bail!("short row")
        };
        if flags.contains("unused") {
            continue;
        }
        let side = if constant.ends_with("_X") {
            "end"
        } else {
            "beginning"
        };
        writeln!(text, "/// `{name}`, {side}.")?;
        writeln!(
            text,
            "pub const {}: EventCode = EventCode({code});",
            constant.trim_start_matches("PPME_")
        )?;
    }
    Ok(text)
}

/// The table itself, a line an event.
pub(super) fn table(rows: &[Row]) -> Result<String> {
    let mut text = head("The table of events.");
    text.push_str(
        "use super::{\n    Category as C, EventFlags, EventInfo, EventSource as S, Format as F, ParamInfo, ParamType as T, Refers, names as n,\n};\n\n\
         const fn e(\n    constant: &'static str,\n    name: &'static str,\n    category: C,\n    source: S,\n    flags: u16,\n    params: &'static [ParamInfo],\n) -> EventInfo {\n    \
         EventInfo {\n        constant,\n        name,\n        category,\n        source,\n        flags: EventFlags(flags),\n        params,\n    }\n}\n\n\
         const fn p(name: &'static str, kind: T, format: F) -> ParamInfo {\n    r(name, kind, format, Refers::Nothing)\n}\n\n\
         const fn r(name: &'static str, kind: T, format: F, refers: Refers) -> ParamInfo {\n    \
         ParamInfo {\n        name,\n        kind,\n        format,\n        refers,\n    }\n}\n\n\
         /// What is said of a code that the table does not know.\n\
         pub(super) static UNKNOWN: EventInfo = e(\"UNKNOWN\", \"NA\", C::Unknown, S::Unknown, 128, &[]);\n\n\
         /// By code.\n#[rustfmt::skip]\npub(super) static EVENTS: &[EventInfo] = &[\n",
    );
    for (index, row) in rows.iter().enumerate() {
        let [code, constant, name, category, source, flags, params] = row.as_slice() else {
            bail!("row {index} has {} columns", row.len());
        };
        if code.parse::<usize>()? != index {
            bail!("code {code} stands at {index}");
        }
        let source = if source.is_empty() { "unknown" } else { source };
        let params: Result<Vec<String>> = params.split_whitespace().map(param).collect();
        writeln!(
            text,
            "    e(\"{}\", \"{name}\", C::{}, S::{}, {}, &[{}]),",
            constant.trim_start_matches("PPME_"),
            camel(category),
            camel(source),
            bits(flags, &FLAGS)?,
            params?.join(", ")
        )?;
    }
    text.push_str("];\n");
    Ok(text)
}

/// The flags, by bit.
const FLAGS: [&str; 12] = [
    "creates_fd",
    "destroys_fd",
    "uses_fd",
    "reads_from_fd",
    "writes_to_fd",
    "modifies_state",
    "old_version",
    "unused",
    "large_payload",
    "skipparsereset",
    "waits",
    "converter_managed",
];

fn param(text: &str) -> Result<String> {
    let mut parts = text.split(':');
    let (Some(name), Some(kind), Some(format)) = (parts.next(), parts.next(), parts.next()) else {
        bail!("not a parameter: {text}");
    };
    let (kind, format) = (variant(kind), variant(format));
    Ok(match parts.next() {
        None => format!("p(\"{name}\", T::{kind}, F::{format})"),
        Some(refers) => {
            let refers = if let Some(index) = refers.strip_prefix("dirfd=") {
                format!("Refers::Directory({index})")
            } else if refers.ends_with("_dynamic_param") {
                format!(
                    "Refers::Variants(\"{}\")",
                    refers.trim_end_matches("_dynamic_param")
                )
            } else {
                format!("Refers::Names(n::{})", refers.to_uppercase())
            };
            format!("r(\"{name}\", T::{kind}, F::{format}, {refers})")
        }
    })
}
