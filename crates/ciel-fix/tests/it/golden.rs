//! The cases of `tests/golden`: a text, a patch, and the text that a person would have written; or the reason why there
//! is none.

use std::{fs, path::Path};

use serde_json::Value;

use crate::common::{fix, fixed, ops};

#[test]
fn patches_are_carried_out_as_a_person_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut problems = Vec::new();
    let mut cases = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a file");
        for section in text.split("\n## ").skip(1) {
            cases += 1;
            let title = section.lines().next().unwrap_or_default();
            if let Err(problem) = check(section) {
                problems.push(format!("{}: {title}\n{problem}", path.display()));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    assert!(cases > 40, "{cases} cases");
}

/// The fenced blocks of a section, with what stands behind the opening marks.
fn blocks(section: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    let mut rest = section;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (info, body) = after.split_once('\n').expect("a line");
        let end = if body.starts_with("```") {
            0
        } else {
            body.find("\n```").expect("an end") + 1
        };
        blocks.push((info, &body[..end]));
        rest = &body[end.saturating_sub(1)..];
        rest = rest.split_once("```").map_or("", |(_, rest)| rest);
    }
    blocks
}

fn check(section: &str) -> Result<(), String> {
    let blocks = blocks(section);
    let [(_, before), (_, patch), (kind, after)] = blocks[..] else {
        panic!("three blocks, not {}: {section}", blocks.len());
    };
    let patch: Value = serde_json::from_str(patch).expect("JSON");
    let (document, object, patch) = match &patch {
        Value::Object(case) => (
            case.get("document").and_then(Value::as_u64).unwrap_or(0),
            case.get("object").and_then(Value::as_str).unwrap_or(""),
            &case["patch"],
        ),
        _ => (0, "", &patch),
    };
    let document = usize::try_from(document).expect("small");
    let got = match fixed(before, &fix(before, document, object, ops(patch))) {
        Ok(text) => ("yaml", text),
        Err(refusal) => ("refused", format!("{refusal}\n")),
    };
    let kind = if kind == "json" { "yaml" } else { kind };
    if got == (kind, after.to_owned()) {
        return Ok(());
    }
    Err(format!(
        "wanted {kind}:\n{after}\ngot {}:\n{}",
        got.0, got.1
    ))
}
