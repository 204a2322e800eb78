//! Every fix does what it promises: the patch applies, and the finding is gone from the object that it makes.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test: reads suites from the disk, and stops where they cannot be read"
)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use ciel_checks::{Options, ProfileChoice, scan};
use ciel_core::{Finding, PatchOp, Source, SourceKind};
use ciel_snapshot::{Snapshot, SnapshotBuilder};
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
const OWN_BLOCKS: [(&str, &str); 9] = [
    ("exp", "EXP"),
    ("gov", "GOV"),
    ("img", "IMG"),
    ("net", "NET"),
    ("node", "NODE"),
    ("pod", "POD"),
    ("rel", "REL"),
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
        let mut fixed = object.clone();
        for op in &fix.patch {
            apply(&mut fixed, op);
        }
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

/// Applies one operation of a JSON patch (RFC 6902).
fn apply(object: &mut Value, op: &PatchOp) {
    match op {
        PatchOp::Replace { path, value } => {
            let place = object.pointer_mut(path);
            *place.unwrap_or_else(|| panic!("nothing stands at {path}")) = value.clone();
        }
        PatchOp::Add { path, value } => match parent_of(object, path) {
            (Value::Object(map), key) => drop(map.insert(key, value.to_value())),
            (Value::Array(list), key) if key == "-" => list.push(value.to_value()),
            (Value::Array(list), key) => list.insert(key.parse().unwrap(), value.to_value()),
            _ => panic!("no container above {path}"),
        },
        PatchOp::Remove { path } => match parent_of(object, path) {
            (Value::Object(map), key) => drop(map.remove(&key).expect("stands there")),
            (Value::Array(list), key) => drop(list.remove(key.parse().unwrap())),
            _ => panic!("no container above {path}"),
        },
    }
}

fn parent_of<'v>(object: &'v mut Value, path: &str) -> (&'v mut Value, String) {
    let (parent, key) = path.rsplit_once('/').expect("a pointer below the root");
    let parent = object.pointer_mut(parent);
    let parent = parent.unwrap_or_else(|| panic!("nothing stands above {path}"));
    (parent, key.replace("~1", "/").replace("~0", "~"))
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
    let source = Source::new("object.json", SourceKind::File, text);
    let parsed = ciel_yaml::parse(&source.text);
    let mut builder = SnapshotBuilder::new(false);
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
