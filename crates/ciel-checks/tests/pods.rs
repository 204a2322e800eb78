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
    let options = Options::default();
    let mut problems = Vec::new();
    for path in files(&folder) {
        let text = fs::read_to_string(&path).unwrap();
        let found = findings(&text, &options).into_iter();
        // Their images have no tag, which is another topic.
        let found = found.filter(|finding| finding.check.code.starts_with("POD"));
        problems.extend(found.map(|finding| format!("{}: {}", path.display(), finding.message)));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// The controls of the Pod Security Standards, as the suite names their cases, and the checks that speak of each.
/// `hostProbesAndHostLifecycle` is judged by the standards' own checks alone.
const CHECKS_OF_CONTROLS: [(&str, &[&str]); 17] = [
    ("allowprivilegeescalation", &["allow-privilege-escalation"]),
    ("apparmorprofile", &["apparmor-unconfined"]),
    (
        "capabilities_baseline",
        // Admission minds the case and runtimes do not: to it, `chown` is beyond the baseline.
        &[
            "caps-added",
            "cap-sys-admin",
            "cap-sys-module",
            "cap-net-raw",
            "default-caps-added",
        ],
    ),
    (
        "capabilities_restricted",
        &["caps-not-dropped", "default-caps-added", "caps-added"],
    ),
    ("hostnamespaces", &["host-network", "host-pid", "host-ipc"]),
    ("hostpathvolumes", &["KSV-0023", "KSV-0121"]),
    ("hostports", &["host-port"]),
    ("privileged", &["privileged-container"]),
    ("procmount", &["proc-mount"]),
    ("procmount_restricted", &["proc-mount"]),
    ("restrictedvolumes", &["KSV-0028", "KSV-0023", "KSV-0121"]),
    ("runasnonroot", &["run-as-root"]),
    ("runasuser", &["run-as-user-zero"]),
    ("seccompprofile_baseline", &["seccomp-unconfined"]),
    (
        "seccompprofile_restricted",
        &["seccomp-missing", "seccomp-unconfined"],
    ),
    ("selinuxoptions", &["selinux-options"]),
    ("windowshostprocess", &["windows-host-process"]),
];

#[test]
fn every_violation_of_the_standards_is_some_checks_finding() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let levels = ["baseline", "restricted"].map(|level| suites.join("pod-security").join(level));
    let mut problems = Vec::new();
    for path in levels
        .iter()
        .flat_map(|level| files(&level.join("v1.37/fail")))
    {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let control = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let checks = CHECKS_OF_CONTROLS
            .iter()
            .find(|(other, _)| *other == control);
        let Some((_, checks)) = checks else { continue };
        let options = Options {
            select: checks.iter().map(|check| Selector::new(check)).collect(),
            ..Options::default()
        };
        let text = fs::read_to_string(&path).unwrap();
        if findings(&text, &options).is_empty() {
            problems.push(format!(
                "{}: none of {checks:?} finds anything",
                path.display()
            ));
        }
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
    let mut builder = SnapshotBuilder::new(false);
    builder.add(source, parsed.documents);
    scan(&builder.build(), options)
}
