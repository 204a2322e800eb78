//! What is known already: schema `ciel.baseline/v1`. A finding a line, in an order of its own, so that a change to the
//! findings is a small change to the file.

use std::{
    collections::{HashMap, HashSet},
    io::{self, Write},
};

use ciel_core::{Finding, ObjectRef};
use serde::{Deserialize, Serialize};

const SCHEMA: &str = "ciel.baseline/v1";

/// Findings that are known: their checks' codes by fingerprint.
pub type Known = HashMap<String, String>;

/// A finding in a baseline. The fingerprint is what it is known by; the code tells whether it could have been found again,
/// and the rest is for people.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Entry<'a> {
    code: &'static str,
    object: String,
    path: &'a str,
    fingerprint: String,
    message: &'a str,
}

#[derive(Deserialize)]
struct Baseline {
    schema: String,
    findings: Vec<KnownEntry>,
}

#[derive(Deserialize)]
struct KnownEntry {
    #[serde(default)]
    code: String,
    fingerprint: String,
}

/// A text that is no baseline.
#[derive(Debug)]
pub struct ParseBaselineError(String);

impl std::fmt::Display for ParseBaselineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseBaselineError {}

/// Writes the findings that nobody has waved through, those of an older baseline among them.
///
/// # Errors
/// Where `out` takes no more.
pub fn write(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let counting = findings.iter().filter(|it| it.suppression.is_none());
    let mut entries: Vec<_> = counting
        .map(|finding| Entry {
            code: finding.check.code,
            object: name_of(&finding.object),
            path: finding.stable_path.as_deref().unwrap_or(&finding.path),
            fingerprint: finding.fingerprint(),
            message: &finding.message,
        })
        .collect();
    entries.sort();
    write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [")?;
    let mut separator = "\n    ";
    for entry in &entries {
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, entry)?;
        separator = ",\n    ";
    }
    let end = if entries.is_empty() {
        "]\n}\n"
    } else {
        "\n  ]\n}\n"
    };
    out.write_all(end.as_bytes())
}

fn name_of(object: &ObjectRef) -> String {
    let ObjectRef {
        kind,
        namespace,
        name,
        ..
    } = object;
    if namespace.is_empty() {
        format!("{kind} {name}")
    } else {
        format!("{kind} {namespace}/{name}")
    }
}

/// The findings of a baseline.
///
/// # Errors
/// For a text that is none, or is of a version that this Ciel does not know.
pub fn parse(text: &str) -> Result<Known, ParseBaselineError> {
    let baseline: Baseline =
        serde_json::from_str(text).map_err(|error| ParseBaselineError(error.to_string()))?;
    if baseline.schema != SCHEMA {
        let found = baseline.schema;
        return Err(ParseBaselineError(format!(
            "its schema is `{found}`, not `{SCHEMA}`"
        )));
    }
    Ok(baseline
        .findings
        .into_iter()
        .map(|it| (it.fingerprint, it.code))
        .collect())
}

/// Marks the findings that are known, and gives the codes of the known ones that are gone. One that somebody has waved
/// through since is not gone.
pub fn mark<'k>(findings: &mut [Finding], known: &'k Known) -> Vec<&'k str> {
    let mut met = HashSet::new();
    for finding in findings {
        if let Some((fingerprint, _)) = known.get_key_value(&finding.fingerprint()) {
            finding.is_known = true;
            met.insert(fingerprint);
        }
    }
    let gone = known
        .iter()
        .filter(|(fingerprint, _)| !met.contains(fingerprint));
    gone.map(|(_, code)| code.as_str()).collect()
}
