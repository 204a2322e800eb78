//! Work on Ciel itself: `cargo xtask COMMAND`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it talks to the developer at the terminal"
)]

mod bench;
mod docs;
mod new_check;
mod repo;
mod schema;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Work on Ciel itself.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks what rustfmt and clippy cannot: layering, size of files, links in documents, tests of checks.
    Tidy,
    /// Begins a check: its source, its Markdown test, its line in the catalogue.
    NewCheck {
        /// Letters of the topic and three digits: POD042.
        code: String,
        /// The bad thing, in lower case with hyphens: privileged-container.
        name: String,
    },
    /// Writes docs/checks from the catalogue.
    Docs {
        /// Write nothing; fail if a page is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Writes the tables of events, conversions and fields from the suites' facts (`falco/tables`).
    Schema {
        /// Write nothing; fail if a table is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Measures scans.
    #[command(subcommand)]
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Tidy => tidy::run(),
        Command::NewCheck { code, name } => new_check::run(&code, &name),
        Command::Docs { check } => docs::run(check),
        Command::Schema { check } => schema::run(check),
        Command::Bench(bench) => bench::run(&bench),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
