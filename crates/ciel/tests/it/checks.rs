//! `ciel checks`, and the program under its name as a plugin of kubectl.

use std::process::Command;

use crate::run::ciel;

#[track_caller]
fn check(args: &[&str], expected: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = ciel(folder.path(), &[&["checks"], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names = ran.stdout.lines().map(|line| {
        let mut words = line.split_whitespace();
        words.nth(1).unwrap_or_default()
    });
    assert_eq!(names.collect::<Vec<_>>(), expected, "{args:?}");
}

#[track_caller]
fn refused(args: &[&str], message: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = ciel(folder.path(), &[&["checks"], args].concat());
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
}

#[test]
fn lists_are_narrowed() {
    check(&["--tool", "trivy:KSV-0017"], &["privileged-container"]);
    check(
        &["--framework", "cis-1.12:5.2.2"],
        &["privileged-container"],
    );
    check(
        &["--topic", "pods", "--tool", "polaris:hostPIDSet"],
        &["host-pid"],
    );
    check(
        &["--topic", "POD", "host-pid", "miner-command"],
        &["host-pid"],
    );
    check(
        &["--profile", "security", "unsorted-keys", "host-ipc"],
        &["host-ipc"],
    );
}

#[test]
fn words_that_name_nothing_are_refused() {
    refused(
        &["--tool", "trivvy"],
        "no tool is called `trivvy`: use checkov",
    );
    refused(
        &["--framework", "cis"],
        "no framework is called `cis`: use bsi, cis-1.12",
    );
    refused(
        &["--topic", "cloud"],
        "no topic is called `cloud`: use pods",
    );
    refused(&["--topic", "rbac", "host-pid"], "no check is all of this");
}

#[cfg(unix)]
#[test]
fn kubectl_s_plugin_calls_itself_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let plugin = folder.path().join("kubectl-ciel");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_ciel"), &plugin).expect("a link");
    let output = Command::new(&plugin)
        .args(["scan", "--help"])
        .output()
        .expect("the program starts");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(help.contains("Usage: kubectl ciel scan"), "{help}");
}
