//! A fresh cluster of kubeadm's: what is said of it is what we would say to its makers.

use std::{collections::BTreeSet, sync::Arc};

use ciel_checks::{Options, ProfileChoice, scan};
use ciel_core::{Selector, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;

const MANIFESTS: &str = include_str!("../resources/kubeadm/1.34.yaml");

/// The checks of the nodes' topic that speak, with the objects that they speak of.
fn findings(profile: ProfileChoice) -> BTreeSet<String> {
    let source = Source::new("kubeadm.yaml", SourceKind::File, MANIFESTS);
    let parsed = ciel_yaml::parse(&Arc::clone(&source.text));
    assert!(parsed.diagnostics.is_empty());
    let mut builder = SnapshotBuilder::new(true);
    builder.add(source, parsed.documents);
    let options = Options {
        profile,
        ignore: [
            "POD", "NET", "RBAC", "IMG", "REL", "GOV", "SEC", "EXP", "TLS", "VER", "MINE",
        ]
        .map(Selector::new)
        .to_vec(),
        ..Options::default()
    };
    scan(&builder.build(), &options)
        .iter()
        .map(|finding| format!("{} {}", finding.object.name, finding.check.name))
        .collect()
}

#[test]
fn the_profile_of_security_says_what_kubeadm_leaves_open() {
    let expected = [
        // Nothing is recorded, kubelets are not proven, Secrets are in plain text. The configuration that kubeadm keeps
        // in a ConfigMap leaves the same out, and is not reported a second time.
        "kube-apiserver audit-log-off",
        "kube-apiserver audit-policy-missing",
        "kube-apiserver kubelet-certificate-unchecked",
        "kube-apiserver secrets-unencrypted-at-rest",
    ];
    assert_eq!(
        findings(ProfileChoice::Security),
        expected.map(str::to_owned).into()
    );
}

#[test]
fn the_profile_of_everything_adds_hardening() {
    let all = findings(ProfileChoice::All);
    let of = |object: &str| -> Vec<String> {
        let prefix = format!("{object} ");
        all.iter()
            .filter_map(|line| line.strip_prefix(&prefix).map(str::to_owned))
            .collect()
    };
    assert_eq!(of("kube-scheduler"), ["profiling-on"]);
    assert_eq!(
        of("kube-controller-manager"),
        ["profiling-on", "terminated-pods-kept"]
    );
    assert!(of("etcd").is_empty(), "{:?}", of("etcd"));
    assert!(of("kube-proxy").is_empty(), "{:?}", of("kube-proxy"));
    assert_eq!(
        of("kubelet-config"),
        [
            "kernel-defaults-unprotected",
            "kubelet-certificate-missing",
            "pod-pids-unlimited",
            "seccomp-default-off",
            "weak-tls-ciphers",
        ]
    );
}
