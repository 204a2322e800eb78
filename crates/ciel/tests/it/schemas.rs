use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{ciel, folder};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn schema(name: &str) -> Value {
    let text =
        std::fs::read_to_string(repository().join("schemas").join(name)).expect("the schema");
    serde_json::from_str(&text).expect("JSON")
}

pub(crate) fn validate(schema: &Value, instance: &Value) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(instance)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// The demo cluster with a file that does not parse and a suppression, so that every part of a report is there.
fn demo(args: &[&str]) -> crate::run::Ran {
    let broken = "apiVersion: v1\nkind: Pod\nmetadata: [\n";
    let suppressed = crate::run::PRIVILEGED.replace(
        "privileged: true",
        "privileged: true # ciel: ignore[POD001] known",
    );
    let folder = folder(&[("broken.yaml", broken), ("suppressed.yaml", &suppressed)]);
    let demo = repository().join("examples/demo-cluster");
    let demo = demo.to_str().expect("UTF-8");
    ciel(folder.path(), &[&["scan"], args, &[".", demo]].concat())
}

#[test]
fn json_report_is_valid() {
    let report = demo(&["--format", "json", "--profile", "all"]).json();
    assert!(
        report["findings"]
            .as_array()
            .is_some_and(|findings| !findings.is_empty())
    );
    assert_eq!(report["summary"]["suppressed"], 1);
    validate(&schema("findings-v1.schema.json"), &report);
}

#[test]
fn json_lines_are_valid() {
    let schema = schema("findings-v1.schema.json");
    let ran = demo(&["--format", "jsonl"]);
    let mut last = String::new();
    for line in ran.stdout.lines() {
        let mut value: Value = serde_json::from_str(line).expect("one JSON object a line");
        last = value
            .as_object_mut()
            .and_then(|fields| fields.remove("type"))
            .expect("a type")
            .as_str()
            .expect("text")
            .to_owned();
        let part = serde_json::json!({"$ref": format!("#/$defs/{last}"), "$defs": schema["$defs"]});
        validate(&part, &value);
    }
    assert_eq!(last, "summary");
}

#[test]
fn list_of_checks_is_valid() {
    let list = ciel(folder(&[]).path(), &["checks", "--format", "json"]).json();
    validate(&schema("checks-v1.schema.json"), &list);
}

#[test]
fn sarif_is_valid() {
    let tools = std::env::var_os("CIEL_TOOLS")
        .map(PathBuf::from)
        .or_else(|| {
            let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
            Some(
                cache
                    .or_else(|| Some(std::env::home_dir()?.join(".cache")))?
                    .join("ciel/tools"),
            )
        });
    let path = tools.expect("a home").join("sarif-schema-2.1.0.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(
            std::env::var("CI").is_err(),
            "{} is missing: scripts/tools.sh puts it there",
            path.display()
        );
        eprintln!("skipped: {} is missing", path.display());
        return;
    };
    let sarif = demo(&["--format", "sarif"]).json();
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(
        results
            .iter()
            .any(|result| result["suppressions"][0]["justification"] == "known")
    );
    // An erratum of the standard: one bracket too many makes the pattern of languages no regular expression.
    let text = text.replace("{2}]?$", "{2}?$");
    validate(&serde_json::from_str(&text).expect("JSON"), &sarif);
}
