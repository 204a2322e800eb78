//! Loading from real folders.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

use std::path::Path;

use ciel_load::{Input, LoadError, LoadOptions, Loaded, Progress, load};

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn load_paths(paths: &[&Path]) -> Loaded {
    let inputs: Vec<_> = paths
        .iter()
        .map(|path| Input::from_argument(*path))
        .collect();
    load(&inputs, &LoadOptions::default(), &Progress::default()).unwrap()
}

fn names(folder: &Path, loaded: &Loaded) -> Vec<String> {
    let prefix = format!("{}/", folder.display());
    let name = |name: &str| name.strip_prefix(&prefix).unwrap_or(name).to_owned();
    loaded
        .files
        .iter()
        .map(|file| name(&file.source.name))
        .collect()
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

#[test]
fn folders_are_read_in_order_and_ignore_files_honoured() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("b.yaml", POD),
            ("a/z.YML", POD),
            ("a.yaml", POD),
            (".argo/x.json", r#"{"apiVersion": "v1", "kind": "Pod"}"#),
            (".git/x.yaml", POD),
            (".gitignore", "ignored/\n"),
            ("ignored/x.yaml", POD),
            ("c/.cielignore", "no*.yaml\n"),
            ("c/no1.yaml", POD),
            ("values.yaml", "replicas: 3\n"),
            ("broken.yaml", "a: [\n"),
            ("notes.md", POD),
        ],
    );
    let loaded = load_paths(&[folder.path()]);
    assert_eq!(
        names(folder.path(), &loaded),
        [".argo/x.json", "a/z.YML", "a.yaml", "b.yaml"]
    );
    assert_eq!(loaded.skipped, 2);
    assert_eq!(loaded.diagnostics, []);
    assert!(loaded.complete);
}

#[test]
fn overlapping_inputs_are_read_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a/b.yaml", POD), ("c.yaml", POD)]);
    let (a, b) = (folder.path().join("a"), folder.path().join("a/b.yaml"));
    let loaded = load_paths(&[&b, &a, folder.path()]);
    assert_eq!(names(folder.path(), &loaded), ["a/b.yaml", "c.yaml"]);
}

#[test]
fn a_broken_document_is_told_and_its_neighbours_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{POD}---\napiVersion: v1\nkind: [\n---\n{POD}");
    write(folder.path(), &[("a.yaml", &text)]);
    let loaded = load_paths(&[&folder.path().join("a.yaml")]);
    assert_eq!(loaded.files[0].documents.len(), 2);
    assert!(!loaded.files[0].source.complete);
    assert!(loaded.diagnostics[0].is_error && loaded.diagnostics[0].location.is_some());
    assert!(!loaded.complete);
}

#[test]
fn a_missing_path_ends_the_run() {
    let error = load(
        &[Input::from_argument("no/such.yaml")],
        &LoadOptions::default(),
        &Progress::default(),
    );
    assert!(matches!(error, Err(LoadError::Missing(name)) if name == "no/such.yaml"));
}
