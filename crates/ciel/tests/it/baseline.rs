use std::{path::Path, process::Command};

use serde_json::{Value, json};

use crate::{
    run::{PRIVILEGED, Ran, ciel, ciel_with_input, folder},
    schemas::{schema, validate},
};

const SCAN: [&str; 5] = ["scan", "--select", "POD001,POD031", "--format", "json"];

fn scan(project: &Path, args: &[&str]) -> Ran {
    ciel(project, &[&SCAN[..], args].concat())
}

/// How many findings count, and how many are known.
fn counts(ran: &Ran) -> (usize, u64) {
    let report = ran.json();
    let findings = report["findings"].as_array().expect("a list").len();
    (
        findings,
        report["summary"]["baseline"].as_u64().expect("a number"),
    )
}

fn written(project: &Path) -> (String, Value) {
    scan(
        project,
        &["--write-baseline", "known.json", "--fail-on", "never", "."],
    );
    let text = std::fs::read_to_string(project.join("known.json")).expect("a baseline");
    let value = serde_json::from_str(&text).expect("JSON");
    (text, value)
}

#[test]
fn what_a_baseline_knows_is_counted_and_does_not_fail() {
    let project = folder(&[("a/web.yaml", PRIVILEGED)]);
    let (text, baseline) = written(project.path());
    validate(&schema("baseline-v1.schema.json"), &baseline);
    assert_eq!(text.lines().count(), 6, "{text}");
    let ran = scan(project.path(), &["--baseline", "known.json", "."]);
    assert_eq!((ran.code, counts(&ran)), (0, (0, 1)));
}

/// A change to a project that has one known finding; how many findings are new then, and how many known.
#[track_caller]
fn check_change(change: impl Fn(&Path), expected: (usize, u64)) {
    let project = folder(&[("a/web.yaml", PRIVILEGED)]);
    written(project.path());
    change(project.path());
    let ran = scan(project.path(), &["--baseline", "known.json", "."]);
    assert_eq!(counts(&ran), expected, "{}", ran.stdout);
}

#[test]
fn known_findings_stay_known_when_the_project_moves() {
    let write = |project: &Path, name: &str, text: &str| {
        std::fs::write(project.join(name), text).expect("a file");
    };
    let moved = format!("# a\n# b\n\n{PRIVILEGED}");
    check_change(|project| write(project, "a/web.yaml", &moved), (0, 1));
    let joined =
        format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\n---\n{PRIVILEGED}");
    check_change(|project| write(project, "a/web.yaml", &joined), (0, 1));
    check_change(
        |project| std::fs::rename(project.join("a"), project.join("b")).expect("renamed"),
        (0, 1),
    );
    // Another container before it: list items are known by their names.
    let before = PRIVILEGED.replace(
        "  - name: app\n",
        "  - name: first\n    image: a:1\n  - name: app\n",
    );
    check_change(|project| write(project, "a/web.yaml", &before), (0, 1));
    let second = PRIVILEGED.replace("name: web", "name: other");
    check_change(|project| write(project, "b.yaml", &second), (1, 1));
    let worse = PRIVILEGED.replace("spec:\n", "spec:\n  hostPID: true\n");
    check_change(|project| write(project, "a/web.yaml", &worse), (1, 1));
    let suppressed = PRIVILEGED.replace("true", "true # ciel: ignore[POD001] known");
    check_change(|project| write(project, "a/web.yaml", &suppressed), (0, 0));
}

#[test]
fn known_findings_that_are_gone_are_told() {
    let project = folder(&[("a/web.yaml", PRIVILEGED)]);
    written(project.path());
    std::fs::write(
        project.path().join("a/web.yaml"),
        PRIVILEGED.replace("true", "false"),
    )
    .expect("a file");
    let ran = scan(project.path(), &["--baseline", "known.json", "."]);
    let told = ran.json()["diagnostics"][0]["message"].clone();
    assert_eq!(
        told,
        "findings of the baseline `known.json` that are gone: 1"
    );
}

#[test]
fn a_run_for_some_findings_only_calls_none_gone() {
    let project = folder(&[("a/web.yaml", PRIVILEGED)]);
    written(project.path());
    for narrow in [
        ["--min-severity", "critical", "."],
        ["--ignore", "POD001", "."],
        ["--fail-on", "never", "a/web.yaml"],
    ] {
        std::fs::write(
            project.path().join("a/web.yaml"),
            PRIVILEGED.replace("true", "false"),
        )
        .expect("a file");
        let args = [&["--baseline", "known.json"], &narrow[..]].concat();
        let ran = scan(project.path(), &args);
        assert_eq!(
            ran.json()["diagnostics"],
            serde_json::json!([]),
            "{narrow:?}"
        );
    }
}

#[test]
fn baseline_is_the_same_however_the_findings_are_ordered() {
    let other = PRIVILEGED.replace("name: web", "name: other");
    let one = folder(&[("a.yaml", PRIVILEGED), ("b.yaml", &other)]);
    let two = folder(&[("z.yaml", PRIVILEGED), ("x/b.yaml", &other)]);
    assert_eq!(written(one.path()).0, written(two.path()).0);
}

#[test]
fn text_says_how_many_are_known() {
    let project = folder(&[("a/web.yaml", PRIVILEGED)]);
    written(project.path());
    let args = [
        "scan",
        "--select",
        "POD001",
        "--baseline",
        "known.json",
        ".",
    ];
    let ran = ciel(project.path(), &args);
    assert!(ran.stdout.contains("1 known before"), "{}", ran.stdout);
}

#[test]
fn sarif_says_which_are_known() {
    let project = folder(&[("a/web.yaml", PRIVILEGED)]);
    written(project.path());
    let args = [
        "scan",
        "--select",
        "POD001",
        "--baseline",
        "known.json",
        "--format",
        "sarif",
        ".",
    ];
    let sarif = ciel(project.path(), &args).json();
    assert_eq!(sarif["runs"][0]["results"][0]["baselineState"], "unchanged");
}

#[test]
fn what_is_no_baseline_is_refused() {
    let project = folder(&[
        ("web.yaml", PRIVILEGED),
        ("broken.json", "{"),
        (
            "other.json",
            &json!({"schema": "ciel.baseline/v9", "findings": []}).to_string(),
        ),
    ]);
    for (file, part) in [
        ("broken.json", "no baseline of Ciel"),
        ("other.json", "ciel.baseline/v9"),
        ("missing.json", "--write-baseline missing.json"),
    ] {
        let ran = scan(project.path(), &["--baseline", file, "."]);
        assert_eq!(ran.code, 2, "{file}");
        assert!(ran.stderr.contains(part), "{file}: {}", ran.stderr);
    }
}

fn git(project: &Path, args: &[&str]) {
    let identity = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "-c",
        "commit.gpgsign=false",
    ];
    let status = Command::new("git")
        .args(identity)
        .args(args)
        .current_dir(project)
        .output()
        .expect("git runs");
    assert!(status.status.success(), "{args:?}: {status:?}");
}

/// A repository with one commit.
fn repository(files: &[(&str, &str)]) -> tempfile::TempDir {
    let project = folder(files);
    git(project.path(), &["init", "-q", "-b", "main"]);
    git(project.path(), &["add", "-A"]);
    git(project.path(), &["commit", "-qm", "first"]);
    project
}

#[test]
fn diff_shows_what_a_revision_did_not_have() {
    let project = repository(&[
        ("deploy/web.yaml", PRIVILEGED),
        (".gitattributes", "* export-ignore\n"),
    ]);
    let other = PRIVILEGED.replace("name: web", "name: other");
    let both = format!("{PRIVILEGED}---\n{other}");
    std::fs::write(project.path().join("deploy/web.yaml"), both).expect("a file");
    let deploy = project.path().join("deploy");
    for (folder, path) in [
        (project.path(), "."),
        (project.path(), "deploy"),
        (project.path(), "deploy/web.yaml"),
        (&deploy, "."),
        (&deploy, "../deploy/web.yaml"),
    ] {
        let ran = scan(folder, &["--diff", "HEAD", path]);
        assert_eq!(counts(&ran), (1, 1), "{path} {}", ran.stdout);
        assert_eq!(ran.json()["findings"][0]["object"]["name"], "other");
    }
}

#[test]
fn all_of_a_new_path_is_new() {
    let project = repository(&[("README.md", "nothing yet\n")]);
    std::fs::write(project.path().join("web.yaml"), PRIVILEGED).expect("a file");
    let ran = scan(project.path(), &["--diff", "main", "web.yaml"]);
    assert_eq!(counts(&ran), (1, 0));
    let told = ran.json()["diagnostics"][0]["message"].clone();
    assert_eq!(told, "`web.yaml` is not in main: all of it is new");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let project = repository(&[("web.yaml", PRIVILEGED)]);
    let plain = folder(&[("web.yaml", PRIVILEGED)]);
    for (folder, args, part) in [
        (
            project.path(),
            ["--diff", "no-such", "."],
            "`no-such` is no revision",
        ),
        (
            project.path(),
            ["--diff=--all", "--partial", "."],
            "`--all` is no revision",
        ),
        (
            plain.path(),
            ["--diff", "HEAD", "."],
            "is in no git repository",
        ),
        (
            project.path(),
            ["--diff", "HEAD", "-"],
            "standard input has none",
        ),
    ] {
        let ran = ciel_with_input(folder, &[&SCAN[..], &args].concat(), PRIVILEGED);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains(part), "{args:?}: {}", ran.stderr);
    }
}
