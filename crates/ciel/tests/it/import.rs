use std::path::{Path, PathBuf};

use crate::run::{PRIVILEGED, ciel, folder};

const FILES: [&str; 9] = [
    ".trivyignore",
    ".trivyignore.yaml",
    "trivy.yaml",
    ".checkov.yaml",
    ".checkov.baseline",
    ".kube-linter.yaml",
    "polaris.yaml",
    "kubescape.json",
    ".snyk",
];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import")
}

/// `CIEL_RATCHET=update` writes down what comes out.
#[test]
fn files_of_other_tools_become_configuration() {
    for file in FILES {
        let ran = ciel(&data(), &["config", "import", file]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.stderr);
        let expected = data().join(format!("expected/{}.toml", file.trim_start_matches('.')));
        if std::env::var("CIEL_RATCHET").is_ok_and(|it| it == "update") {
            std::fs::write(&expected, &ran.stdout).expect("written");
        }
        let expected = std::fs::read_to_string(expected).expect("the expected text");
        assert_eq!(ran.stdout, expected, "{file}");
    }
}

#[test]
fn what_comes_out_is_a_right_configuration() {
    let target = folder(&[]);
    let output = target.path().join("ciel.toml");
    let output = output.to_str().expect("UTF-8");
    let import = [&["config", "import", "--output", output][..], &FILES].concat();
    let ran = ciel(&data(), &import);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = ciel(target.path(), &["config", "check"]);
    assert!(
        ran.stdout.contains("right, 20 exceptions"),
        "{} {}",
        ran.stdout,
        ran.stderr
    );
    // An existing file is somebody's work.
    let ran = ciel(&data(), &import);
    assert!(
        ran.code == 2 && ran.stderr.contains("exists already"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_is_not_carried_over_is_told_by_line() {
    let ran = ciel(&data(), &["config", "import", ".kube-linter.yaml"]);
    let told = ".kube-linter.yaml:12: `team-label` is a check of your own";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
}

#[test]
fn imported_exceptions_hold() {
    let project = folder(&[
        (".trivyignore", "KSV017 # known\n"),
        ("deploy/web.yaml", PRIVILEGED),
    ]);
    let scan = ["scan", "--select", "POD001", "--format", "json", "."];
    // The file alone does nothing: Ciel reads ciel.toml.
    assert_eq!(
        ciel(project.path(), &scan).json()["summary"]["suppressed"],
        0
    );
    ciel(
        project.path(),
        &["config", "import", ".trivyignore", "--output", "ciel.toml"],
    );
    assert_eq!(
        ciel(project.path(), &scan).json()["summary"]["suppressed"],
        1
    );
}

#[test]
fn files_are_known_by_their_content() {
    let polaris = "checks:\n  runAsPrivileged: ignore\n";
    let exceptions = "[{\"name\": \"a\", \"resources\": [], \"posturePolicies\": []}]";
    let project = folder(&[
        ("a.yaml", polaris),
        ("b.json", exceptions),
        ("c.txt", "KSV-0017\n"),
        ("d.yaml", "some: thing\n"),
    ]);
    for (file, code) in [("a.yaml", 0), ("b.json", 0), ("c.txt", 0), ("d.yaml", 2)] {
        let ran = ciel(project.path(), &["config", "import", file]);
        assert_eq!(ran.code, code, "{file}: {}", ran.stderr);
    }
}

#[test]
fn configuration_is_explained() {
    let config = "[[ignore]]\nchecks = [\"KSV-0017\", \"nonsense\"]\nexpires = 2020-01-01\n";
    let project = folder(&[("ciel.toml", config)]);
    let ran = ciel(project.path(), &["config", "check"]);
    let told = "ciel.toml:1: KSV-0017 (POD001), nonsense (names no check); no reason; expired\n";
    assert!(ran.stdout.ends_with(told), "{}", ran.stdout);
    let ran = ciel(project.path(), &["config", "check", "other.toml"]);
    assert_eq!(ran.code, 2);
}
