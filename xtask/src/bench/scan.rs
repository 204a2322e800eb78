//! `cargo xtask bench scan`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::captures;
use super::corpus::{Corpus, Shape};
use super::gates::{Gates, held_to, verdict};
use super::generate::SEED;
use super::measure::Job;
use super::{events, watch};
use crate::repo;

/// One row of the table.
struct Case {
    name: &'static str,
    corpus: Corpus,
    /// Valgrind is some fifty times slower: not for the largest.
    counts_instructions: bool,
}

const fn case(name: &'static str, objects: usize, shape: Shape, counts_instructions: bool) -> Case {
    Case {
        name,
        corpus: Corpus {
            objects,
            shape,
            seed: SEED,
        },
        counts_instructions,
    }
}

const CASES: [Case; 6] = [
    case("one-manifest", 1, Shape::Files, true),
    case("files-1000", 1_000, Shape::Files, true),
    case("dump-2000-yaml", 2_000, Shape::Yaml, true),
    case("dump-2000-json", 2_000, Shape::Json, true),
    case("dump-100000-yaml", 100_000, Shape::Yaml, false),
    case("dump-100000-json", 100_000, Shape::Json, false),
];

/// Measures every case whose name contains `only`, prints a table, fails if a count is above its gate.
pub(super) fn run(runs: usize, only: &str, count_instructions: bool) -> Result<()> {
    let root = repo::root();
    let gates = Gates::read(&root)?;
    let scratch = repo::target_folder(&root)?.join("bench");
    let ciel = build_ciel(&root, &scratch)?;
    println!(
        "{:<18} {:>9} {:>9} {:>10} {:>10} {:>9} {:>14}  within goal and gate",
        "case", "objects", "MB", "best ms", "median ms", "peak MiB", "instr./object"
    );
    let mut broken = Vec::new();
    for case in CASES.iter().filter(|case| case.name.contains(only)) {
        let input = case.corpus.write(&scratch.join("corpus"))?;
        let job = ciel_job(&ciel, &input);
        let cost = job
            .cost(runs)
            .with_context(|| format!("case {}", case.name))?;
        let count = if case.counts_instructions && count_instructions {
            Some(job.instructions()? / case.corpus.objects as u64)
        } else {
            None
        };
        let gate = gates.of(case.name);
        let (best, peak) = (cost.best.as_secs_f64() * 1e3, cost.peak_kib as f64 / 1024.0);
        let is_broken = count
            .zip(gate.instructions_per_object)
            .is_some_and(|(count, gate)| count > gate);
        let verdicts = [
            verdict("time", gate.milliseconds.map(|goal| best <= goal)),
            verdict("memory", gate.mebibytes.map(|goal| peak <= goal)),
            verdict(
                "instructions",
                count.and(gate.instructions_per_object).map(|_| !is_broken),
            ),
        ];
        println!(
            "{:<18} {:>9} {:>9.2} {:>10.1} {:>10.1} {:>9.1} {:>14}  {}",
            case.name,
            case.corpus.objects,
            bytes_of(&input) as f64 / 1e6,
            best,
            cost.median.as_secs_f64() * 1e3,
            peak,
            count.map_or("-".to_owned(), |count| count.to_string()),
            verdicts.concat().trim(),
        );
        if is_broken {
            broken.push(case.name.to_owned());
        }
    }
    held_to(&broken)
}

/// Counts the instructions of every case that has a gate, prints them, fails if one is above its gate.
pub(super) fn gates() -> Result<()> {
    let root = repo::root();
    let gates = Gates::read(&root)?;
    let scratch = repo::target_folder(&root)?.join("bench");
    let ciel = build_ciel(&root, &scratch)?;
    println!("{:<18} {:>14} {:>14}", "case", "instr./object", "gate");
    let mut broken = Vec::new();
    for case in CASES.iter().filter(|case| case.counts_instructions) {
        let Some(gate) = gates.of(case.name).instructions_per_object else {
            bail!(
                "benches/gates.toml has no instructions_per_object for {}",
                case.name
            );
        };
        let input = case.corpus.write(&scratch.join("corpus"))?;
        let count = ciel_job(&ciel, &input).instructions()? / case.corpus.objects as u64;
        println!("{:<18} {count:>14} {gate:>14}", case.name);
        if count > gate {
            broken.push(case.name.to_owned());
        }
    }
    if let Some(suite) = captures::suite()? {
        let mut counts = events::gates(&ciel, &suite, &scratch)?;
        counts.append(&mut watch::gates(&ciel, &suite, &scratch)?);
        for (name, count) in counts {
            let Some(gate) = gates.of(&name).instructions_per_event else {
                bail!("benches/gates.toml has no instructions_per_event for {name}");
            };
            println!("{name:<18} {count:>14} {gate:>14}  per event");
            if count > gate {
                broken.push(name);
            }
        }
    }
    held_to(&broken)
}

/// Builds the release binary and copies it, so that another build does not change it under the measurement.
pub(super) fn build_ciel(root: &Path, scratch: &Path) -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--release", "--quiet", "-p", "ciel"])
        .status()?;
    if !status.success() {
        bail!("ciel does not build");
    }
    fs::create_dir_all(scratch)?;
    let copy = scratch.join("ciel");
    fs::copy(repo::target_folder(root)?.join("release/ciel"), &copy).context("cannot copy ciel")?;
    Ok(copy)
}

/// A scan of everything, report thrown away. Exit code 3 is no good exit: all of the input must have been read.
pub(super) fn ciel_job(ciel: &Path, input: &Path) -> Job {
    let arguments = [
        "scan",
        &input.to_string_lossy(),
        "--format",
        "json",
        "--fail-on",
        "never",
    ];
    Job {
        program: ciel.to_string_lossy().into_owned(),
        arguments: arguments.map(str::to_owned).to_vec(),
        environment: Vec::new(),
        good_exits: &[0],
    }
}

/// Bytes of a file, or of all files below a folder.
pub(super) fn bytes_of(path: &Path) -> u64 {
    if let Ok(entries) = fs::read_dir(path) {
        return entries.flatten().map(|entry| bytes_of(&entry.path())).sum();
    }
    path.metadata().map_or(0, |meta| meta.len())
}
