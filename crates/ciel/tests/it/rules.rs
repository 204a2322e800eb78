//! `ciel rules`.

use std::fs;

use serde_json::Value;

use crate::{
    run::{Ran, ciel},
    schemas::{schema, validate},
};

const RULES: &str = "\
- list: shells
  items: [bash, 'my sh']
- macro: is_shell
  condition: proc.name in (shells)
- rule: A shell
  desc: A shell runs
  condition: evt.type=execve and is_shell
  output: A shell (command=%proc.cmdline)
  priority: NOTICE
  tags: [shell]
";

#[track_caller]
fn rules(args: &[&str], text: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rules.yaml"), text).expect("written");
    ciel(folder.path(), &[&["rules"], args].concat())
}

#[test]
fn right_rules_are_right() {
    let ran = rules(&["check", "rules.yaml"], RULES);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_eq!(ran.stdout, "1 rule file: 0 errors, 0 warnings\n");
}

#[test]
fn mistakes_are_shown_in_the_text() {
    let ran = rules(
        &["check", "rules.yaml"],
        &RULES.replace("proc.name", "proc.nam"),
    );
    assert_eq!(ran.code, 3);
    let expected = "\
error: rules.yaml:7:14: filter_check called with nonexistent field proc.nam [LOAD_ERR_COMPILE_CONDITION]
       7 │   condition: evt.type=execve and is_shell
         │              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = in rule 'A shell', rule condition
1 rule file: 1 error, 0 warnings
";
    assert_eq!(ran.stdout, expected);
}

#[test]
fn json_is_falcos() {
    let text = RULES.replace("and is_shell", "and is_shel");
    let report = rules(&["check", "--format", "json", "rules.yaml"], &text).json();
    let result = &report["falco_load_results"][0];
    assert_eq!(result["name"], "rules.yaml");
    assert_eq!(result["successful"], false);
    let error = &result["errors"][0];
    assert_eq!(error["code"], "LOAD_ERR_VALIDATE");
    assert_eq!(
        error["message"],
        "Undefined macro 'is_shel' used in filter."
    );
    let locations = error["context"]["locations"].as_array().map(Vec::len);
    assert_eq!(locations, Some(3));
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let ran = rules(&["check", "--format", "json", "nosuch.yaml"], RULES);
    assert_eq!(ran.code, 3);
    let error = &ran.json()["falco_load_results"][0]["errors"][0];
    assert_eq!(error["code"], "LOAD_ERR_FILE_READ");
}

#[test]
fn rules_are_listed() {
    let ran = rules(&["list", "rules.yaml"], RULES);
    assert_eq!(ran.stdout, "Notice        syscall   A shell [shell]\n");
    let list = rules(&["list", "--format", "json", "rules.yaml"], RULES).json();
    assert_eq!(list["rules"][0]["eventTypes"], Value::from(vec!["execve"]));
}

#[test]
fn rules_are_explained_with_lists_and_macros_unfolded() {
    let ran = rules(&["explain", "a shell", "rules.yaml"], RULES);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let condition = "(evt.type = execve and proc.name in (bash, \"my sh\"))";
    assert!(ran.stdout.contains(condition), "{}", ran.stdout);
    assert!(ran.stdout.contains("Runs on events: execve\n"));
    let ran = rules(&["explain", "no such", "rules.yaml"], RULES);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("ciel rules list"), "{}", ran.stderr);
}

#[test]
fn a_rule_that_is_nearly_named_is_told() {
    let second = RULES.replace("A shell\n", "Another shell\n");
    let second = second
        .split_once("- rule")
        .map(|(_, rule)| rule)
        .expect("a rule");
    let text = format!("{RULES}- rule{second}");
    for (name, expected) in [
        ("A shel1", "did you mean `A shell`?"),
        (
            "SHELL",
            "several rules have `SHELL` in their names: `A shell`, `Another shell`",
        ),
    ] {
        let ran = rules(&["explain", name, "rules.yaml"], &text);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    }
}

#[test]
fn what_a_rule_file_holds_does_not_command_the_terminal() {
    let text = RULES.replace("A shell runs", "\"\\e]0;x\\a\"");
    let ran = rules(&["explain", "A shell", "rules.yaml"], &text);
    assert!(ran.stdout.contains("]0;x"), "{}{}", ran.stdout, ran.stderr);
    assert!(!ran.stdout.contains('\u{1b}'));
}

#[test]
fn documents_are_as_their_schemas_say() {
    // A macro that nothing uses, of a deprecated field and a key that nothing knows, and a condition without event types.
    let text = "- macro: unused\n  condition: evt.dir=<\n  colour: red\n\
                - rule: r\n  desc: d\n  condition: proc.name=a\n  output: o\n  priority: ERROR\n";
    for text in [text, RULES, "- rule: r\n", "- list: [", ""] {
        let report = rules(&["check", "--format", "json", "rules.yaml"], text).json();
        validate(&schema("falco-load-results.schema.json"), &report);
        let list = rules(&["list", "--format", "json", "rules.yaml"], text).json();
        validate(&schema("rules-v1.schema.json"), &list);
    }
    for (text, name) in [(text, "r"), (RULES, "A shell")] {
        let rule = rules(&["explain", "--format", "json", name, "rules.yaml"], text).json();
        validate(&schema("rule-v1.schema.json"), &rule);
    }
}
