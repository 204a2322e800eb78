//! Arguments of `ciel watch`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

const HELP: &str = "\
Rules are Falco's own files, unmodified; later files add to earlier ones. A folder stands for the .yaml and .yml files in it, in
order of their names.

Exit codes:
  0  all was read; alerts do not change that without --fail-on
  1  alerts at or above --fail-on
  2  wrong use, rules that do not load, or no capture
  3  a capture is cut off or damaged; what could be read was watched

Examples:
  ciel watch --replay attack.scap --rules falco_rules.yaml
  ciel watch --replay attack.scap --rules rules.d/ --format json --rule-matching all
  ciel watch --replay ci.scap --rules rules.d/ --fail-on warning
  ciel watch --replay audit.log --rules k8s_audit_rules.yaml
  ciel watch --replay trace.scap --rules rules.d/ --output alerts --stats";

#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct WatchArgs {
    /// Captures or audit logs of API servers to watch; - for standard input. To watch this machine comes with the agent
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 1..)]
    pub(crate) replay: Vec<PathBuf>,
    /// Falco's rule files, and folders of them
    #[arg(short, long, value_name = "FILE|DIR", value_hint = ValueHint::AnyPath, num_args = 1.., help_heading = "Rules")]
    pub(crate) rules: Vec<PathBuf>,
    /// Do not load Ciel's own rules beside them
    #[arg(long, help_heading = "Rules")]
    pub(crate) no_default_rules: bool,
    /// Whether only the first rule that matches an event alerts, or all
    #[arg(
        long,
        value_name = "MODE",
        value_enum,
        default_value = "first",
        help_heading = "Rules"
    )]
    pub(crate) rule_matching: RuleMatching,
    /// Only rules at least as urgent as this: emergency, alert, critical, error, warning, notice, informational or debug
    #[arg(long, value_name = "PRIORITY", value_parser = priority, help_heading = "Rules")]
    pub(crate) priority: Option<ciel_falco::load::Priority>,
    /// Not these rules; a star stands for any letters
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        help_heading = "Rules"
    )]
    pub(crate) disable_rule: Vec<String>,
    /// Not rules with one of these tags
    #[arg(
        long,
        value_name = "TAG",
        value_delimiter = ',',
        help_heading = "Rules"
    )]
    pub(crate) disable_tag: Vec<String>,
    /// Only rules with one of these tags
    #[arg(
        long,
        value_name = "TAG",
        value_delimiter = ',',
        conflicts_with = "disable_tag",
        help_heading = "Rules"
    )]
    pub(crate) select_tag: Vec<String>,

    /// Form of the alerts
    #[arg(
        short,
        long,
        value_name = "NAME",
        value_enum,
        default_value = "text",
        help_heading = "Report"
    )]
    pub(crate) format: AlertsFormat,
    /// Write the alerts here instead of to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) output: Option<PathBuf>,
    /// Say at the end what events and rules cost: on standard error, or all of it as JSON in a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 0..=1, require_equals = true, default_missing_value = "-", help_heading = "Report")]
    pub(crate) stats: Option<PathBuf>,
    /// Every process counts as the host's: no container is told of
    #[arg(long, help_heading = "Report")]
    pub(crate) no_containers: bool,
    /// Exit with 1 for alerts from this priority on
    #[arg(long, value_name = "PRIORITY", value_parser = priority, help_heading = "Report")]
    pub(crate) fail_on: Option<ciel_falco::load::Priority>,
    /// Do not exit with 3 where a capture is cut off
    #[arg(long, help_heading = "Report")]
    pub(crate) allow_incomplete: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum RuleMatching {
    First,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum AlertsFormat {
    Text,
    Json,
}

fn priority(text: &str) -> Result<ciel_falco::load::Priority, String> {
    ciel_falco::load::Priority::parse(text).ok_or_else(|| {
        let known: Vec<String> = ciel_falco::load::Priority::ALL
            .iter()
            .map(|priority| priority.as_str().to_ascii_lowercase())
            .collect();
        format!("`{text}` is no priority: use one of {}", known.join(", "))
    })
}
