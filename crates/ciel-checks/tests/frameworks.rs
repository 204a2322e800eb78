//! Frameworks as profiles: the tables are the frameworks' own, and each control comes out as the input says.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

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

/// Each table says what its ids and titles were compared with. Its digest is that of what was compared: whoever
/// changes an id or a title compares again and writes down what the failure prints.
#[test]
#[expect(clippy::disallowed_methods, reason = "the tables are files")]
fn tables_are_as_they_were_when_compared_with_their_frameworks() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/resources/frameworks");
    let mut tables = 0;
    for entry in std::fs::read_dir(folder).expect("the tables") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a table");
        let (head, rows): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| line.starts_with('#'));
        let digest = rows.iter().fold(FNV_OFFSET, |digest, row| {
            let mut fields = row.split('\t');
            let (id, title) = (fields.next(), fields.nth(1));
            let text = format!("{}\t{}\n", id.expect("an id"), title.expect("a title"));
            text.bytes().fold(digest, |digest, byte| {
                (digest ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
            })
        });
        let compared = head
            .iter()
            .find_map(|line| line.strip_prefix("# compared "));
        let (written, source) = compared
            .and_then(|line| line.split_once(": "))
            .unwrap_or_else(|| panic!("{}: `# compared DATE DIGEST: WITH`", path.display()));
        let expected = format!("{digest:016x}");
        assert_eq!(
            written.split_once(' ').map(|(_, digest)| digest),
            Some(expected.as_str()),
            "{}: compare ids and titles with {source}",
            path.display()
        );
        tables += 1;
    }
    assert_eq!(tables, Framework::ALL.len());
}

/// Of FNV-1a: enough to notice a change, and no crate for one test.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Techniques that ATT&CK 19 brought, by what they replace there.
const NEW_IN_ATTACK_19: &[(&str, &[&str])] = &[("T1685", &["T1562", "T1562.001"])];

/// The ids and titles of techniques are ATT&CK's, and none of its platform Containers is missing.
#[test]
#[expect(clippy::disallowed_methods, reason = "the techniques are a file")]
fn mitre_is_what_attack_says() {
    let Some(path) = ciel_testkit::tool("attack-18.1.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).expect("the techniques");
    let data: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let techniques = data["attack_patterns"].as_array().expect("a list");
    let live = techniques
        .iter()
        .filter(|it| it["revoked"] != true && it["deprecated"] != true);
    let theirs: BTreeMap<&str, (&str, bool)> = live
        .map(|it| {
            let platforms = it["platforms"].as_array().into_iter().flatten();
            let of_containers = platforms.into_iter().any(|name| name == "Containers");
            let text = |key: &str| it[key].as_str().expect("text");
            (text("external_id"), (text("name"), of_containers))
        })
        .collect();
    let ours = assess("mitre", "", true).controls;
    for control in &ours {
        let is_new = NEW_IN_ATTACK_19.iter().any(|(id, _)| *id == control.id);
        let title = theirs.get(control.id).map(|(title, _)| *title);
        let expected = (!is_new).then_some(control.title);
        assert_eq!(title, expected, "{}", control.id);
    }
    let replaced: Vec<&str> = NEW_IN_ATTACK_19
        .iter()
        .flat_map(|(_, old)| *old)
        .copied()
        .collect();
    for (id, (title, of_containers)) in &theirs {
        if *of_containers && !replaced.contains(id) {
            assert!(ours.iter().any(|it| it.id == *id), "{id} {title}");
        }
    }
}

/// The controls that Kubescape files under a framework that Ciel has too, by its ids and by what it says of them.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "the frameworks are files")]
fn kubescape_controls(name: &str) -> Option<Vec<(String, String)>> {
    let suites = ciel_testkit::suites_dir()?;
    let path = suites.join(format!("regolibrary/frameworks/{name}.json"));
    let text = std::fs::read_to_string(path).expect("a framework");
    let data: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let controls = data["activeControls"].as_array().expect("controls");
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    Some(
        controls
            .iter()
            .map(|it| (text(&it["controlID"]), text(&it["patch"]["name"])))
            .collect(),
    )
}

/// Kubescape writes the criteria behind the names of its controls: `Firewall (CC6.1,CC6.6,CC7.2)`.
#[test]
fn criteria_of_soc_2_are_those_that_kubescape_names() {
    let Some(controls) = kubescape_controls("soc2") else {
        return;
    };
    let ours = assess("soc2", "", true).controls;
    for (id, name) in controls {
        let (_, criteria) = name.rsplit_once('(').expect("criteria");
        for criterion in criteria.trim_end_matches(')').split(',').map(str::trim) {
            // Integrity and ethical values, of encrypted volumes: it can only have meant CC6.1.
            if criterion != "CC1.1" {
                assert!(
                    ours.iter().any(|it| it.id == criterion),
                    "{id}: {criterion}"
                );
            }
        }
    }
}

/// What Kubescape's MITRE framework has besides Microsoft's matrix: a weakness of old kubelets, encryption at rest, audit logs.
const BESIDES_THE_MATRIX: [&str; 3] = ["C-0058", "C-0066", "C-0067"];

/// What Kubescape answers under a framework, Ciel's checks with those ids answer under it too.
#[test]
fn checks_are_of_the_frameworks_that_kubescape_files_their_controls_under() {
    let pairs = [
        ("nsaframework", "nsa-1.2"),
        ("mitre", "ms-matrix"),
        ("soc2", "soc2"),
    ];
    for (theirs, profile) in pairs {
        let Some(controls) = kubescape_controls(theirs) else {
            return;
        };
        let assessment = assess(profile, "", true);
        let mut missing = Vec::new();
        for (id, name) in &controls {
            if profile == "ms-matrix" && BESIDES_THE_MATRIX.contains(&id.as_str()) {
                continue;
            }
            for rule in catalogue() {
                let is_theirs = rule.check.aliases.iter().any(|alias| alias.id == id);
                let code = rule.check.code;
                let is_ours = assessment
                    .controls
                    .iter()
                    .any(|it| it.checks.contains(&code));
                if is_theirs && !is_ours {
                    missing.push(format!("{id} {name}: {code} {}", rule.check.name));
                }
            }
        }
        assert!(missing.is_empty(), "{profile}: {missing:#?}");
    }
}
