//! What the security profile says of seven real projects, by check, so that a change of judgement is seen: `real.tsv`.
//!
//! `CIEL_RATCHET=update` writes it anew. Every line in it was read and can be defended to the project's maintainers; a new
//! one must be, too.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path, process::Command};

use serde_json::Value;

/// What manifests show of each scenario of Kubernetes Goat, a cluster that is vulnerable on purpose. The others are weak
/// in what runs (a repository left in an image, a program that sends requests anywhere), where manifests show only that
/// nothing keeps others from it. The suite's copy of the chart metadata-db lacks a template, so it cannot be rendered.
const GOAT: [(&str, &[&str]); 13] = [
    ("batch-check", &["miner-image"]),
    ("build-code", &["no-network-policy", "run-as-root"]),
    ("cache-store", &["no-network-policy", "run-as-root"]),
    (
        "docker-bench-security",
        &["container-socket", "privileged-container", "host-pid"],
    ),
    (
        "health-check",
        &["container-socket", "privileged-container"],
    ),
    ("hidden-in-layers", &["latest-tag", "run-as-root"]),
    (
        "hunger-check",
        &["wildcard-role", "served-without-memory-limit"],
    ),
    ("insecure-rbac", &["cluster-admin-bound"]),
    ("internal-proxy", &["no-network-policy"]),
    ("kube-bench-security", &["sensitive-host-path", "host-pid"]),
    (
        "kubernetes-goat-home",
        &["no-network-policy", "run-as-root"],
    ),
    ("poor-registry", &["no-network-policy", "run-as-root"]),
    (
        "system-monitor",
        &["privileged-container", "sensitive-host-path", "host-pid"],
    ),
];

#[test]
fn weaknesses_of_the_goat_are_found() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    if ciel_testkit::tool("helm").is_none() {
        return;
    }
    let mut missed = Vec::new();
    for (scenario, weaknesses) in GOAT {
        let report = scan(&suites.join("kubernetes-goat").join(scenario));
        let findings = report["findings"].as_array().expect("a list");
        for weakness in weaknesses {
            if !findings.iter().any(|finding| finding["name"] == **weakness) {
                missed.push(format!("{scenario}: {weakness}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn judgement_of_real_projects_is_as_written_down() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    if ciel_testkit::tool("helm").is_none() || ciel_testkit::tool("kustomize").is_none() {
        return;
    }
    let mut found = String::new();
    for project in ciel_testkit::REAL_PROJECTS {
        let report = scan(&suites.join("real").join(project));
        assert_eq!(report["diagnostics"], Value::Array(Vec::new()), "{project}");
        let mut counts = BTreeMap::<[&str; 3], usize>::new();
        for finding in report["findings"].as_array().expect("a list") {
            let word = |key: &str| finding[key].as_str().expect("a word");
            *counts
                .entry([word("code"), word("name"), word("severity")])
                .or_default() += 1;
        }
        for ([code, name, severity], count) in counts {
            writeln!(found, "{project}\t{code}\t{name}\t{severity}\t{count}").expect("memory");
        }
    }
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/real.tsv");
    if env::var("CIEL_RATCHET").is_ok_and(|value| value == "update") {
        fs::write(golden, &found).expect("written");
    }
    let expected = fs::read_to_string(golden).expect("the golden file is there");
    let difference: Vec<String> = lines_only_in(&expected, &found, '-')
        .chain(lines_only_in(&found, &expected, '+'))
        .collect();
    assert!(
        difference.is_empty(),
        "judgement has changed; CIEL_RATCHET=update accepts it:\n{}",
        difference.join("\n")
    );
}

fn lines_only_in<'t>(
    text: &'t str,
    other: &'t str,
    sign: char,
) -> impl Iterator<Item = String> + 't {
    text.lines()
        .filter(move |line| !other.lines().any(|it| it == *line))
        .map(move |line| format!("{sign} {line}"))
}

/// The report on a folder, at a fixed time, with the renderers that the tests have.
fn scan(folder: &Path) -> Value {
    let tools = ciel_testkit::tool("helm").expect("asked before");
    let tools = tools.parent().expect("a folder").to_path_buf();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([tools].into_iter().chain(env::split_paths(&path)));
    let output = Command::new(env!("CARGO_BIN_EXE_ciel"))
        .args(["scan", "--format", "json", "--fail-on", "never"])
        .args(["--now", "2026-11-23T00:00:00Z"])
        .arg(folder)
        .env("PATH", path.expect("folders"))
        .output()
        .expect("the program starts");
    serde_json::from_slice(&output.stdout).expect("JSON")
}
