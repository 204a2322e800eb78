//! Every fix does what it promises: the patch applies, and the finding is gone from the object that it makes.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: reads suites from the disk, and stops where they cannot be read"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use ciel_checks::{Options, ProfileChoice, catalogue, scan};
use ciel_core::{Finding, PatchOp, Selector, Source, SourceKind};
use ciel_snapshot::{Snapshot, SnapshotBuilder};
use ciel_testkit::patched;
use serde_json::Value;

/// Suites whose manifests are scanned, by what is wrong in them.
const SUITES: [&str; 4] = [
    "polaris",
    "kube-linter",
    "pod-security/baseline/v1.37",
    "pod-security/restricted/v1.37",
];

const PROFILES: [&str; 3] = ["all", "pss-baseline@latest", "pss-restricted@latest"];

#[test]
fn a_fix_removes_its_finding() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let mut tried = BTreeMap::<&str, usize>::new();
    let mut problems = Vec::new();
    let profiles = PROFILES.map(|profile| profile.parse::<ProfileChoice>().unwrap());
    for path in SUITES
        .iter()
        .flat_map(|suite| manifests(&suites.join(suite)))
    {
        let text = fs::read_to_string(&path).unwrap();
        for object in objects(&text) {
            for profile in &profiles {
                for problem in try_fixes(&object, profile, "", &mut tried) {
                    problems.push(format!("{}: {problem}", path.display()));
                }
            }
        }
    }
    eprintln!("fixes tried: {tried:?}");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(tried.len() > 5, "hardly any check has a fix: {tried:?}");
}

/// Topics whose fixes no suite has cases for, with the letters of their codes: the blocks of their own tests stand in.
const OWN_BLOCKS: [(&str, &str); 10] = [
    ("exp", "EXP"),
    ("gov", "GOV"),
    ("img", "IMG"),
    ("net", "NET"),
    ("node", "NODE"),
    ("pod", "POD"),
    ("rel", "REL"),
    ("sec", "SEC"),
    ("tls", "TLS"),
    ("ver", "VER"),
];

#[test]
fn a_fix_removes_its_finding_in_the_blocks_of_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/mdtest");
    let mut tried = BTreeMap::<&str, usize>::new();
    let mut problems = Vec::new();
    for (topic, prefix) in OWN_BLOCKS {
        for entry in fs::read_dir(root.join(topic)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let blocks = text.split("```yaml").skip(1);
            let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
            for object in blocks.flat_map(objects) {
                for problem in try_fixes(&object, &ProfileChoice::All, prefix, &mut tried) {
                    problems.push(format!("{}: {problem}", path.display()));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(tried.contains_key("profiling-on"), "{tried:?}");
}

/// Which checks fix, and why the others do not: a new check has to decide.
const DECISIONS: &str = include_str!("fixes.tsv");

#[test]
fn every_check_has_decided_whether_it_fixes() {
    let fixing = fixing_in_the_blocks_of_their_tests();
    let mut rows = BTreeMap::new();
    let mut problems = Vec::new();
    for line in DECISIONS.lines().filter(|line| !line.starts_with('#')) {
        let (code, decision) = line.split_once('\t').expect("a code and a decision");
        if rows.insert(code, decision).is_some() {
            problems.push(format!("{code} stands twice"));
        }
    }
    for rule in catalogue() {
        let (code, name) = (rule.check.code, rule.check.name);
        let is_found = fixing.contains(name);
        match rows.remove(code) {
            None => problems.push(format!("{code} ({name}): no decision in tests/fixes.tsv")),
            Some("") => problems.push(format!("{code} ({name}): say why it does not fix")),
            Some("fixes") if !is_found => {
                problems.push(format!("{code} ({name}): no block of its test has a fix"));
            }
            Some(why) if is_found && why != "fixes" => {
                problems.push(format!("{code} ({name}): it fixes, and should not: {why}"));
            }
            Some(_) => {}
        }
    }
    problems.extend(rows.keys().map(|code| format!("{code}: no such check")));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn fixing_in_the_blocks_of_their_tests() -> BTreeSet<&'static str> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("resources/mdtest");
    let mut found = BTreeSet::new();
    for rule in catalogue() {
        let check = &rule.check;
        let topic = check.topic.prefix().to_lowercase();
        let text = fs::read_to_string(root.join(topic).join(format!("{}.md", check.name))).unwrap();
        let blocks = text.split("```yaml").skip(1);
        for block in blocks.map(|rest| rest.split("```").next().unwrap()) {
            let (words, yaml) = block.split_once('\n').unwrap();
            let profile = words
                .split_whitespace()
                .find_map(|it| it.strip_prefix("profile="));
            let options = Options {
                profile: profile.map_or(ProfileChoice::All, |it| it.parse().unwrap()),
                select: vec![Selector::new(check.name)],
                ..Options::default()
            };
            let is_complete = words.contains("complete");
            let findings = scan(&snapshot_of(yaml, is_complete), &options);
            if findings.iter().any(|finding| finding.fix.is_some()) {
                found.insert(check.name);
            }
        }
    }
    found
}

/// A setting of a program, the check that wants another one, and the patch.
const SETTINGS: [(&str, &str, &str); 10] = [
    (
        "command: [kube-apiserver, --v, '10']",
        "NODE037",
        r#"replace /spec/containers/0/command/2 "4""#,
    ),
    (
        "command: [kube-apiserver, --request-timeout, 5m, --v=2]",
        "NODE022",
        "remove /spec/containers/0/command/2; remove /spec/containers/0/command/1",
    ),
    (
        "command: [kube-apiserver, --profiling]",
        "NODE017",
        r#"replace /spec/containers/0/command/1 "--profiling=false""#,
    ),
    (
        "command: [kube-apiserver, --enable-admission-plugins=NodeRestriction]",
        "NODE011",
        r#"replace /spec/containers/0/command/1 "--enable-admission-plugins=NodeRestriction,AlwaysPullImages""#,
    ),
    (
        "command: [kube-apiserver, '--disable-admission-plugins=ServiceAccount,Priority']",
        "NODE012",
        r#"replace /spec/containers/0/command/1 "--disable-admission-plugins=Priority""#,
    ),
    (
        "command: [kube-apiserver, --authorization-mode=AlwaysAllow]",
        "NODE006",
        r#"replace /spec/containers/0/command/1 "--authorization-mode=Node,RBAC""#,
    ),
    ("command: [kube-apiserver, --, --v=2]", "NODE001", "none"),
    (
        "command: [sh, -c, exec kube-apiserver --profiling=true]",
        "NODE017",
        "none",
    ),
    (
        "command: [k3s, server, --kube-apiserver-arg=anonymous-auth=true]",
        "NODE001",
        r#"replace /spec/containers/0/command/2 "--kube-apiserver-arg=anonymous-auth=false""#,
    ),
    (
        "command: [kube-controller-manager]\n    args: ['--feature-gates=A=true,RotateKubeletServerCertificate=false']",
        "NODE044",
        r#"replace /spec/containers/0/args/0 "--feature-gates=A=true,RotateKubeletServerCertificate=true""#,
    ),
];

#[test]
fn settings_are_put_right_where_they_stand() {
    for (line, code, expected) in SETTINGS {
        let yaml = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: kube-system}}\nspec:\n  \
             containers:\n  - name: a\n    image: registry.k8s.io/a:v1\n    {line}\n"
        );
        check_patch(&yaml, code, expected);
    }
}

/// kubeadm's configuration by its version, and where a flag that it lacks goes.
#[test]
fn extra_arguments_are_written_as_the_version_wants_them() {
    let map = r#"add /apiServer {"extraArgs":{"anonymous-auth":"false"}}"#;
    let list = r#"add /apiServer {"extraArgs":[{"name":"anonymous-auth","value":"false"}]}"#;
    let item = r#"add /apiServer/extraArgs/- {"name":"anonymous-auth","value":"false"}"#;
    let key = r#"add /apiServer/extraArgs/anonymous-auth "false""#;
    for (version, rest, expected) in [
        ("v1beta3", "", map),
        ("v1beta4", "", list),
        ("v1beta4", "apiServer: {extraArgs: []}", item),
        ("v1beta3", "apiServer: {extraArgs: {v: '2'}}", key),
    ] {
        let yaml =
            format!("apiVersion: kubeadm.k8s.io/{version}\nkind: ClusterConfiguration\n{rest}\n");
        check_patch(&yaml, "NODE001", expected);
    }
}

fn told(op: &PatchOp) -> String {
    match op {
        PatchOp::Add { path, value } => format!("add {path} {}", value.to_value()),
        PatchOp::Replace { path, value } => format!("replace {path} {value}"),
        PatchOp::Remove { path } => format!("remove {path}"),
    }
}

#[track_caller]
fn check_patch(yaml: &str, code: &str, expected: &str) {
    let options = Options {
        select: vec![Selector::new(code)],
        ..Options::default()
    };
    let findings = scan(&snapshot(yaml), &options);
    let [finding] = findings.as_slice() else {
        panic!("one finding of {code} in {yaml}: {findings:#?}");
    };
    let patch = finding.fix.iter().flat_map(|fix| &fix.patch);
    let told: Vec<String> = patch.map(told).collect();
    let told = if told.is_empty() {
        "none".to_owned()
    } else {
        told.join("; ")
    };
    assert_eq!(told, expected, "{yaml}");
}

fn try_fixes(
    object: &Value,
    profile: &ProfileChoice,
    prefix: &str,
    tried: &mut BTreeMap<&'static str, usize>,
) -> Vec<String> {
    let count = |findings: &[Finding], code: &str| {
        let of_check = findings.iter().filter(|finding| finding.check.code == code);
        of_check.count()
    };
    let mut problems = Vec::new();
    let before = findings(object, profile);
    for finding in &before {
        let Some(fix) = &finding.fix else { continue };
        let check = finding.check;
        if !check.code.starts_with(prefix) {
            continue;
        }
        *tried.entry(check.name).or_default() += 1;
        let fixed = patched(object, &fix.patch);
        // Containers may share a name, so findings are counted, not compared.
        if count(&findings(&fixed, profile), check.code) >= count(&before, check.code) {
            problems.push(format!(
                "[{}] stays at {}: {fixed}",
                check.name, finding.path
            ));
        }
    }
    problems
}

fn findings(object: &Value, profile: &ProfileChoice) -> Vec<Finding> {
    let options = Options {
        profile: profile.clone(),
        ..Options::default()
    };
    scan(&snapshot(&object.to_string()), &options)
}

fn objects(text: &str) -> Vec<Value> {
    let snapshot = snapshot(text);
    let objects = snapshot.objects();
    objects.map(|object| object.root().to_json()).collect()
}

fn snapshot(text: &str) -> Snapshot {
    snapshot_of(text, false)
}

fn snapshot_of(text: &str, is_complete: bool) -> Snapshot {
    let source = Source::new("object.json", SourceKind::File, text);
    let parsed = ciel_yaml::parse(&source.text);
    let mut builder = SnapshotBuilder::new(is_complete);
    builder.add(source, parsed.documents);
    builder.build()
}

fn manifests(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.append(&mut manifests(&path));
        } else if path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml")
        {
            found.push(path);
        }
    }
    found
}
