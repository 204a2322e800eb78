use std::io::Write as _;

use clap::CommandFactory as _;

use crate::{
    cli::{Cli, CompletionArgs},
    exit::Exit,
    output,
};

pub(crate) fn run(args: &CompletionArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ciel", &mut script);
    let mut out = output::open(None)?;
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}
