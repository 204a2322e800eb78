//! `ciel rules test`.

use std::fs;

use crate::{
    run::{Ran, ciel},
    schemas::{schema, validate},
    watch_audit::EVENT as AUDIT,
};

const RULES: &str = "\
- rule: A shell
  desc: A shell runs
  condition: evt.type=execve and proc.name in (bash, sh) and not proc.pname=sshd
  output: A shell (command=%proc.cmdline terminal=%proc.tty)
  priority: NOTICE
- rule: Anything
  desc: Something runs
  condition: evt.type=execve
  output: x
  priority: DEBUG
- rule: A quiet one
  desc: d
  condition: evt.type=execve
  output: x
  priority: DEBUG
  enabled: false
- rule: A secret
  desc: Somebody reads a secret
  condition: ka.verb=get and ka.target.resource=secrets
  output: A secret (user=%ka.user.name)
  priority: WARNING
  source: k8s_audit
";

/// Runs tests, which are the items of the list.
fn run(tests: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect(name);
    write("rules.yaml", RULES);
    write("audit.log", AUDIT);
    write("cut.log", &AUDIT[..60]);
    write("t.yaml", &format!("rules: [rules.yaml]\ntests:\n{tests}"));
    ciel(
        folder.path(),
        &[&["rules", "test", "t.yaml"], args].concat(),
    )
}

/// A test of one event of a shell passes, or fails for the reason.
#[track_caller]
fn check(expectation: &str, reason: Option<&str>) {
    let test = format!(
        "- name: n\n  event: {{evt.type: execve, proc.name: bash, proc.pname: nginx, proc.tty: 34816}}\n  {expectation}\n"
    );
    let ran = run(&test, &[]);
    match reason {
        None => {
            assert_eq!(ran.stdout, "ok      t.yaml: n\n1 passed, 0 failed\n");
            assert_eq!(ran.code, 0);
        }
        Some(reason) => {
            let expected = format!("FAILED  t.yaml:3: n\n          {reason}\n0 passed, 1 failed\n");
            assert_eq!(ran.stdout, expected, "{}", ran.stderr);
            assert_eq!(ran.code, 1);
        }
    }
}

#[test]
fn expectations_are_compared_with_alerts() {
    for (expectation, reason) in [
        ("alerts: [A shell]", None),
        ("alerts: [A shell, Anything]", None),
        ("silent: [A quiet one]", None),
        (
            "alerts: [{rule: A shell, priority: Notice, output: terminal=34816, count: 1}]",
            None,
        ),
        ("alerts: [{rule: A shell, fields: {proc.tty: 34816}}]", None),
        (
            "alerts: [A shell]\n  matching: first\n  silent: [Anything]",
            None,
        ),
        (
            "alerts: [{rule: A shell, count: 2}]",
            Some("`A shell` alerts once, not 2 times"),
        ),
        (
            "alerts: [{rule: A shell, priority: error}]",
            Some("`A shell` alerts, but with priority Notice, not error"),
        ),
        (
            "alerts: [{rule: A shell, fields: {proc.tty: 0}}]",
            Some("`A shell` alerts, but proc.tty is 34816, not 0"),
        ),
        (
            "silent: [Anything]",
            Some("`Anything` alerts once, and should not"),
        ),
        (
            "alerts: []",
            Some(
                "`A shell` alerts once, and should not\n          `Anything` alerts once, and should not",
            ),
        ),
        (
            "alerts: [A shel]",
            Some("no rule is called `A shel`: did you mean `A shell`?"),
        ),
        (
            "alerts: [{rule: A shel, count: 0}]",
            Some("no rule is called `A shel`: did you mean `A shell`?"),
        ),
        ("alerts: [{rule: A shell, count: 0, output: bash}]", None),
        (
            "alerts: [{rule: A shell, count: 0, output: 34816}]",
            Some("`A shell` alerts once, not 0 times"),
        ),
        (
            "alerts: [A secret]",
            Some(
                "`A secret` does not alert\n            it is for events of another source: k8s_audit",
            ),
        ),
        (
            "alerts: [A quiet one]",
            Some("`A quiet one` does not alert\n            it is disabled"),
        ),
    ] {
        check(expectation, reason);
    }
}

#[test]
fn what_keeps_a_rule_from_alerting_is_named() {
    let test =
        "- name: over ssh\n  event: {evt.type: execve, proc.pname: sshd}\n  alerts: [A shell]\n";
    let expected = "\
FAILED  t.yaml:3: over ssh
          `A shell` does not alert
            not true: proc.name in (bash, sh)  (proc.name has no value)
            not true: not proc.pname = sshd  (proc.pname is `sshd`)
0 passed, 1 failed
";
    assert_eq!(run(test, &[]).stdout, expected);
}

#[test]
fn values_are_what_stands_there() {
    let test = "- name: n\n  event: {evt.type: execve, proc.name: bash, proc.cmdline: 0755}\n  \
                alerts: [{rule: A shell, output: command=0755}]\n";
    let ran = run(test, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn audit_events_are_tested() {
    let test = format!(
        "- name: inline\n  audit: {AUDIT}\n  alerts:\n  - rule: A secret\n    output: user=ana\n\
         - name: a log\n  audit: audit.log\n  alerts: [{{rule: A secret, count: 1}}]\n"
    );
    let ran = run(&test, &[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn what_cannot_be_read_is_no_pass() {
    for file in ["cut.log", "nosuch.log"] {
        let tests = format!(
            "- name: n\n  audit: {file}\n  silent: [A secret]\n- name: m\n  event: {{evt.type: open}}\n  alerts: []\n"
        );
        let ran = run(&tests, &[]);
        assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.starts_with("FAILED"), "{}", ran.stdout);
        assert!(
            ran.stdout.ends_with("1 passed, 1 failed\n"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn files_that_are_no_tests_are_refused() {
    for (tests, reason) in [
        ("", "t.yaml has no tests"),
        ("- name: n\n", "t.yaml:3"),
        (
            "- name: n\n  event: {evt.type: execve}\n",
            "it expects nothing",
        ),
        (
            "- name: n\n  alerts: []\n",
            "a test has one of `event`, `audit` and `capture`",
        ),
        (
            "- name: n\n  event: {}\n  alerts: []\n",
            "it has no `evt.type`",
        ),
        (
            "- name: n\n  event: {evt.type: open, proc.nam: a}\n  alerts: []\n",
            "`proc.nam` is no field: did you mean `proc.name`?",
        ),
        (
            "- name: n\n  event: {evt.type: open}\n  alert: []\n",
            "unknown field `alert`",
        ),
        (
            "- name: n\n  event: {evt.type: open}\n  alerts: [{rul: x}]\n",
            "an alert is the name of a rule",
        ),
        ("- name: [\n", "t.yaml:"),
        (
            "- name: n\n  audit: [{kind: Event}]\n  alerts: []\n",
            "`audit`: line 1: the event has no `stageTimestamp`",
        ),
        (
            "- name: n\n  event: {evt.type: open, proc.aname: [a, null]}\n  alerts: []\n",
            "the value of `proc.aname`: null is no value",
        ),
        (
            "- name: n\n  event: {evt.type: open, fd.port: [1, 2, 3]}\n  alerts: []\n",
            "the value of `fd.port`: a connection has two ends",
        ),
    ] {
        let ran = run(tests, &[]);
        assert_eq!(ran.code, 2, "{tests}: {}", ran.stdout);
        assert!(ran.stderr.contains(reason), "{tests}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{tests}");
    }
}

#[test]
fn rules_that_do_not_load_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect(name);
    write("rules.yaml", &RULES.replace("proc.name", "proc.nam"));
    write(
        "t.yaml",
        "tests:\n- name: n\n  event: {evt.type: execve}\n  alerts: []\n",
    );
    let ran = ciel(
        folder.path(),
        &["rules", "test", "t.yaml", "--rules", "rules.yaml"],
    );
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("rules.yaml:3:"), "{}", ran.stderr);
}

#[test]
fn reports_are_as_their_schema_says() {
    let tests = "- name: a\n  event: {evt.type: execve}\n  alerts: [Anything]\n\
                 - name: b\n  event: {evt.type: execve}\n  alerts: [A shell]\n";
    let ran = run(tests, &["--format", "json"]);
    assert_eq!(ran.code, 1);
    let report = ran.json();
    validate(&schema("rules-test-v1.schema.json"), &report);
    assert_eq!(report["tests"][0]["alerts"]["Anything"], 1);
}

#[test]
fn captures_are_tested() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let falco = suites.join("falco");
    let folder = tempfile::tempdir().expect("a folder");
    let tests = format!(
        "rules: ['{0}/rules/falco_rules.yaml']\ntests:\n- name: n\n  capture: '{0}/captures/node-attack.scap'\n  \
         no-containers: true\n  alerts:\n  - {{rule: Read sensitive file untrusted, count: 1}}\n  \
         silent: [Terminal shell in container]\n",
        falco.display()
    );
    fs::write(folder.path().join("t.yaml"), tests).expect("written");
    let ran = ciel(folder.path(), &["rules", "test", "t.yaml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
}
