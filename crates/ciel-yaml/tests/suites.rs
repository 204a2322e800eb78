//! Every manifest of the suites can be read.
#![expect(clippy::unwrap_used, reason = "a test: a failure is a panic")]

use std::path::{Path, PathBuf};

use ciel_testkit::suites_dir;

#[test]
#[expect(clippy::disallowed_methods, reason = "the suites are files")]
fn manifests_of_the_suites_can_be_read() {
    let Some(suites) = suites_dir() else { return };
    let mut files = Vec::new();
    for suite in ["real", "pod-security", "polaris", "kube-linter"] {
        collect(&suites.join(suite), &mut files);
    }
    files.sort();
    assert!(files.len() > 2_500, "{} files", files.len());
    let mut failures = Vec::new();
    let mut documents = 0;
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let parsed = ciel_yaml::parse(&text.as_str().into());
        documents += parsed.documents.len();
        let path = file.strip_prefix(&suites).unwrap().display().to_string();
        for (span, diagnostic) in parsed.diagnostics {
            if diagnostic.is_error {
                let line = text.get(..span.start as usize).unwrap().lines().count();
                failures.push(format!("{path}:{line}: {}", diagnostic.message));
            }
        }
        if parsed.documents.is_empty() && text.lines().any(is_content) {
            failures.push(format!("{path}: no document"));
        }
    }
    println!("{} files, {documents} documents", files.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn is_content(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("---")
}

/// The YAML and JSON files below a folder, without the templates of Helm charts.
#[expect(clippy::disallowed_methods, reason = "the suites are files")]
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let is_chart = folder.join("Chart.yaml").is_file();
            if !(is_chart && path.ends_with("templates")) {
                collect(&path, files);
            }
        } else if path.extension().is_some_and(|extension| {
            extension == "yaml" || extension == "yml" || extension == "json"
        }) {
            files.push(path);
        }
    }
}
