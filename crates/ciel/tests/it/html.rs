//! The HTML report in a browser: `tests/browser/report.mjs` looks at an empty, a small and a large one.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::run::{PRIVILEGED, ciel, folder};

/// Workloads of the large report: a handful of findings each.
const WORKLOADS: usize = 400;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A demo with everything that a report can tell: the example cluster, a file that does not parse, a suppression.
fn demo(folder: &Path) {
    let demo = repository().join("examples/demo-cluster");
    let demo = demo.to_str().expect("UTF-8");
    let args = [
        "scan",
        "--profile",
        "all",
        "--format",
        "html=demo.html",
        "broken.yaml",
        "known.yaml",
        demo,
    ];
    assert_eq!(ciel(folder, &args).code, 3);
}

fn report(folder: &Path, input: &str, output: &str) {
    let format = format!("html={output}");
    let ran = ciel(
        folder,
        &["scan", "--profile", "all", "--format", &format, input],
    );
    assert!(ran.code < 2, "{}", ran.stderr);
}

#[test]
fn browsers_and_axe_have_nothing_to_say() {
    let Some(browser) = ciel_testkit::tool("browser") else {
        return;
    };
    let known = PRIVILEGED.replace(
        "privileged: true",
        "privileged: true # ciel: ignore[POD001] known",
    );
    let large: String = (0..WORKLOADS)
        .map(|number| {
            format!(
                "---\n{}",
                PRIVILEGED.replace("name: web", &format!("name: web-{number}"))
            )
        })
        .collect();
    let folder = folder(&[
        ("broken.yaml", "apiVersion: v1\nkind: Pod\nmetadata: [\n"),
        ("known.yaml", &known),
        ("large.yaml", &large),
        ("empty.yaml", "# nothing\n"),
    ]);
    demo(folder.path());
    report(folder.path(), "large.yaml", "large.html");
    report(folder.path(), "empty.yaml", "empty.html");
    let output = Command::new(browser)
        .arg(repository().join("tests/browser/report.mjs"))
        .args(["demo.html", "large.html", "empty.html"])
        .current_dir(folder.path())
        .output()
        .expect("the browser starts");
    let complaints = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "{complaints}{errors}"
    );
}
