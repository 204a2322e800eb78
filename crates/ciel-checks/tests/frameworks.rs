//! Frameworks as profiles: the tables are the frameworks' own, and each control comes out as the input says.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, sync::Arc};

use ciel_checks::{Options, ProfileChoice, catalogue, judge};
use ciel_core::{Assessment, ControlStatus, Framework, Source, SourceKind};
use ciel_snapshot::SnapshotBuilder;

fn assess(profile: &str, yaml: &str, complete: bool) -> Assessment {
    let source = Source::new("test.yaml", SourceKind::File, yaml);
    let text = Arc::clone(&source.text);
    let mut builder = SnapshotBuilder::new(complete);
    builder.add(source, ciel_yaml::parse(&text).documents);
    let options = Options {
        profile: profile.parse().expect("a profile"),
        ..Options::default()
    };
    let verdict = judge(&builder.build(), &options);
    verdict.assessment.expect("the profile is a framework")
}

/// Each of the profiles that are frameworks.
fn profiles() -> impl Iterator<Item = Framework> {
    let all = Framework::ALL.into_iter();
    all.filter(|framework| *framework != Framework::Pss)
}

#[track_caller]
fn check(profile: &str, yaml: &str, expected: &[(&str, ControlStatus, &str)]) {
    let assessment = assess(profile, yaml, true);
    for (id, status, reason) in expected {
        let control = assessment.controls.iter().find(|control| control.id == *id);
        let control = control.expect("the framework has the control");
        assert_eq!(control.status, *status, "{id}: {}", control.reason);
        assert!(control.reason.contains(reason), "{id}: {}", control.reason);
    }
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec:\n  hostPID: true\n  containers: [{name: a, image: a:1}]\n";

#[test]
fn controls_fail_pass_or_have_nothing_to_look_at() {
    use ControlStatus::{Failed, Manual, NotApplicable, Passed};
    check(
        "cis-1.12",
        POD,
        &[
            ("5.2.3", Failed, "1 finding: host-pid"),
            ("5.2.4", Passed, "nothing found"),
            ("1.2.2", NotApplicable, "kube-apiserver"),
            ("1.1.1", Manual, "files on the nodes"),
        ],
    );
}

#[test]
fn what_is_only_worth_a_look_is_for_people() {
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    check(
        "cis-1.12",
        namespace,
        &[(
            "5.6.1",
            ControlStatus::Manual,
            "to be looked at: 1 finding: namespace-present",
        )],
    );
}

#[test]
fn one_program_is_not_another() {
    use ControlStatus::{Failed, NotApplicable};
    let server = "apiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver, namespace: kube-system}\nspec:\n  containers:\n  - name: a\n    image: registry.k8s.io/kube-apiserver:v1.34.1\n    command: [kube-apiserver, --profiling=true]\n";
    check(
        "cis-1.12",
        server,
        &[
            ("1.2.15", Failed, "profiling-on"),
            ("1.3.2", NotApplicable, "kube-controller-manager"),
        ],
    );
}

#[test]
fn what_is_suppressed_passes_and_says_so() {
    let pod = POD.replace(
        "hostPID: true",
        "hostPID: true # ciel: ignore[host-pid] agent",
    );
    check(
        "cis-1.12",
        &pod,
        &[("5.2.3", ControlStatus::Passed, "but one that is suppressed")],
    );
}

#[test]
fn a_part_says_that_absences_were_not_judged() {
    let assessment = assess("nsa-1.2", POD, false);
    let passed = assessment.controls.iter();
    let passed: Vec<_> = passed
        .filter(|control| control.status == ControlStatus::Passed)
        .collect();
    assert!(!passed.is_empty());
    for control in passed {
        assert!(control.reason.contains("absences were not judged"));
    }
}

#[test]
fn levels_of_the_pod_security_standards_have_their_controls() {
    use ControlStatus::{Failed, Passed};
    check(
        "pss-baseline@1.33",
        POD,
        &[
            ("pss-host-namespaces", Failed, "1 finding"),
            ("pss-host-port", Passed, "nothing found"),
        ],
    );
    let count = |profile| assess(profile, POD, true).controls.len();
    assert_eq!((count("pss-baseline"), count("pss-restricted")), (12, 18));
}

#[test]
fn percentages_are_of_what_could_be_judged() {
    let assessment = assess("cis-1.12", POD, true);
    let count = |status| assessment.count(status);
    let (passed, failed) = (count(ControlStatus::Passed), count(ControlStatus::Failed));
    assert_eq!(assessment.percent(), Some(passed * 100 / (passed + failed)));
    let empty = assess("cis-1.12", "", true);
    assert_eq!(empty.percent(), None);
}

/// The checks of the catalogue say which controls they answer: each must be one that the framework has.
#[test]
fn every_control_that_a_check_names_is_in_its_framework() {
    for framework in profiles() {
        let assessment = assess(framework.id(), "", true);
        let mut seen = BTreeMap::new();
        for control in &assessment.controls {
            let before = seen.insert(control.id, control.title);
            assert_eq!(before, None, "{} {}", framework.id(), control.id);
            assert!(!control.title.is_empty(), "{}", control.id);
        }
        for rule in catalogue() {
            let controls = rule.check.frameworks.iter();
            for control in controls.filter(|control| control.framework == framework) {
                let (name, id) = (rule.check.name, control.control);
                assert!(
                    seen.contains_key(id),
                    "{name}: {} has no {id}",
                    framework.id()
                );
            }
        }
    }
}

/// A profile runs exactly the checks that some control of it names.
#[test]
fn every_check_of_a_profile_answers_a_control() {
    for framework in profiles() {
        let assessment = assess(framework.id(), "", true);
        let options = Options {
            profile: ProfileChoice::Framework(framework),
            ..Options::default()
        };
        for rule in catalogue() {
            let code = rule.check.code;
            let named = assessment
                .controls
                .iter()
                .any(|it| it.checks.contains(&code));
            assert_eq!(
                named,
                options.enables(&rule.check),
                "{} {code}",
                framework.id()
            );
        }
    }
}

/// The ids and titles of the CIS benchmark are those that kube-bench has.
#[test]
#[expect(clippy::disallowed_methods, reason = "the definitions are files")]
fn cis_is_what_kube_bench_says() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let mut theirs = BTreeMap::new();
    for file in ["master", "etcd", "controlplane", "node", "policies"] {
        let path = suites.join(format!("kube-bench/cis-1.12/{file}.yaml"));
        let text = std::fs::read_to_string(path).expect("a definition");
        let parsed = ciel_yaml::parse(&Arc::from(text));
        let root = parsed.documents.first().expect("a document").root();
        let groups = root.get("groups").into_iter();
        let checks = groups
            .flat_map(|it| it.items())
            .filter_map(|it| it.get("checks"));
        for check in checks.flat_map(|it| it.items()) {
            let id = check.get("id").expect("an id");
            let title = check.str_at(&["text"]).expect("a title").trim();
            let title = title
                .strip_suffix("(Automated)")
                .or(title.strip_suffix("(Manual)"));
            theirs.insert(
                id.scalar_text().to_owned(),
                title.expect("a kind").trim().to_owned(),
            );
        }
    }
    let ours = assess("cis-1.12", "", true).controls.into_iter();
    let ours: BTreeMap<_, _> = ours
        .map(|control| (control.id.to_owned(), control.title.to_owned()))
        .collect();
    assert_eq!(ours, theirs);
}
