pub(crate) mod events;
pub(crate) mod rules;
pub(crate) mod watch;

use std::path::{Path, PathBuf};

use ciel_checks::ProfileChoice;
use ciel_core::{Severity, Timestamp};
use ciel_report::Format;
use clap::{
    ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueHint,
};

/// Finds the open door and the miner at work in Kubernetes.
#[derive(Debug, Parser)]
#[command(
    name = "ciel",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    /// Say on standard error what is being done; twice for more
    #[arg(short, long, action = ArgAction::Count, global = true)]
    pub(crate) verbose: u8,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Reads the command line; ends the program where there is nothing to run. As a plugin of kubectl, which is a program
/// called `kubectl-ciel`, it calls itself as its users call it.
pub(crate) fn parse() -> Cli {
    let mut command = Cli::command();
    let own = std::env::args_os().next().map(PathBuf::from);
    let name = own.as_deref().and_then(Path::file_stem);
    if name.is_some_and(|name| name == "kubectl-ciel" || name == "kubectl_ciel") {
        command = command.bin_name("kubectl ciel");
    }
    let matches = command.get_matches();
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge manifests, charts, kustomizations, archives and dumps
    Scan(Box<ScanArgs>),
    /// Put right what one value puts right: show the changes as a diff, or write them
    Fix(Box<FixArgs>),
    /// Show what a capture of Falco, Sysdig or Stratoshark tells of each event
    Events(Box<events::EventsArgs>),
    /// Watch a capture with Falco's rules
    Watch(Box<watch::WatchArgs>),
    /// Check, list and explain Falco's rule files
    Rules(rules::RulesArgs),
    /// Say what a check looks for, why, and what to do
    Explain(ExplainArgs),
    /// List the catalogue of checks
    Checks(ChecksArgs),
    /// Check ciel.toml, or make one of other tools' configuration
    Config(ConfigArgs),
    /// Write a completion script for a shell to standard output
    Completion(CompletionArgs),
    /// Write manual pages into a folder
    Man(ManArgs),
}

/// What `ciel scan --help` says behind its options.
fn scan_help() -> String {
    format!("Formats:\n{}\n{SCAN_HELP}", Format::help())
}

const SCAN_HELP: &str = "\
Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  wrong use or an internal error: nothing can be concluded
  3  something could not be read or judged; what could be is reported

Examples:
  ciel scan deploy/                        judge a folder
  ciel scan - < all.yaml                   judge standard input
  kubectl get all -A -o yaml | ciel scan --complete -
  ciel scan --format json chart/           for programs
  ciel scan --watch deploy/                again at each change
  ciel scan --format text --format sarif=out.sarif .";

#[derive(Args, Debug)]
#[command(after_long_help = scan_help())]
pub(crate) struct ScanArgs {
    /// Files, folders, archives (.tar, .tar.gz, .zip), charts, kustomizations; - for standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Form of the report, as listed below with --help; NAME=FILE writes that one to a file; may be repeated
    #[arg(short, long, value_name = "NAME[=FILE]", help_heading = "Report")]
    pub(crate) format: Vec<FormatArg>,
    /// Write the report here instead of to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) output: Option<PathBuf>,

    /// Only these checks: codes, names, beginnings of codes, other tools' ids
    #[arg(
        long,
        value_name = "CHECK",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub(crate) select: Vec<String>,
    /// Not these checks
    #[arg(
        long,
        value_name = "CHECK",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub(crate) ignore: Vec<String>,
    /// Nothing below this: critical, high, medium, low or info
    #[arg(long, value_name = "SEVERITY", help_heading = "Selection")]
    pub(crate) min_severity: Option<Severity>,
    /// Do not honour what other tools' users have written into their objects: annotations, labels and comments of
    /// kube-linter, Checkov, Polaris, kube-score, Trivy, KICS, Datree and kubeaudit
    #[arg(long, help_heading = "Selection")]
    pub(crate) no_foreign_ignores: bool,
    /// Show and count only what this baseline does not hold
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Selection")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings that nobody has waved through into a baseline, for later runs
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Selection")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Show and count only what the same paths did not have in this revision of their git repository
    #[arg(
        long,
        value_name = "REVISION",
        conflicts_with = "watch",
        help_heading = "Selection"
    )]
    pub(crate) diff: Option<String>,
    /// Which checks: security, all, pss-baseline@1.29, pss-restricted@latest, or a framework (cis-1.12 …)
    #[arg(long, value_name = "PROFILE", help_heading = "Selection")]
    pub(crate) profile: Option<ProfileChoice>,

    /// The input is all there is: judge what is absent from it (default for folders and archives)
    #[arg(long, conflicts_with = "partial", help_heading = "Judging")]
    pub(crate) complete: bool,
    /// The input is a part: what other files may hold is not called absent (default for files and standard input)
    #[arg(long, help_heading = "Judging")]
    pub(crate) partial: bool,
    /// The Kubernetes that this is for, as in 1.33: charts are rendered and API versions judged for it [default: the
    /// newest that Ciel knows]
    #[arg(long, value_name = "VERSION", value_parser = kube_minor, help_heading = "Judging")]
    pub(crate) kube_version: Option<u16>,
    /// A registry, or a path in one, that images may come from (quay.io, ghcr.io/acme); from then on no other
    #[arg(
        long,
        value_name = "REGISTRY",
        value_delimiter = ',',
        help_heading = "Judging"
    )]
    pub(crate) allow_registry: Vec<String>,
    /// A registry, or a path in one, that images must not come from
    #[arg(
        long,
        value_name = "REGISTRY",
        value_delimiter = ',',
        help_heading = "Judging"
    )]
    pub(crate) deny_registry: Vec<String>,
    /// The time at which certificates are judged, as in 2026-11-23T12:00:00Z [default: the clock's]
    #[arg(long, value_name = "RFC3339", help_heading = "Judging")]
    pub(crate) now: Option<Timestamp>,
    /// Exit with 1 for findings from this severity on; never turns it off [default: high]
    #[arg(long, value_name = "SEVERITY", help_heading = "Judging")]
    pub(crate) fail_on: Option<FailOn>,
    /// Stay, and scan again at each change: what did not change is not read again
    #[arg(long, help_heading = "Judging")]
    pub(crate) watch: bool,
    /// Do not exit with 3 where something could not be read
    #[arg(long, help_heading = "Judging")]
    pub(crate) allow_incomplete: bool,
    /// Configuration [default: ciel.toml, here or in the nearest folder above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Judging")]
    pub(crate) config: Option<PathBuf>,
}

const FIX_HELP: &str = "\
A fix is safe where it fills in what nobody has chosen, or undoes what has no use. The others take away what somebody
wrote, or what the program may need: they are made with --unsafe-fixes only.

Exit codes:
  0  nothing to fix; with --write: all is fixed
  1  there are fixes; with --write: some could not be made
  2  wrong use, or a file that cannot be written
  3  something could not be read or judged

Examples:
  ciel fix deploy/                         show what would be changed
  ciel fix deploy/ | git apply             the same as --write in a Git repository
  ciel fix --write deploy/                 change the files
  ciel fix --select POD001 --unsafe-fixes web.yaml
  ciel fix --write - < web.yaml            the fixed text goes to standard output";

#[derive(Args, Debug)]
#[command(
    after_long_help = FIX_HELP,
    mut_arg("format", |arg| arg.hide(true)),
    mut_arg("output", |arg| arg.hide(true)),
    mut_arg("fail_on", |arg| arg.hide(true)),
    mut_arg("watch", |arg| arg.hide(true)),
    mut_arg("write_baseline", |arg| arg.hide(true)),
)]
pub(crate) struct FixArgs {
    #[command(flatten)]
    pub(crate) scan: ScanArgs,
    /// Change the files; without it the changes are shown as a diff
    #[arg(short, long, help_heading = "Fixes")]
    pub(crate) write: bool,
    /// Make also the fixes that may stop a program from working
    #[arg(long, help_heading = "Fixes")]
    pub(crate) unsafe_fixes: bool,
}

/// The minor version of `1.33`, `v1.33` or `1.33.2`.
fn kube_minor(text: &str) -> Result<u16, String> {
    let version = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.");
    let minor = version.and_then(|rest| rest.split('.').next()?.parse().ok());
    minor.ok_or_else(|| format!("`{text}` is no version of Kubernetes: use one like 1.33"))
}

/// A format with the file that it goes to, if not to standard output.
#[derive(Clone, Debug)]
pub(crate) struct FormatArg {
    pub(crate) format: Format,
    pub(crate) file: Option<PathBuf>,
}

impl std::str::FromStr for FormatArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("no file behind `=`".to_owned()),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = name
            .parse()
            .map_err(|error: ciel_report::ParseFormatError| error.to_string())?;
        Ok(Self { format, file })
    }
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FailOn(pub(crate) Option<Severity>);

impl std::str::FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.eq_ignore_ascii_case("never") {
            return Ok(Self(None));
        }
        let severity = text
            .parse()
            .map_err(|error: ciel_core::ParseSeverityError| format!("{error}, or never"))?;
        Ok(Self(Some(severity)))
    }
}

#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// Code, name, or another tool's id
    #[arg(value_name = "CHECK")]
    pub(crate) check: String,
}

#[derive(Args, Debug)]
pub(crate) struct ChecksArgs {
    /// Form of the list
    #[arg(short, long, value_name = "NAME", value_enum, default_value = "text")]
    pub(crate) format: ChecksFormat,
    /// Only checks of this topic: pods, rbac, network … or the letters of its codes (POD, RBAC, NET …)
    #[arg(long, value_name = "TOPIC", help_heading = "Selection")]
    pub(crate) topic: Option<String>,
    /// Only checks that answer a control of this framework (cis-1.12, nsa-1.2, mitre …), or one (cis-1.12:5.2.2)
    #[arg(long, value_name = "FRAMEWORK[:CONTROL]", help_heading = "Selection")]
    pub(crate) framework: Option<String>,
    /// Only checks that this tool has an id for (trivy, checkov …), or this id (trivy:KSV-0017); the list shows the ids
    #[arg(long, value_name = "TOOL[:ID]", help_heading = "Selection")]
    pub(crate) tool: Option<String>,
    /// Only checks that run in this profile: security or all
    #[arg(long, value_name = "PROFILE", help_heading = "Selection")]
    pub(crate) profile: Option<ProfileChoice>,
    /// Only these checks: codes, names, beginnings of codes, other tools' ids
    #[arg(value_name = "CHECK")]
    pub(crate) checks: Vec<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum ChecksFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Args, Debug)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Convert exceptions and settings of Trivy, Checkov, kube-linter, Polaris or Kubescape into ciel.toml, and say by
    /// line what could not be converted
    Import(ConfigImportArgs),
    /// Say whether a configuration is right, and what it means
    Check(ConfigCheckArgs),
}

#[derive(Args, Debug)]
pub(crate) struct ConfigImportArgs {
    /// .trivyignore, .trivyignore.yaml, trivy.yaml, .checkov.yaml, .checkov.baseline, .kube-linter.yaml, configuration of
    /// Polaris, exceptions of Kubescape
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// Write a new file instead of to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ConfigCheckArgs {
    /// The configuration [default: ciel.toml, here or in the nearest folder above]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct CompletionArgs {
    /// Which shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
pub(crate) struct ManArgs {
    /// Folder to write to; it is made if it is not there
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}
