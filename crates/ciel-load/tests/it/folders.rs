//! Files, folders, streams.

use ciel_load::{Input, LoadError, LoadOptions, Progress, load};

use crate::support::{Folder, POD, objects};

#[test]
fn folders_are_read_in_order_and_ignore_files_honoured() {
    let folder = Folder::new(&[
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
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!(
        folder.names(&loaded),
        [".argo/x.json", "a/z.YML", "a.yaml", "b.yaml"]
    );
    assert_eq!(loaded.skipped, 2);
    assert_eq!(loaded.diagnostics, []);
    assert!(loaded.complete);
}

#[test]
fn the_order_does_not_depend_on_threads() {
    let names: Vec<String> = (0..300).map(|index| format!("{index:03}.yaml")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), POD)).collect();
    let folder = Folder::new(&files);
    assert_eq!(folder.names(&folder.load(&[""])), names);
}

#[test]
fn a_named_file_is_read_whatever_its_name() {
    let folder = Folder::new(&[("manifest", POD), (".gitignore", "manifest\n")]);
    let loaded = folder.load(&["manifest"]);
    assert_eq!(folder.names(&loaded), ["manifest"]);
    assert!(!loaded.complete);
}

#[test]
fn overlapping_inputs_are_read_once() {
    let folder = Folder::new(&[("a/b.yaml", POD), ("c.yaml", POD)]);
    let loaded = folder.load(&["a/b.yaml", "a", ""]);
    assert_eq!(folder.names(&loaded), ["a/b.yaml", "c.yaml"]);
}

#[cfg(unix)]
#[test]
fn links_within_a_folder_are_not_followed_but_named_ones_are() {
    let folder = Folder::new(&[("real/a.yaml", POD), ("b.yaml", POD)]);
    std::os::unix::fs::symlink(folder.path(""), folder.path("real/loop")).unwrap();
    std::os::unix::fs::symlink(folder.path("real"), folder.path("link")).unwrap();
    assert_eq!(folder.names(&folder.load(&["real"])), ["real/a.yaml"]);
    assert_eq!(folder.names(&folder.load(&["link"])), ["link/a.yaml"]);
}

#[test]
fn a_broken_document_is_told_and_its_neighbours_are_read() {
    let text = format!("{POD}---\napiVersion: v1\nkind: [\n---\n{POD}");
    let folder = Folder::new(&[("a.yaml", &text), ("b.yaml", POD)]);
    let loaded = folder.load(&[""]);
    assert_eq!(loaded.files[0].documents.len(), 2);
    assert!(!loaded.files[0].source.complete);
    assert!(
        folder.messages(&loaded)[0].starts_with("a.yaml:6: "),
        "{:?}",
        folder.messages(&loaded)
    );
    // No cluster takes the broken document either, so what is absent is absent.
    assert!(loaded.complete);
}

#[test]
fn bytes_that_are_no_text_are_told_where_they_mean_to_be_kubernetes() {
    let folder = Folder::new(&[]);
    folder.write("latin.yaml", b"apiVersion: v1\nkind: Pod\nnote: caf\xe9\n");
    folder.write("binary.yaml", b"\x00\x01\xff\xfe");
    folder.write("empty.yaml", b"");
    folder.write(
        "utf16.yaml",
        b"\xff\xfea\0p\0i\0V\0e\0r\0s\0i\0o\0n\0:\0 \0v\x001\0\n\0k\0i\0n\0d\0:\0 \0X\0",
    );
    let loaded = folder.load(&[""]);
    assert_eq!(folder.names(&loaded), ["latin.yaml", "utf16.yaml"]);
    assert_eq!(
        folder.messages(&loaded),
        ["latin.yaml:1: not UTF-8: the byte at offset 34 is no part of a character"]
    );
    assert_eq!(loaded.skipped, 2);
    assert!(!loaded.complete);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new(&[("a.yaml", POD), ("b/c.yaml", POD)]);
    for name in ["a.yaml", "b"] {
        std::fs::set_permissions(folder.path(name), PermissionsExt::from_mode(0o0)).unwrap();
    }
    // Root reads everything.
    if std::fs::read(folder.path("a.yaml")).is_ok() {
        return;
    }
    let loaded = folder.load(&[""]);
    assert_eq!(loaded.diagnostics.len(), 2);
    assert!(!loaded.complete);
}

#[test]
fn lists_and_dumps_are_objects() {
    let list = r#"{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}]}"#;
    let pods = r#"{"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "b"}}]}"#;
    let array = r#"[{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}}]"#;
    let lines = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"d\"}}\n{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"e\"}}\n";
    let folder = Folder::new(&[
        ("array.json", array),
        ("default/logs.txt", "kind: apiVersion: [\n"),
        ("default/pods.json", pods),
        ("lines.jsonl", lines),
        ("list.json", list),
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!(folder.messages(&loaded), [""; 0]);
    assert_eq!(
        objects(&folder, loaded),
        [
            "array.json: Pod c",
            "default/pods.json: Pod b",
            "lines.jsonl: Pod d",
            "lines.jsonl: Pod e",
            "list.json: Pod a",
        ]
    );
}

#[test]
fn logs_between_the_objects_of_a_dump_are_passed_over() {
    let dump = "\
{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": [{\"metadata\": {\"name\": \"a\"}}]}
==== START logs for container c of pod kube-system/a ====
I0101 kind: {apiVersion: [
==== END logs for container c of pod kube-system/a ====
{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": [{\"metadata\": {\"name\": \"b\"}}]}
";
    let folder = Folder::new(&[("dump.json", dump)]);
    let loaded = folder.load(&[""]);
    assert_eq!(folder.messages(&loaded), [""; 0]);
    assert_eq!(loaded.files[0].source.text.lines().count(), 5);
    assert_eq!(
        objects(&folder, loaded),
        ["dump.json: Pod a", "dump.json: Pod b"]
    );
}

#[test]
fn patches_and_kustomizations_by_other_names_are_no_objects() {
    let folder = Folder::new(&[
        (
            "delete.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n$patch: delete\n",
        ),
        (
            "kustomization-dev.yaml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
        ),
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!((loaded.files.len(), loaded.skipped), (0, 2));
}

#[test]
fn hidden_words_do_not_hide_an_object() {
    let folder = Folder::new(&[
        ("a.yaml", "\"\\x61piVersion\": v1\n\"\\x6bind\": Pod\n"),
        ("b.yaml", "? apiVersion\n: v1\n? kind\n: Pod\n"),
    ]);
    let loaded = folder.load(&[""]);
    assert_eq!(folder.names(&loaded), ["a.yaml", "b.yaml"]);
}

#[cfg(unix)]
#[test]
fn pipes_are_read() {
    let folder = Folder::new(&[]);
    let pipe = folder.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let writer = std::thread::spawn(move || std::fs::write(pipe, POD).unwrap());
    let loaded = folder.load(&["pipe"]);
    writer.join().unwrap();
    assert_eq!(folder.names(&loaded), ["pipe"]);
    assert_eq!(loaded.files.len(), 1);
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
