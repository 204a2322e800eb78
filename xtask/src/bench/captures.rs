//! Captures to measure with: the suites' own, over and over, and a machine that starts one short process after the other.

use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use super::{
    generate::{SEED, capture},
    measure::Job,
};
use crate::repo;

/// Events of the captures that time and memory are taken of.
pub(super) const MANY: u64 = 1_000_000;
/// Events of those whose instructions are counted: valgrind is some fifty times slower.
pub(super) const FEW: u64 = 50_000;
/// Events of a short process.
pub(super) const EVENTS_OF_PROCESS: u64 = 10;

/// What a capture is made of.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// The events of a capture of the suites.
    Suite(&'static str),
    /// Short processes.
    Processes,
}

/// A kind of capture, and what it is called in tables.
pub(super) struct Kind {
    pub(super) name: &'static str,
    source: Source,
}

/// An intruder, a web server, a capture of 2016 whose events are converted, and short processes.
pub(super) const KINDS: [Kind; 4] = [
    kind("attack", Source::Suite("node-attack.scap")),
    kind("web", Source::Suite("node-web.scap")),
    kind("old", Source::Suite("curl_google.scap")),
    kind("processes", Source::Processes),
];

const fn kind(name: &'static str, source: Source) -> Kind {
    Kind { name, source }
}

/// The folder of the suites' data for Falco; `None` where it is absent, which is said, and an error in CI.
pub(super) fn suite() -> Result<Option<PathBuf>> {
    let suites = std::env::var_os("CIEL_SUITES")
        .map_or_else(|| repo::root().join("../shared/suites"), PathBuf::from);
    let folder = suites.join("falco");
    if folder.is_dir() {
        return Ok(Some(folder));
    }
    let message = format!(
        "no captures at {}: set CIEL_SUITES to the folder of the suites",
        folder.display()
    );
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        bail!(message);
    }
    eprintln!("skipped: {message}");
    Ok(None)
}

impl Kind {
    /// Writes a capture of `count` events, and says where; 0 are only what stands before them.
    pub(super) fn write(&self, suite: &Path, scratch: &Path, count: u64) -> Result<PathBuf> {
        let folder = scratch.join("captures");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{}-{count}.scap", self.name));
        let out = BufWriter::new(File::create(&path)?);
        match self.source {
            Source::Suite(name) => {
                let from = suite.join("captures").join(name);
                let file =
                    File::open(&from).with_context(|| format!("cannot read {}", from.display()))?;
                capture::repeat(file, count, out)?;
            }
            Source::Processes => capture::processes(SEED, count / EVENTS_OF_PROCESS, out)?,
        }
        Ok(path)
    }

    /// Instructions of one event: those of a capture without those of the same capture's beginning.
    pub(super) fn instructions_per_event(
        &self,
        suite: &Path,
        scratch: &Path,
        job: impl Fn(&Path) -> Job,
    ) -> Result<u64> {
        let beginning = job(&self.write(suite, scratch, 0)?).instructions()?;
        let all = job(&self.write(suite, scratch, FEW)?).instructions()?;
        Ok(all.saturating_sub(beginning) / FEW)
    }
}

/// Instructions of one event of each kind, named after the bench.
pub(super) fn counts(
    bench: &str,
    suite: &Path,
    scratch: &Path,
    job: impl Fn(&Path) -> Job,
) -> Result<Vec<(String, u64)>> {
    KINDS
        .iter()
        .map(|kind| {
            let count = kind.instructions_per_event(suite, scratch, &job)?;
            Ok((format!("{bench}-{}", kind.name), count))
        })
        .collect()
}

/// Runs `ciel` on a capture; it must read all of it.
pub(super) fn job(ciel: &Path, arguments: &[&str], capture: &Path) -> Job {
    let own = arguments.iter().map(|argument| (*argument).to_owned());
    Job {
        program: ciel.to_string_lossy().into_owned(),
        arguments: own
            .chain([capture.to_string_lossy().into_owned()])
            .collect(),
        environment: Vec::new(),
        good_exits: &[0],
    }
}
