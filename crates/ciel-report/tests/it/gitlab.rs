use std::collections::HashSet;

use ciel_report::Format;
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::fixture::{Input, empty, hostile, many};

fn read(input: &Input) -> Value {
    serde_json::from_str(&input.write(Format::Gitlab)).expect("JSON")
}

/// What GitLab's schema of SAST reports, 15.2.1, demands of the parts that Ciel writes: every list of required parts,
/// enumeration, pattern and length of `sast-report-format.json` in GitLab's sources, compared by eye on 2026-11-23
/// (no registry has the file). Stricter than there, parts that Ciel does not write are refused, and so are texts
/// that GitLab would show empty.
fn schema() -> Value {
    let text = json!({"type": "string", "minLength": 1});
    let url = json!({"type": "string", "pattern": "^(https?|ftp)://.+"});
    let moment = json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"});
    let object = |required: &[&str], properties: Value| json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false});
    // Other than the links of findings, an analyzer has none of FTP.
    let home = json!({"type": "string", "pattern": "^https?://.+"});
    let program = object(
        &["id", "name", "version", "vendor"],
        json!({"id": text, "name": text, "version": text, "url": home, "vendor": object(&["name"], json!({"name": text}))}),
    );
    let message = object(
        &["level", "value"],
        json!({"level": {"enum": ["info", "warn", "fatal"]}, "value": text}),
    );
    let scan = object(
        &[
            "analyzer",
            "end_time",
            "scanner",
            "start_time",
            "status",
            "type",
        ],
        json!({
            "analyzer": program, "scanner": program, "start_time": moment, "end_time": moment,
            "status": {"enum": ["success", "failure"]}, "type": {"const": "sast"},
            "messages": {"type": "array", "items": message},
        }),
    );
    let identifier = object(
        &["type", "name", "value"],
        json!({"type": text, "name": text, "value": text, "url": url}),
    );
    let detail = object(
        &["name", "type", "value"],
        json!({"name": text, "type": {"enum": ["text", "code"]}, "value": {"type": "string"}}),
    );
    let signature = object(
        &["algorithm", "value"],
        json!({"algorithm": {"const": "hash"}, "value": text}),
    );
    let location =
        json!({"file": text, "start_line": {"type": "number"}, "end_line": {"type": "number"}});
    let mut tracked = location.clone();
    tracked["signatures"] = json!({"type": "array", "minItems": 1, "items": signature});
    let tracking = object(
        &["type", "items"],
        json!({"type": {"const": "source"}, "items": {"type": "array", "items": object(&["signatures"], tracked)}}),
    );
    let vulnerability = object(
        &["id", "identifiers", "location"],
        json!({
            "id": {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$"},
            "name": {"type": "string", "maxLength": 255},
            "description": {"type": "string", "maxLength": 1_048_576},
            "severity": {"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
            "solution": {"type": "string", "maxLength": 7000},
            "identifiers": {"type": "array", "minItems": 1, "maxItems": 20, "items": identifier},
            "links": {"type": "array", "items": object(&["url"], json!({"url": url}))},
            "details": {"type": "object", "additionalProperties": detail},
            "tracking": tracking,
            "location": object(&["file"], location),
        }),
    );
    let remediation = object(
        &["fixes", "summary", "diff"],
        json!({
            "fixes": {"type": "array", "minItems": 1, "items": object(&["id"], json!({"id": text}))},
            "summary": text, "diff": text,
        }),
    );
    object(
        &["scan", "version", "vulnerabilities", "remediations"],
        json!({
            "version": {"type": "string", "pattern": r"^15\.[0-9]+\.[0-9]+$"},
            "scan": scan,
            "vulnerabilities": {"type": "array", "items": vulnerability},
            "remediations": {"type": "array", "items": remediation},
        }),
    )
}

#[track_caller]
fn validate(input: &Input) {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let report = read(input);
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn report_is_valid() {
    validate(&hostile());
}

#[test]
fn report_of_nothing_is_valid() {
    validate(&empty());
}

#[test]
fn times_are_those_of_the_report() {
    let scan = &read(&hostile())["scan"];
    assert_eq!(
        (&scan["start_time"], &scan["end_time"]),
        (&json!("2026-11-23T12:00:00"), &json!("2026-11-23T12:00:01"))
    );
}

#[test]
fn suppressed_findings_are_left_out() {
    let report = read(&hostile());
    assert_eq!(report["vulnerabilities"].as_array().map(Vec::len), Some(6));
}

#[test]
fn vulnerabilities_have_ids_of_their_own() {
    let report = read(&many(10_000));
    let vulnerabilities = report["vulnerabilities"].as_array().expect("a list");
    let ids: HashSet<_> = vulnerabilities.iter().map(|it| it["id"].as_str()).collect();
    assert_eq!(ids.len(), 10_000);
}

#[test]
fn rendered_text_has_a_file_and_no_lines() {
    let location = &read(&hostile())["vulnerabilities"][2]["location"];
    assert_eq!(*location, json!({"file": "charts/shop/templates/web.yaml"}));
}

#[test]
fn a_fix_is_a_patch_for_its_vulnerability() {
    let report = read(&hostile());
    let remediation = &report["remediations"][0];
    assert_eq!(
        remediation["fixes"],
        json!([{"id": report["vulnerabilities"][0]["id"]}])
    );
    let diff = BASE64
        .decode(remediation["diff"].as_str().expect("text").as_bytes())
        .expect("Base64");
    let diff = String::from_utf8(diff).expect("UTF-8");
    let changed: Vec<_> = diff
        .lines()
        .filter(|line| line.starts_with(['-', '+']))
        .collect();
    assert_eq!(
        changed,
        [
            "--- a/deploy/web.yaml",
            "+++ b/deploy/web.yaml",
            "-          privileged: true",
            "+          privileged: false"
        ],
        "{diff}"
    );
}
