//! `--profile pss-LEVEL@VERSION` over Kubernetes' own test pods: findings exactly where admission refuses, and its text
//! on each of them.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads the suites, which crates of this row may not, and fails loudly"
)]

use std::{fs, sync::Arc};

use ciel_checks::{Options, scan};
use ciel_core::{Finding, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;
use ciel_testkit::suites_dir;
use serde_json::{Value, json};

fn findings(text: &str, profile: &str) -> Vec<Finding> {
    let source = Source::new("pod.yaml", SourceKind::File, text);
    let text = Arc::clone(&source.text);
    let mut builder = SnapshotBuilder::new(false);
    builder.add(source, ciel_yaml::parse(&text).documents);
    let options = Options {
        profile: profile.parse().unwrap(),
        ..Options::default()
    };
    scan(&builder.build(), &options)
}

/// What is wrong with the findings of one pod, if anything.
fn problem(text: &str, level: &str, version: &str, case: &Value) -> Option<String> {
    let findings = findings(text, &format!("pss-{level}@{version}"));
    if findings.is_empty() != (case["allowed"] == true) {
        return Some(format!("{} findings", findings.len()));
    }
    let expected = json!({"level": level, "version": version, "message": case["detail"]});
    let wrong = findings.iter().find(|finding| {
        finding.evidence.get("podSecurity") != Some(&expected)
            || finding.path.is_empty()
            || finding.location.is_none()
    });
    wrong.map(|finding| format!("{finding:?}"))
}

#[test]
fn findings_stand_where_admission_refuses() {
    let Some(suites) = suites_dir() else { return };
    let lines = fs::read_to_string(suites.join("policy/psa_expected_messages.jsonl")).unwrap();
    let mut problems = Vec::new();
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let file = case["file"].as_str().unwrap();
        // The list of messages knows more pods than the suite shows.
        let Ok(text) = fs::read_to_string(suites.join("pod-security").join(file)) else {
            continue;
        };
        let (level, rest) = file.split_once("/v").unwrap();
        let (version, _) = rest.split_once('/').unwrap();
        problems
            .extend(problem(&text, level, version, &case).map(|wrong| format!("{file}: {wrong}")));
    }
    assert!(
        problems.is_empty(),
        "{}:\n{}",
        problems.len(),
        problems[..3.min(problems.len())].join("\n")
    );
}

#[test]
fn profiles_keep_to_themselves() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostNetwork: true, containers: [{name: a}]}\n";
    let codes = |profile| -> Vec<_> {
        let findings = findings(pod, profile);
        findings.iter().map(|finding| finding.check.code).collect()
    };
    assert_eq!(codes("pss-baseline@1.29"), ["POD103"]);
    assert_eq!(codes("pss-privileged"), [""; 0]);
    for profile in ["security", "all", "pss", "cis-1.12"] {
        assert!(!codes(profile).contains(&"POD103"), "{profile}");
    }
}
