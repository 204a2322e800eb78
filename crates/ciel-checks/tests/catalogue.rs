//! Tests of the catalogue itself: what every check must have.

#![expect(
    clippy::disallowed_methods,
    reason = "the checks do no I/O; this test looks for their test files"
)]

use std::{collections::HashSet, path::Path};

use ciel_checks::catalogue;

#[test]
fn codes_and_names_are_unique() {
    let mut seen = HashSet::new();
    for rule in catalogue() {
        assert!(
            seen.insert(rule.check.code),
            "{} stands twice",
            rule.check.code
        );
        assert!(
            seen.insert(rule.check.name),
            "{} stands twice",
            rule.check.name
        );
    }
}

#[test]
fn names_are_kebab_case() {
    for rule in catalogue() {
        let name = rule.check.name;
        let is_kebab = name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(is_kebab, "{name}");
    }
}

#[test]
fn every_check_documents_itself() {
    const SECTIONS: [&str; 5] = [
        "## What it does",
        "## Why is this bad?",
        "## Example",
        "## Use instead",
        "## References",
    ];
    for rule in catalogue() {
        for section in SECTIONS {
            assert!(
                rule.check.docs.contains(section),
                "{} has no section `{section}`",
                rule.check.name
            );
        }
    }
}

#[test]
fn every_check_has_its_test_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/mdtest");
    for rule in catalogue() {
        let topic = rule.check.topic.prefix().to_lowercase();
        let path = root.join(topic).join(format!("{}.md", rule.check.name));
        assert!(path.is_file(), "{} is missing", path.display());
    }
}

#[test]
fn summaries_are_one_lower_case_line() {
    for rule in catalogue() {
        let summary = rule.check.summary;
        assert!(
            !summary.ends_with('.') && !summary.contains('\n') && summary.len() <= 100,
            "{}: {summary}",
            rule.check.name
        );
    }
}
