mod audit_log;
mod captures;
mod checks;
mod completion;
mod config;
mod events;
mod explain;
mod lookup;
mod man;
mod rules;
mod scan;
mod watch;

use crate::{
    cli::{Cli, Command},
    exit::Exit,
};

/// Runs what the command line asks for.
pub(crate) fn run(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Scan(args) => scan::run(&args),
        Command::Fix(args) => scan::fix(&args),
        Command::Events(args) => events::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Checks(args) => checks::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Completion(args) => completion::run(&args),
        Command::Man(args) => man::run(&args),
    }
}
