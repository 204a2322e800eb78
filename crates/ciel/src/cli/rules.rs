//! Arguments of `ciel rules`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

const CHECK_HELP: &str = "\
Files are loaded in order, each on top of those before it, as Falco 0.44 loads them (engine 0.63, with the plugins
container and json; with k8saudit, if a file requires it). Errors and warnings have Falco's codes.

Exit codes:
  0  all files load
  2  wrong use
  3  a file does not load

Examples:
  ciel rules check falco_rules.yaml
  ciel rules check falco_rules.yaml local_rules.yaml
  ciel rules check --format json rules/*.yaml";

#[derive(Args, Debug)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Say whether Falco's rule files load, and what is wrong with them
    Check(RulesCheckArgs),
    /// List the rules of rule files
    List(RulesListArgs),
    /// Show what a rule means: its condition with lists and macros unfolded, the events that it runs on
    Explain(RulesExplainArgs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    Text,
    Json,
}

#[derive(Args, Debug)]
#[command(after_long_help = CHECK_HELP)]
pub(crate) struct RulesCheckArgs {
    /// Rule files and folders of them, in the order in which they are loaded; - for standard input
    #[arg(value_name = "FILE|DIR", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Form of the report; json is Falco's
    #[arg(short, long, value_name = "NAME", value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
}

#[derive(Args, Debug)]
pub(crate) struct RulesListArgs {
    /// Rule files and folders of them, in the order in which they are loaded; - for standard input
    #[arg(value_name = "FILE|DIR", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Form of the list
    #[arg(short, long, value_name = "NAME", value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
}

#[derive(Args, Debug)]
pub(crate) struct RulesExplainArgs {
    /// The rule's name
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
    /// Rule files and folders of them, in the order in which they are loaded; - for standard input
    #[arg(value_name = "FILE|DIR", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Form of the explanation
    #[arg(short, long, value_name = "NAME", value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
}
