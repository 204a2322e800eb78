//! Mistakes and their clean twins, written before the checks were read. Each case is a manifest with one weakness, and
//! the smallest change that takes it away, or a look-alike that has none. See `README.md`.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test: says how many cases it ran, and stops where one is not as it should be"
)]

mod cases;
#[path = "../blind/maker.rs"]
#[expect(
    dead_code,
    reason = "shared with the cases of credentials, which need more"
)]
mod maker;
mod values;

use std::fmt::Write as _;

use ciel_checks::{Options, ProfileChoice, scan};
use ciel_core::{Finding, Severity, Source, SourceKind, Timestamp};
use ciel_snapshot::SnapshotBuilder;

use crate::cases::{Case, cases};

/// Certificates of the cases are valid from September 2026 for a year.
const NOW: &str = "2026-11-23T12:00:00Z";

#[test]
fn mistakes_are_found_and_their_clean_twins_are_not() {
    let mut problems = String::new();
    let (mut count, mut missed, mut alarms) = (0, 0, 0);
    for case in cases() {
        count += 1;
        let found = findings(&case, &case.mistake);
        let worst = found
            .iter()
            .filter(|found| case.is_it(found))
            .map(|found| found.severity)
            .max();
        let Some(worst) = worst else {
            missed += 1;
            writeln!(
                problems,
                "missed: {} ({}): {}",
                case.name,
                case.want,
                list(&case, &found)
            )
            .unwrap();
            continue;
        };
        let clean = findings(&case, &case.twin);
        let alarm: Vec<Found> = clean
            .into_iter()
            .filter(|found| case.is_like(found, worst))
            .collect();
        if !alarm.is_empty() {
            alarms += 1;
            writeln!(
                problems,
                "false alarm: {}: {}",
                case.name,
                list(&case, &alarm)
            )
            .unwrap();
        }
    }
    eprintln!("{count} cases: {missed} missed, {alarms} false alarms");
    assert!(problems.is_empty(), "\n{problems}");
}

/// What a finding says of where it is.
pub(crate) struct Found {
    pub(crate) check: &'static str,
    pub(crate) object: String,
    pub(crate) path: String,
    pub(crate) severity: Severity,
    message: String,
}

/// The findings about the case's object, for the message.
fn list(case: &Case, found: &[Found]) -> String {
    let own = found.iter().filter(|found| found.object == case.object);
    own.filter(|found| found.severity > Severity::Info)
        .take(12)
        .map(|found| format!("\n    {} {} {}", found.check, found.path, found.message))
        .collect()
}

fn findings(case: &Case, text: &str) -> Vec<Found> {
    let mut builder = SnapshotBuilder::new(case.is_complete);
    let source = Source::new("case.yaml", SourceKind::File, text);
    let parsed = ciel_yaml::parse(&source.text);
    let broken = parsed.diagnostics.iter().find(|(_, said)| said.is_error);
    assert!(broken.is_none(), "{}: {broken:?}\n{text}", case.name);
    builder.add(source, parsed.documents);
    let snapshot = builder.build();
    let options = Options {
        profile: ProfileChoice::All,
        now: Some(NOW.parse::<Timestamp>().unwrap()),
        ..Options::default()
    };
    let findings = scan(&snapshot, &options);
    findings.iter().map(read).collect()
}

fn read(finding: &Finding) -> Found {
    let object = &finding.object;
    let slash = if object.name.is_empty() { "" } else { "/" };
    Found {
        check: finding.check.name,
        object: format!("{}{slash}{}", object.kind, object.name),
        path: finding.path.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
    }
}
