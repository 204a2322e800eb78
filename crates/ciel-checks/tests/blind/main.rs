//! Precision and recall of the checks for credentials on texts that were written before the detectors were looked at:
//! credentials that open nothing but have the form, and texts that look like some and are none, each as a file in a
//! ConfigMap.
#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test: says how many cases it ran, and stops where one is not as it should be"
)]

mod maker;
mod negatives;
mod positives;

use std::fmt::Write as _;

use ciel_checks::{Options, scan};
use ciel_core::{Finding, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;

use crate::{
    maker::Maker,
    negatives::NEGATIVES,
    positives::{POSITIVES, Planted},
};

/// The lines of the manifest that stand before the text.
const LINES_BEFORE: usize = 6;

#[test]
fn credentials_are_found_at_their_lines_and_not_shown() {
    let mut problems = Vec::new();
    for (name, key, build) in POSITIVES {
        let Planted { text, secret } = build(&mut Maker::new(name));
        let findings = findings_in(key, &text);
        let place = text.find(&secret).unwrap_or_else(|| panic!("{name}"));
        let line = LINES_BEFORE + text[..place].matches('\n').count();
        let lines: Vec<usize> = findings.iter().map(|(line, _)| *line).collect();
        if findings.is_empty() {
            problems.push(format!("missed: {name}"));
        } else if !lines
            .iter()
            .any(|found| found.abs_diff(line) <= lines_of_key(&text))
        {
            problems.push(format!("wrong line: {name}: {lines:?} for {line}"));
        }
        for (_, finding) in &findings {
            let shown = format!("{} {:?}", finding.message, finding.evidence);
            assert!(!shown.contains(&secret), "{name}: {shown}");
        }
    }
    report(&problems, POSITIVES.len());
}

/// A key of several lines is found where it begins.
fn lines_of_key(text: &str) -> usize {
    if text.contains("PRIVATE KEY") { 30 } else { 0 }
}

#[test]
fn what_only_looks_like_a_credential_is_left_alone() {
    let mut problems = Vec::new();
    for (name, key, build) in NEGATIVES {
        let text = build(&mut Maker::new(name));
        for (line, finding) in findings_in(key, &text) {
            let line = text
                .lines()
                .nth(line.saturating_sub(LINES_BEFORE))
                .unwrap_or_default();
            problems.push(format!("{name}: {} in {line}", finding.message));
        }
    }
    report(&problems, NEGATIVES.len());
}

fn report(problems: &[String], cases: usize) {
    eprintln!("{} problems in {cases} cases", problems.len());
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The findings, each with its line, counted from zero.
fn findings_in(key: &str, text: &str) -> Vec<(usize, Finding)> {
    let mut manifest =
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: files\ndata:\n  {key}: |\n");
    for line in text.lines() {
        writeln!(manifest, "    {line}").unwrap();
    }
    let mut builder = SnapshotBuilder::new(false);
    let source = Source::new("files.yaml", SourceKind::File, manifest.as_str());
    let parsed = ciel_yaml::parse(&source.text);
    let broken = parsed.diagnostics.iter().find(|(_, said)| said.is_error);
    assert!(broken.is_none(), "{manifest}: {broken:?}");
    let id = builder.add(source, parsed.documents);
    let snapshot = builder.build();
    let source = snapshot.source(id).unwrap();
    let line_of = |finding: &Finding| {
        let start = finding.location.unwrap().span.start;
        usize::try_from(source.line_column(start).line).unwrap() - 1
    };
    let findings = scan(&snapshot, &Options::default());
    findings
        .into_iter()
        .map(|finding| (line_of(&finding), finding))
        .collect()
}
