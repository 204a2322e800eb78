//! Ciel: finds the open door and the miner at work in Kubernetes.

mod cli;
mod commands;
mod config;
mod exit;
mod output;
mod progress;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::parse();
    init_logs(cli.verbose);
    match commands::run(cli) {
        Ok(exit) => exit.into(),
        Err(error) if exit::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            exit::Exit::Wrong.into()
        }
    }
}

/// Logs go to standard error; `-v` shows what is done, `-vv` how.
fn init_logs(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => tracing::Level::INFO,
        2 => tracing::Level::DEBUG,
        _ => tracing::Level::TRACE,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .init();
}
