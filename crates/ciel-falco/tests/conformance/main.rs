//! Conformance with Falco 0.44 as ratchets: what it says of each of its former regression cases
//! (`suites/falco/legacy/validate.jsonl`), and which of 500 conditions it refuses (`suites/falco/conditions.jsonl`).
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test: reads suites from the disk, says how many cases ran, and stops where they cannot be read"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use ciel_falco::load::{LoadResult, Loader};
use ciel_testkit::{ratchet, suites_dir};
use serde_json::Value;

fn suite() -> Option<PathBuf> {
    suites_dir().map(|suites| suites.join("falco"))
}

fn rows(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).expect("a suite");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a row"))
        .collect()
}

fn hold(list: &str, all: usize, passing: &BTreeSet<String>) {
    eprintln!("{list}: {} of {all} pass", passing.len());
    let list = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conformance")
        .join(list);
    ratchet::check(&list, passing).unwrap();
}

/// Whether the codes and the verdict are Falco's, or all that is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Codes,
    All,
}

fn validate(list: &str, depth: Depth) {
    let Some(suite) = suite() else { return };
    let rows = rows(&suite.join("legacy/validate.jsonl"));
    let mut passing = BTreeSet::new();
    for row in &rows {
        let name = row["name"].as_str().expect("a name");
        let text = fs::read_to_string(suite.join("legacy/rules").join(name)).expect(name);
        let text: Arc<str> = text.into();
        let result = Loader::new().load(name, &text);
        let own = result.to_json(&|_| &*text);
        let differences = differences(row, &own, depth);
        if differences.is_empty() {
            passing.insert(name.to_owned());
        } else {
            eprintln!("{name}: {differences:?}");
        }
    }
    hold(list, rows.len(), &passing);
}

fn differences(falco: &Value, own: &Value, depth: Depth) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |what: &str, falco: &Value, own: &Value| {
        if falco != own {
            differences.push(format!("{what}: {falco} is {own} here"));
        }
    };
    compare("successful", &falco["successful"], &own["successful"]);
    for list in ["errors", "warnings"] {
        let codes = |of: &Value| -> Value {
            let problems = of[list].as_array().cloned().unwrap_or_default();
            problems.iter().map(|it| it["code"].clone()).collect()
        };
        compare(list, &codes(falco), &codes(own));
        if depth == Depth::All {
            compare(list, &falco[list], &own[list]);
        }
    }
    differences
}

#[test]
fn former_cases_have_falcos_verdict_and_codes() {
    validate("codes.passing", Depth::Codes);
}

#[test]
fn former_cases_have_falcos_messages_and_places() {
    validate("messages.passing", Depth::All);
}

fn load_condition(condition: &str) -> LoadResult {
    let condition = Value::from(condition);
    let text = format!(
        "- rule: case\n  desc: case\n  condition: {condition}\n  output: case\n  priority: INFO\n"
    );
    Loader::new().load("case.yaml", &text.into())
}

#[test]
fn conditions_are_refused_as_falco_refuses_them() {
    let Some(suite) = suite() else { return };
    let rows = rows(&suite.join("conditions.jsonl"));
    let mut passing = BTreeSet::new();
    let mut wordings = 0;
    for row in &rows {
        let condition = row["condition"].as_str().expect("a condition");
        let result = load_condition(condition);
        let code = result.errors.first().map(|error| error.code.as_str());
        let message = result.errors.first().map(|error| error.message.as_str());
        if code == row["error"].as_str() {
            passing.insert(condition.to_owned());
        } else {
            eprintln!("{condition}: {row} is {message:?} here");
        }
        if message != row["message"].as_str() {
            wordings += 1;
            eprintln!("{condition}: `{}` is `{message:?}` here", row["message"]);
        }
    }
    eprintln!("{wordings} messages have other words");
    hold("conditions.passing", rows.len(), &passing);
}

/// The official rules load without a complaint about what they mean.
#[test]
fn official_rules_load() {
    let Some(suite) = suite() else { return };
    for (files, rules) in [
        (
            &[
                "falco_rules.yaml",
                "falco-incubating_rules.yaml",
                "falco-sandbox_rules.yaml",
            ][..],
            93,
        ),
        (&["k8s_audit_rules.yaml"], 48),
    ] {
        let mut loader = Loader::new();
        for file in files {
            let text = fs::read_to_string(suite.join("rules").join(file)).expect(file);
            let result = loader.load(file, &text.into());
            let warnings: BTreeSet<&str> =
                result.warnings.iter().map(|it| it.code.as_str()).collect();
            eprintln!("{file}: {warnings:?}");
            assert!(result.successful(), "{file}: {:?}", result.errors);
        }
        let program = loader.program();
        eprintln!(
            "{} operands, {} checks, {} nodes",
            program.operands.len(),
            program.checks.len(),
            program.nodes.len()
        );
        assert_eq!(program.rules.len(), rules);
    }
}
