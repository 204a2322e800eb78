//! What `ciel fix` has to say: the changes, what was left and why, and patches for what is rendered.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};
use ciel_core::{Finding, ObjectRef, PatchOp, SourceKind};
use serde_json::{Map, Value, json};

use crate::{TextStyle, unified_diff};

/// What became of the fixes of a run.
#[derive(Clone, Copy, Debug)]
pub struct FixReport<'a> {
    /// The files that change, in the order of the sources.
    pub files: &'a [FileFix],
    /// Findings that are gone, with what was done.
    pub done: &'a [FixNote],
    /// Findings that have a fix and stay, with the reason.
    pub left: &'a [FixNote],
    /// Findings that were not there before.
    pub appeared: &'a [FixNote],
    /// Findings in what charts and kustomizations made.
    pub rendered: &'a [RenderedFix],
    /// Findings whose fixes were not asked for, as they may stop a program from working.
    pub held_back: usize,
    /// Whether the files were written.
    pub written: bool,
}

/// A file that changes.
#[derive(Clone, Debug)]
pub struct FileFix {
    /// Its name, as the source's.
    pub name: String,
    /// Its text as it was read.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
    /// Why it could not be written.
    pub error: Option<String>,
}

/// A finding with what there is to say of its fix.
#[derive(Clone, Debug)]
pub struct FixNote {
    /// The name of its source.
    pub source: String,
    /// Its line there, from 1.
    pub line: u32,
    /// The finding.
    pub finding: Finding,
    /// What was done, or why nothing was.
    pub text: String,
}

/// A finding in a text that was rendered.
#[derive(Clone, Debug)]
pub struct RenderedFix {
    /// The name of its source.
    pub source: String,
    /// What rendered it.
    pub kind: SourceKind,
    /// The finding, with its fix.
    pub finding: Finding,
    /// The values of the chart that decide about the fields, with what they should be, where that is known.
    pub values: Vec<(String, Value)>,
}

/// Writes the diffs and patches to `out`, so that `git apply` can read them, and everything else to `notes`.
///
/// # Errors
/// Whatever the writers return.
pub fn write_fixes(
    report: &FixReport<'_>,
    style: TextStyle,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> io::Result<()> {
    if !report.written {
        for file in report.files {
            unified_diff(&file.name, &file.before, &file.after, style, out)?;
        }
    }
    write_patches(report.rendered, out)?;
    let (green, yellow) = (
        style.paint(AnsiColor::Green.on_default()),
        style.paint(AnsiColor::Yellow.on_default()),
    );
    if report.written {
        write_notes("fixed", green, report.done, notes)?;
    }
    write_notes("left", yellow, report.left, notes)?;
    write_notes("new", yellow, report.appeared, notes)?;
    for file in report.files {
        if let Some(error) = &file.error {
            writeln!(notes, "error: {} is not written: {error}", file.name)?;
        }
    }
    write_summary(report, notes)
}

fn write_notes(
    word: &str,
    style: Style,
    list: &[FixNote],
    notes: &mut dyn Write,
) -> io::Result<()> {
    for note in list {
        let finding = &note.finding;
        writeln!(
            notes,
            "{style}{word:<5}{style:#} {}:{} {} {} [{}]: {}",
            note.source,
            note.line,
            finding.check.code,
            full_name(&finding.object),
            finding.path,
            note.text
        )?;
    }
    Ok(())
}

fn write_summary(report: &FixReport<'_>, notes: &mut dyn Write) -> io::Result<()> {
    let count = |count: usize, one: &str| {
        let many = if count == 1 { "" } else { "s" };
        format!("{count} {one}{many}")
    };
    let written = report
        .files
        .iter()
        .filter(|file| file.error.is_none())
        .count();
    let verb = if report.written {
        "fixed"
    } else {
        "can be fixed"
    };
    writeln!(
        notes,
        "{} {verb} in {}, {} left, {} new",
        count(report.done.len(), "finding"),
        count(written, "file"),
        report.left.len(),
        report.appeared.len()
    )?;
    if !report.rendered.is_empty() {
        let findings = count(report.rendered.len(), "finding");
        writeln!(
            notes,
            "{findings} in what charts and kustomizations made: see the patches"
        )?;
    }
    if report.held_back > 0 {
        let fixes = count(report.held_back, "more fix").replace("fixs", "fixes");
        writeln!(
            notes,
            "{fixes} may stop a program from working: look at them with --unsafe-fixes"
        )?;
    }
    if !report.written && !report.files.is_empty() {
        writeln!(notes, "nothing is changed yet: --write changes the files")?;
    }
    Ok(())
}

fn full_name(object: &ObjectRef) -> String {
    let slash = if object.namespace.is_empty() { "" } else { "/" };
    format!("{} {}{slash}{}", object.kind, object.namespace, object.name)
}

/// The patches of all findings of an object, joined: several fixes may make the same parent.
#[derive(Default)]
struct Joined<'a> {
    ops: Vec<(&'static str, &'a str, Option<Value>)>,
    comments: Vec<String>,
    values: Vec<(&'a str, &'a Value)>,
}

impl<'a> Joined<'a> {
    fn add(&mut self, finding: &'a Finding) {
        let Some(fix) = &finding.fix else { return };
        self.comments
            .push(format!("{} {}", finding.check.code, fix.description));
        for op in &fix.patch {
            let (name, path, value) = match op {
                PatchOp::Add { path, value } => ("add", path, Some(value.to_value())),
                PatchOp::Replace { path, value } => ("replace", path, Some(value.clone())),
                PatchOp::Remove { path } => ("remove", path, None),
            };
            // Each of several items goes to the end of the list.
            let is_place = !path.ends_with("/-");
            let mut known = self.ops.iter_mut().filter(|_| is_place);
            let same = known.find(|(_, known, _)| known == path);
            match (same, value) {
                (Some((_, _, Some(known))), Some(value)) => merge(known, value),
                (Some(_), _) => {}
                (None, value) => self.ops.push((name, path, value)),
            }
        }
    }

    /// As JSON, one operation a line; removals last and from the end, so that no index shifts.
    fn lines(mut self) -> Vec<String> {
        self.ops.sort_by(|a, b| {
            let is_removal = |op: &(&str, &str, Option<Value>)| op.0 == "remove";
            (is_removal(a).cmp(&is_removal(b))).then_with(|| match is_removal(a) {
                true => (b.1.len(), b.1).cmp(&(a.1.len(), a.1)),
                false => std::cmp::Ordering::Equal,
            })
        });
        let line = |(op, path, value): (&str, &str, Option<Value>)| {
            let mut fields = json!({"op": op, "path": path});
            if let (Some(value), Some(fields)) = (value, fields.as_object_mut()) {
                fields.insert("value".to_owned(), value);
            }
            fields.to_string()
        };
        self.ops.into_iter().map(line).collect()
    }
}

/// Puts the entries of one mapping into another.
fn merge(into: &mut Value, value: Value) {
    match (into, value) {
        (Value::Object(into), Value::Object(map)) => {
            for (key, value) in map {
                merge(into.entry(key).or_insert(Value::Object(Map::new())), value);
            }
        }
        (into, value) => *into = value,
    }
}

/// The patches as kustomize takes them, with the sources that they are for.
fn write_patches(rendered: &[RenderedFix], out: &mut dyn Write) -> io::Result<()> {
    let mut objects: BTreeMap<(&str, &ObjectRef), (SourceKind, Joined<'_>)> = BTreeMap::new();
    for fix in rendered {
        let key = (fix.source.as_str(), &*fix.finding.object);
        let (_, joined) = objects
            .entry(key)
            .or_insert_with(|| (fix.kind, Joined::default()));
        joined.add(&fix.finding);
        let values = fix.values.iter();
        joined
            .values
            .extend(values.map(|(name, value)| (name.as_str(), value)));
    }
    for ((source, object), (kind, joined)) in objects {
        let hint = match kind {
            SourceKind::Helm => {
                "set it by a value of the chart, or in its template, or let kustomize patch what helm renders"
            }
            _ => "add it to the patches of the kustomization",
        };
        writeln!(out, "\n# {source}: {}", full_name(object))?;
        writeln!(out, "# {hint}")?;
        for comment in &joined.comments {
            writeln!(out, "# - {comment}")?;
        }
        for (name, value) in &joined.values {
            let setting = format!("{name}={value}").replace('\'', "'\\''");
            writeln!(out, "# value of the chart: --set-json '{setting}'")?;
        }
        writeln!(out, "patches:\n- target:")?;
        let (group, version) = object
            .api_version
            .rsplit_once('/')
            .unwrap_or(("", &object.api_version));
        let fields = [
            ("group", group),
            ("version", version),
            ("kind", &object.kind),
            ("namespace", &object.namespace),
            ("name", &object.name),
        ];
        for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(out, "    {key}: {}", Value::from(*value))?;
        }
        writeln!(out, "  patch: |-")?;
        for line in joined.lines() {
            writeln!(out, "    - {line}")?;
        }
    }
    Ok(())
}
