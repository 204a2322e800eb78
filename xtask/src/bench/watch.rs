//! `cargo xtask bench watch`: captures held against Falco's official rules.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{
    captures::{self, KINDS, MANY},
    gates::{Gates, Row, held_to},
    measure::Job,
    scan::{build_ciel, bytes_of},
};
use crate::repo;

/// The files with rules for the kernel's events, in the order in which Falco is given them.
const RULES: [&str; 3] = [
    "falco_rules.yaml",
    "falco-incubating_rules.yaml",
    "falco-sandbox_rules.yaml",
];

/// Measures the start and each kind of capture, prints a table, fails if a count is above its gate.
pub(super) fn run(runs: usize, count_instructions: bool) -> Result<()> {
    let root = repo::root();
    let Some(suite) = captures::suite()? else {
        return Ok(());
    };
    let gates = Gates::read(&root)?;
    let scratch = repo::target_folder(&root)?.join("bench");
    let ciel = build_ciel(&root, &scratch)?;
    println!("{}", Row::head());
    let mut broken = Vec::new();
    let mut tell = |row: &Row<'_>| {
        println!("{}", row.line(&gates));
        if row.is_broken(&gates) {
            broken.push(row.name.to_owned());
        }
    };
    let empty = KINDS[3].write(&suite, &scratch, 0)?;
    let start = job(&ciel, &suite, &empty);
    tell(&Row {
        name: "watch-start",
        events: 0,
        bytes: bytes_of(&empty),
        cost: &start.cost(runs)?,
        instructions: None,
    });
    for kind in &KINDS {
        let input = kind.write(&suite, &scratch, MANY)?;
        let cost = job(&ciel, &suite, &input).cost(runs)?;
        let count = count_instructions.then(|| {
            kind.instructions_per_event(&suite, &scratch, |path| job(&ciel, &suite, path))
        });
        tell(&Row {
            name: &format!("watch-{}", kind.name),
            events: MANY,
            bytes: bytes_of(&input),
            cost: &cost,
            instructions: count.transpose()?,
        });
    }
    held_to(&broken)
}

/// Instructions of each kind that has a gate, for `cargo xtask bench gates`.
pub(super) fn gates(ciel: &Path, suite: &Path, scratch: &Path) -> Result<Vec<(String, u64)>> {
    captures::counts("watch", suite, scratch, |path| job(ciel, suite, path))
}

fn job(ciel: &Path, suite: &Path, input: &Path) -> Job {
    let rules: Vec<PathBuf> = RULES
        .iter()
        .map(|name| suite.join("rules").join(name))
        .collect();
    let mut arguments = vec!["watch".into(), "--no-containers".into(), "--rules".into()];
    arguments.extend(rules.iter().map(|path| path.to_string_lossy()));
    arguments.push("--replay".into());
    let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
    captures::job(ciel, &arguments, input)
}
