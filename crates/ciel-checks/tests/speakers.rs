//! One cause is one finding: where several checks could speak of one thing, the worst that is on does, but in the
//! profile of everything.

use std::sync::Arc;

use ciel_checks::{Options, ProfileChoice, scan};
use ciel_core::{Selector, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;

fn names(yaml: &str, options: &Options) -> Vec<String> {
    let source = Source::new("test.yaml", SourceKind::File, yaml);
    let text = Arc::clone(&source.text);
    let mut builder = SnapshotBuilder::new(false);
    builder.add(source, ciel_yaml::parse(&text).documents);
    let findings = scan(&builder.build(), options);
    let mut names: Vec<String> = findings
        .iter()
        .map(|finding| finding.check.name.to_owned())
        .filter(|name| CANDIDATES.contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

const CANDIDATES: [&str; 10] = [
    "container-socket",
    "sensitive-host-path",
    "writable-var-log",
    "writable-host-path",
    "host-path",
    "host-network",
    "host-port",
    "credential-in-plain-text",
    "secret-literal-in-environment",
    "secret-in-config-map",
];

fn host_path(path: &str, read_only: bool) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers:\n  - name: c\n    volumeMounts:\n    \
         - {{name: v, mountPath: /m, readOnly: {read_only}}}\n  volumes:\n  - name: v\n    hostPath: {{path: {path}}}\n"
    )
}

#[track_caller]
fn check(path: &str, read_only: bool, expected: &str) {
    let pods = Options {
        select: vec![Selector::new("POD")],
        ..Options::default()
    };
    assert_eq!(
        names(&host_path(path, read_only), &pods),
        [expected],
        "{path}"
    );
}

#[test]
fn one_check_speaks_of_a_mount() {
    check("/var/run/docker.sock", false, "container-socket");
    check("/run", true, "container-socket");
    check("/", false, "sensitive-host-path");
    check("/etc", true, "sensitive-host-path");
    check("/var/log", false, "writable-var-log");
    check("/var/log", true, "host-path");
    check("/srv", false, "writable-host-path");
    check("/srv", true, "host-path");
}

#[test]
fn in_the_profile_of_everything_each_check_speaks_for_itself() {
    let all = Options {
        profile: ProfileChoice::All,
        ..Options::default()
    };
    assert_eq!(
        names(&host_path("/etc", false), &all),
        ["host-path", "sensitive-host-path", "writable-host-path"]
    );
}

#[test]
fn a_selected_check_speaks_alone() {
    for (id, name) in [
        ("hostPathSet", "host-path"),
        ("writable-host-mount", "writable-host-path"),
        ("KSV-0121", "sensitive-host-path"),
        ("docker-sock", "container-socket"),
    ] {
        let options = Options {
            select: vec![Selector::new(id)],
            ..Options::default()
        };
        assert_eq!(names(&host_path("/run", false), &options), [name], "{id}");
    }
}

#[test]
fn an_ignored_check_keeps_its_causes() {
    let options = Options {
        ignore: vec![Selector::new("container-socket")],
        ..Options::default()
    };
    let none: [&str; 0] = [];
    assert_eq!(
        names(&host_path("/var/run/docker.sock", false), &options),
        none
    );
}

#[test]
fn ports_on_the_node_s_network_are_left_to_host_network() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostNetwork: true\n  containers:\n  \
               - name: c\n    ports: [{containerPort: 80, hostPort: 80}]\n";
    assert_eq!(names(pod, &Options::default()), ["host-network"]);
}
