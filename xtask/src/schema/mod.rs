//! `cargo xtask schema`: tables of events, conversions and fields as Rust, from the facts in the suites (`falco/tables`).

mod conversions;
mod events;
mod fields;
mod names;

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

use crate::repo;

/// A row of a table: its columns.
type Row = Vec<String>;

/// Writes the tables, or with `check` only says which are out of date.
pub(crate) fn run(check: bool) -> Result<()> {
    let tables = Tables::find()?;
    let events = tables.read("events")?;
    let event = "crates/ciel-event/src/schema";
    let files = [
        (format!("{event}/events.rs"), events::table(&events)?),
        (format!("{event}/codes.rs"), events::codes(&events)?),
        (
            format!("{event}/names.rs"),
            names::flags(&tables.read("flags")?)?,
        ),
        (
            format!("{event}/syscalls.rs"),
            names::syscalls(&tables.read("syscalls")?)?,
        ),
        (
            "crates/ciel-scap/src/convert/table.rs".to_owned(),
            conversions::table(&tables.read("conversions")?)?,
        ),
        (
            "crates/ciel-fields/src/table.rs".to_owned(),
            fields::table(&[tables.read("fields")?, rows(PLUGIN_FIELDS), rows(AROUND)].concat())?,
        ),
    ];
    let mut stale = Vec::new();
    for (name, text) in files {
        let path = repo::root().join(&name);
        let text = formatted(&text)?;
        if fs::read_to_string(&path).ok().as_deref() == Some(&text) {
            continue;
        }
        if !check {
            fs::write(&path, text).with_context(|| format!("cannot write {name}"))?;
        }
        println!("{name}");
        stale.push(name);
    }
    if check && !stale.is_empty() {
        bail!(
            "out of date: {}; run `cargo xtask schema`",
            stale.join(", ")
        );
    }
    Ok(())
}

/// As rustfmt lays it out, so that the file is equal however it came about.
fn formatted(text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start rustfmt: run `rustup component add rustfmt`")?;
    let mut input = rustfmt.stdin.take().context("rustfmt has no input")?;
    let source = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(source.as_bytes()));
    let output = rustfmt.wait_with_output()?;
    writer
        .join()
        .map_err(|_panic| anyhow!("cannot write to rustfmt"))??;
    if !output.status.success() {
        bail!("rustfmt does not read what was generated");
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The folder of the facts.
struct Tables(PathBuf);

impl Tables {
    fn find() -> Result<Self> {
        let suites = std::env::var_os("CIEL_SUITES")
            .map_or_else(|| repo::root().join("../shared/suites"), PathBuf::from);
        let folder = suites.join("falco/tables");
        if !folder.is_dir() {
            bail!("no tables at {}: set CIEL_SUITES", folder.display());
        }
        Ok(Self(folder))
    }

    /// The rows of a table, without its heading.
    fn read(&self, name: &str) -> Result<Vec<Row>> {
        let path = self.0.join(name).with_extension("tsv");
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(rows(&text))
    }
}

/// The fields of Falco's container plugin, which its own table does not have: written down by hand.
const PLUGIN_FIELDS: &str = include_str!("plugin-fields.tsv");

/// A field that Falco has and its table in the suites has not.
const AROUND: &str = "field\ttype\tformat\targument and flags
evt.around\tuint64\tdec\targ_required filter_only no_rhs no_transformer
";

/// The rows of a table, without its heading.
fn rows(text: &str) -> Vec<Row> {
    let columns = text.lines().next().unwrap_or_default().split('\t').count();
    text.lines()
        .skip(1)
        .map(|line| {
            let mut row: Row = line.split('\t').map(str::to_owned).collect();
            row.resize(columns.max(row.len()), String::new());
            row
        })
        .collect()
}

/// `snake_case` or `dotted.words` as `CamelCase`.
fn camel(words: &str) -> String {
    words
        .split(['_', '.'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        })
        .collect()
}

/// The bits of flags, each named by its place among `names`.
fn bits(flags: &str, names: &[&str]) -> Result<u16> {
    flags.split_whitespace().try_fold(0, |bits, flag| {
        let bit = names
            .iter()
            .position(|known| *known == flag)
            .with_context(|| format!("unknown flag {flag}"))?;
        Ok(bits | 1 << bit)
    })
}

/// The comment at the head of a generated file.
fn head(what: &str) -> String {
    format!("//! {what}\n//!\n//! Written by `cargo xtask schema`; do not edit.\n\n")
}
