//! A rule with wildcards is told once, with the names that other tools have for all that it includes; each check of a
//! single right tells it where it is selected alone.

use std::sync::Arc;

use ciel_checks::{Options, ProfileChoice, scan};
use ciel_core::{Finding, Selector, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;

fn found(kind: &str, options: &Options) -> Vec<Finding> {
    let yaml = format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: all}}\nrules:\n\
         - {{apiGroups: ['*'], resources: ['*'], verbs: ['*']}}\n"
    );
    let source = Source::new("test.yaml", SourceKind::File, yaml.as_str());
    let text = Arc::clone(&source.text);
    let mut builder = SnapshotBuilder::new(false);
    builder.add(source, ciel_yaml::parse(&text).documents);
    let mut findings = scan(&builder.build(), options);
    findings.retain(|finding| finding.check.code.starts_with("RBAC"));
    findings
}

fn names(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.check.name).collect()
}

fn all() -> Options {
    Options {
        profile: ProfileChoice::All,
        ..Options::default()
    }
}

#[test]
fn one_finding_tells_everything() {
    assert_eq!(names(&found("ClusterRole", &all())), ["wildcard-role"]);
}

#[test]
fn it_has_the_names_of_what_it_includes() {
    let findings = found("ClusterRole", &all());
    let ids: Vec<&str> = findings
        .iter()
        .flat_map(Finding::aliases)
        .map(|alias| alias.id)
        .collect();
    for id in [
        "C-0015",
        "C-0002",
        "KSV-0114",
        "pods_exec",
        "clusterrolePodExecAttach",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    assert!(!ids.contains(&"rolePodExecAttach"), "that is for Roles");
}

#[test]
fn a_selected_right_speaks() {
    for (id, name) in [
        ("C-0002", "pod-exec-allowed"),
        ("secrets-readable", "secrets-readable"),
        ("CKV_K8S_155", "admission-writable"),
    ] {
        let options = Options {
            select: vec![Selector::new(id)],
            ..Options::default()
        };
        assert_eq!(names(&found("ClusterRole", &options)), [name], "{id}");
    }
}

#[test]
fn an_alias_that_a_tool_would_not_give_selects_nothing() {
    let options = Options {
        select: vec![Selector::new("rolePodExecAttach")],
        ..Options::default()
    };
    assert!(found("ClusterRole", &options).is_empty());
    assert_eq!(names(&found("Role", &options)), ["pod-exec-allowed"]);
}
