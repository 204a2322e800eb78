//! What the Markdown tests of the pod checks cannot say: severities, and pods that nothing should be said of.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test: reads the suite of pods from the disk, and stops where it cannot be read"
)]

use std::{fs, path::Path};

use ciel_checks::{Options, scan};
use ciel_core::{Finding, Selector, Severity, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;

/// A check, the pod's spec in flow style, and the severity of the one finding.
const SEVERITIES: [(&str, &str, Severity); 17] = {
    use Severity::{High, Info, Low, Medium};
    [
        ("run-as-root", "containers: [{name: a}]", Medium),
        (
            "run-as-root",
            "hostUsers: false, containers: [{name: a}]",
            Low,
        ),
        (
            "run-as-root",
            "os: {name: windows}, containers: [{name: a}]",
            Low,
        ),
        (
            "run-as-user-zero",
            "containers: [{name: a, securityContext: {runAsUser: 0}}]",
            Medium,
        ),
        (
            "run-as-user-zero",
            "containers: [{name: a, securityContext: {runAsUser: 0, runAsNonRoot: true}}]",
            Low,
        ),
        (
            "allow-privilege-escalation",
            "hostUsers: false, containers: [{name: a}]",
            Low,
        ),
        ("caps-not-dropped", "containers: [{name: a}]", Medium),
        (
            "caps-not-dropped",
            "containers: [{name: a, securityContext: {runAsUser: 9, allowPrivilegeEscalation: false}}]",
            Low,
        ),
        (
            "net-raw-not-dropped",
            "containers: [{name: a, securityContext: {runAsUser: 9, allowPrivilegeEscalation: false}}]",
            Info,
        ),
        (
            "caps-added",
            "containers: [{name: a, securityContext: {capabilities: {add: [ALL]}}}]",
            High,
        ),
        (
            "caps-added",
            "containers: [{name: a, securityContext: {capabilities: {add: [IPC_LOCK]}}}]",
            Low,
        ),
        (
            "caps-added",
            "containers: [{name: a, securityContext: {capabilities: {add: [SYS_PTRACE]}}}]",
            Medium,
        ),
        (
            "caps-added",
            "hostPID: true, containers: [{name: a, securityContext: {capabilities: {add: [SYS_PTRACE]}}}]",
            High,
        ),
        (
            "cap-sys-admin",
            "hostUsers: false, containers: [{name: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]",
            Medium,
        ),
        (
            "proc-mount",
            "hostUsers: false, containers: [{name: a, securityContext: {procMount: Unmasked}}]",
            Low,
        ),
        (
            "selinux-options",
            "containers: [{name: a}], securityContext: {seLinuxOptions: {type: spc_t}}",
            High,
        ),
        ("low-uid", "containers: [{name: a}]", Info),
    ]
};

#[test]
fn severities_follow_what_an_attacker_gains() {
    for (check, spec, expected) in SEVERITIES {
        let text =
            format!("{{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{{spec}}}}}");
        let options = Options {
            select: vec![Selector::new(check)],
            ..Options::default()
        };
        let found: Vec<Severity> = findings(&text, &options)
            .iter()
            .map(|finding| finding.severity)
            .collect();
        assert_eq!(found, [expected], "{check}: {spec}");
    }
}

/// What admission of the newest Kubernetes lets through at its strictest has nothing that an attacker could use.
#[test]
fn restricted_pods_have_no_finding_about_their_containers() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let folder = suites.join("pod-security/restricted/v1.37/pass");
    let options = Options {
        ignore: vec![Selector::new("service-account-token-mounted")],
        ..Options::default()
    };
    let mut problems = Vec::new();
    for path in files(&folder) {
        let text = fs::read_to_string(&path).unwrap();
        let found = findings(&text, &options).into_iter();
        problems.extend(found.map(|finding| format!("{}: {}", path.display(), finding.message)));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths
}

fn findings(text: &str, options: &Options) -> Vec<Finding> {
    let source = Source::new("pod.yaml", SourceKind::File, text);
    let parsed = ciel_yaml::parse(&source.text);
    let mut builder = SnapshotBuilder::new(true);
    builder.add(source, parsed.documents);
    scan(&builder.build(), options)
}
