//! Arguments of `ciel events`.

use std::path::PathBuf;

use ciel_core::Timestamp;
use clap::{Args, ValueHint};

const HELP: &str = "\
Fields without a value in an event are left out of json, and shown as <NA> in text. `ciel events --list-fields` says
what there is. FILE is a capture of Falco, Sysdig or Stratoshark, gzipped or not.

Exit codes:
  0  all was read
  2  wrong use, or no capture
  3  a capture is cut off or damaged; what could be read was shown

Examples:
  ciel events trace.scap                             like sysdig -r trace.scap
  ciel events --format json --fields evt.time,proc.cmdline,fd.name trace.scap
  ciel events --filter 'evt.type=connect and fd.sport=3333' trace.scap
  ciel events --filter proc.name=xmrig --write miner.scap.gz trace.scap
  ciel events --summary trace.scap
  zcat trace.scap.gz | ciel events --limit 10 -";

#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct EventsArgs {
    /// Captures; - for standard input
    #[arg(value_name = "FILE", required_unless_present = "list_fields", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,

    /// Form of the events: text is sysdig's line, raw is what the capture holds before any state is looked up
    #[arg(
        short,
        long,
        value_name = "NAME",
        value_enum,
        default_value = "text",
        help_heading = "Report"
    )]
    pub(crate) format: EventsFormat,
    /// Show these fields: proc.name, proc.aname[2], evt.arg.flags …
    #[arg(
        long,
        value_name = "FIELD",
        value_delimiter = ',',
        help_heading = "Report"
    )]
    pub(crate) fields: Vec<String>,
    /// Show the fields that this file names, one a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) fields_file: Option<PathBuf>,
    /// Instead of the events, how many there are by type, process, descriptor and container
    #[arg(long, conflicts_with_all = ["fields", "fields_file", "write"], help_heading = "Report")]
    pub(crate) summary: bool,
    /// Write the report here instead of to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) output: Option<PathBuf>,
    /// Write the events into a capture instead, gzipped if its name ends in .gz
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Report")]
    pub(crate) write: Option<PathBuf>,
    /// List the fields that there are, with what they mean; FIELD or the beginning of one narrows the list
    #[arg(long, value_name = "PREFIX", num_args = 0..=1, default_missing_value = "", help_heading = "Report")]
    pub(crate) list_fields: Option<String>,

    /// Only events that this condition of Falco's language is true of
    #[arg(long, value_name = "CONDITION", help_heading = "Selection")]
    pub(crate) filter: Option<String>,
    /// Stop after this many events
    #[arg(long, value_name = "NUMBER", help_heading = "Selection")]
    pub(crate) limit: Option<u64>,
    /// Only events from this time on: 2026-11-23T12:00:00Z, nanoseconds since 1970, or +SECONDS from the first event
    #[arg(long, value_name = "TIME", help_heading = "Selection")]
    pub(crate) from: Option<Moment>,
    /// Only events before this time
    #[arg(long, value_name = "TIME", help_heading = "Selection")]
    pub(crate) to: Option<Moment>,
    /// Every process counts as the host's: no container is told of
    #[arg(long, help_heading = "Selection")]
    pub(crate) no_containers: bool,
    /// Do not exit with 3 where a capture is cut off
    #[arg(long, help_heading = "Selection")]
    pub(crate) allow_incomplete: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum EventsFormat {
    Text,
    Json,
    Raw,
}

/// A time of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Nanoseconds since 1970.
    Absolute(u64),
    /// Nanoseconds since the first event.
    Relative(u64),
}

impl Moment {
    /// Nanoseconds since 1970, for a capture that begins at `first`.
    pub(crate) fn since(self, first: u64) -> u64 {
        match self {
            Self::Absolute(time) => time,
            Self::Relative(offset) => first.saturating_add(offset),
        }
    }
}

const SECOND: u64 = 1_000_000_000;

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "`{text}` is no time: use one like 2026-11-23T12:00:00Z, nanoseconds since 1970, or +1.5"
            )
        };
        if let Some(seconds) = text.strip_prefix('+') {
            return Ok(Self::Relative(nanoseconds(seconds).ok_or_else(wrong)?));
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self::Absolute(text.parse().map_err(|_overflow| wrong())?));
        }
        // A fraction of a second is more than `Timestamp` keeps.
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, rest)) => {
                let end = rest
                    .find(|letter: char| !letter.is_ascii_digit())
                    .unwrap_or(rest.len());
                let (digits, zone) = rest.split_at(end);
                (
                    format!("{whole}{zone}"),
                    nanoseconds(&format!("0.{digits}")).ok_or_else(wrong)?,
                )
            }
            None => (text.to_owned(), 0),
        };
        let time: Timestamp = whole.parse().map_err(|_error| wrong())?;
        let seconds = u64::try_from(time.0).map_err(|_before| wrong())?;
        Ok(Self::Absolute(
            seconds.checked_mul(SECOND).ok_or_else(wrong)? + fraction,
        ))
    }
}

/// Seconds with up to nine digits behind the point.
fn nanoseconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 9 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let fraction: u64 = format!("{fraction:0<9}").parse().ok()?;
    whole
        .parse::<u64>()
        .ok()?
        .checked_mul(SECOND)?
        .checked_add(fraction)
}
