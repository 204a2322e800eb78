use std::collections::HashSet;

use ciel_report::Format;
use serde_json::{Value, json};

use crate::fixture::{Input, empty, hostile, many};

fn read(input: &Input) -> Vec<Value> {
    serde_json::from_str(&input.write(Format::CodeQuality)).expect("a JSON list")
}

/// GitLab's parser (`codeclimate.json` in its sources, compared by eye on 2026-11-23) demands the types, a description, a
/// fingerprint, a severity and a location; its documentation the rest. At the first issue that is not so, the parser
/// forgets those after it without a word.
#[test]
fn issues_have_what_gitlab_demands() {
    let validator = jsonschema::validator_for(&json!({
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "type": {"const": "issue"},
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                    },
                },
            },
        },
    }))
    .expect("a schema");
    for issue in read(&hostile()) {
        validator
            .validate(&issue)
            .unwrap_or_else(|error| panic!("{error}: {issue}"));
    }
}

#[test]
fn fingerprints_are_unique() {
    let issues = read(&many(10_000));
    let fingerprints: HashSet<_> = issues.iter().map(|it| it["fingerprint"].as_str()).collect();
    assert_eq!(fingerprints.len(), 10_000);
}

#[test]
fn nothing_is_an_empty_list() {
    assert!(read(&empty()).is_empty());
}
