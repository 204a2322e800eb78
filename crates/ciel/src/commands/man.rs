use std::fs;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::{
    cli::{Cli, ManArgs},
    exit::Exit,
};

pub(crate) fn run(args: &ManArgs) -> anyhow::Result<Exit> {
    let folder = args.folder.display();
    fs::create_dir_all(&args.folder).with_context(|| format!("cannot make {folder}"))?;
    clap_mangen::generate_to(Cli::command(), &args.folder)
        .with_context(|| format!("cannot write to {folder}"))?;
    Ok(Exit::Clean)
}
