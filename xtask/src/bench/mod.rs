//! `cargo xtask bench`: how long a scan takes, how much memory, how many instructions, and the same of others.

mod captures;
mod corpus;
mod events;
mod gates;
mod generate;
mod measure;
mod peers;
mod random;
mod rescan;
mod scan;
mod watch;
mod yaml;

use std::{fs::File, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::Subcommand;

use self::corpus::Corpus;

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Ciel on generated clusters, against benches/gates.toml.
    Scan {
        /// Timed runs of each case.
        #[arg(long, default_value_t = 10)]
        runs: usize,
        /// Only cases whose name contains this.
        #[arg(long, default_value = "")]
        only: String,
        /// Skip valgrind: time and memory only, no gate.
        #[arg(long)]
        no_instructions: bool,
    },
    /// Only the instructions, against benches/gates.toml: the same on a busy machine, so CI runs it.
    Gates,
    /// Ciel and other scanners on the same 1,000 files; installs them into a scratch folder.
    Peers {
        /// Timed runs of each program.
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// One changed file of 1,000 under `ciel scan --watch`.
    Rescan {
        /// How often the file changes.
        #[arg(long, default_value_t = 20)]
        runs: usize,
    },
    /// Captures of a million events read, without any event shown; beside it Debian's sysdig, where it is installed.
    Events {
        /// Timed runs of each case.
        #[arg(long, default_value_t = 5)]
        runs: usize,
        /// Short processes that are read from a pipe: memory does not grow with them.
        #[arg(long, default_value_t = 1_000_000)]
        processes: u64,
        /// Skip valgrind: time and memory only, no gate.
        #[arg(long)]
        no_instructions: bool,
    },
    /// Captures of a million events held against Falco's official rules.
    Watch {
        /// Timed runs of each case.
        #[arg(long, default_value_t = 5)]
        runs: usize,
        /// Skip valgrind: time and memory only, no gate.
        #[arg(long)]
        no_instructions: bool,
    },
    /// Writes a generated cluster and prints where.
    Generate {
        /// How many objects.
        #[arg(long, default_value_t = 1_000)]
        objects: usize,
        /// One file each, or one dump of all.
        #[arg(long, value_enum, default_value = "files")]
        shape: corpus::Shape,
        /// Another seed makes another cluster.
        #[arg(long, default_value_t = generate::SEED)]
        seed: u64,
        /// The folder.
        #[arg(long)]
        to: PathBuf,
    },
    /// Writes a generated capture to standard output.
    Capture {
        /// Events of this capture, over and over; without it, a machine that starts one short process after the other.
        #[arg(long)]
        from: Option<PathBuf>,
        /// How many events, or how many processes: each of these has ten.
        #[arg(long, default_value_t = 1_000_000)]
        count: u64,
        /// Another seed makes other processes.
        #[arg(long, default_value_t = generate::SEED)]
        seed: u64,
    },
}

/// Runs one of the benchmarks.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    match bench {
        Bench::Scan {
            runs,
            only,
            no_instructions,
        } => scan::run(*runs, only, !no_instructions),
        Bench::Gates => scan::gates(),
        Bench::Peers { runs } => peers::run(*runs),
        Bench::Rescan { runs } => rescan::run(*runs),
        Bench::Events {
            runs,
            processes,
            no_instructions,
        } => events::run(*runs, *processes, !no_instructions),
        Bench::Watch {
            runs,
            no_instructions,
        } => watch::run(*runs, !no_instructions),
        Bench::Generate {
            objects,
            shape,
            seed,
            to,
        } => {
            let path = Corpus {
                objects: *objects,
                shape: *shape,
                seed: *seed,
            }
            .write(to)?;
            println!("{}", path.display());
            Ok(())
        }
        Bench::Capture { from, count, seed } => {
            let out = std::io::stdout().lock();
            match from {
                Some(path) => {
                    let capture = File::open(path)
                        .with_context(|| format!("cannot read {}", path.display()))?;
                    generate::capture::repeat(capture, *count, out)
                }
                None => generate::capture::processes(*seed, *count, out),
            }
        }
    }
}
