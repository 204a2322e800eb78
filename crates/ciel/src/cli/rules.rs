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

const TEST_HELP: &str = "\
A file of tests is YAML: rule files, and events with what is expected of the rules.

  rules: [falco_rules.yaml]              # from where this file stands
  tests:
    - name: a shell in a container
      event:                             # fields that are left out have no value
        evt.type: execve
        proc.name: bash
        proc.tty: 34816
        container.id: 3ad7b26ded6d
      alerts:
        - Terminal shell in container
    - name: a recorded attack
      capture: attack.scap               # or audit: an event of an audit log, or the name of one
      alerts:
        - rule: Read sensitive file untrusted
          count: 2                       # also priority, output (what is in the message), fields
      silent: [Contact EC2 Instance Metadata Service From Container]

`alerts: []` is for no alert at all. All rules that match alert, as with --rule-matching all;
`matching: first` is for the first alone.

Exit codes:
  0  all tests pass
  1  a test fails
  2  wrong use, or a file of tests that cannot be read
  3  rules that do not load, or a capture that is cut off or damaged

Examples:
  ciel rules test rules.test.yaml
  ciel rules test tests/ --rules falco_rules.yaml local_rules.yaml
  ciel rules test tests/ --format json";

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
    /// Show rules example events, and say whether they alert as they should
    Test(RulesTestArgs),
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

#[derive(Args, Debug)]
#[command(after_long_help = TEST_HELP)]
pub(crate) struct RulesTestArgs {
    /// Files of tests, and folders of them
    #[arg(value_name = "FILE|DIR", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Rule files and folders of them, loaded before those that a file of tests names
    #[arg(short, long, value_name = "FILE|DIR", value_hint = ValueHint::AnyPath, num_args = 1..)]
    pub(crate) rules: Vec<PathBuf>,
    /// Form of the report
    #[arg(short, long, value_name = "NAME", value_enum, default_value = "text")]
    pub(crate) format: RulesFormat,
}
