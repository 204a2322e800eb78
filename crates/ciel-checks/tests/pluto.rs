//! Every deprecated or removed API that pluto knows is found, with the replacement where pluto names one.
#![expect(
    clippy::disallowed_methods,
    reason = "a test: reads the suite from the disk, and stops where it cannot be read"
)]

use std::{fs, sync::Arc};

use ciel_checks::{Options, scan};
use ciel_core::{Selector, Source, SourceKind};
use ciel_snapshot::{Snapshot, SnapshotBuilder};

/// Entries that no object can have.
const NOT_AN_API: [&str; 1] = [
    // A group without a version, and the plural of a resource for a kind.
    "rbac.istio.io",
];

#[test]
fn every_entry_is_found() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let text: Arc<str> = fs::read_to_string(suites.join("pluto/versions.yaml"))
        .unwrap()
        .into();
    let parsed = ciel_yaml::parse(&text);
    let root = parsed.documents[0].root();
    let mut missing = Vec::new();
    let mut entries = 0;
    for entry in root.get("deprecated-versions").unwrap().items() {
        let version = entry.str_at(&["version"]).unwrap();
        // Without a kind, all kinds of the version are meant.
        let kind = entry.str_at(&["kind"]).filter(|kind| !kind.is_empty());
        let kind = kind.unwrap_or("Policy");
        if NOT_AN_API.contains(&version) {
            continue;
        }
        entries += 1;
        if findings(version, kind) != 1 {
            missing.push(format!("{version} {kind}"));
        }
    }
    assert!(entries > 100, "{entries} entries were read");
    assert!(missing.is_empty(), "not found: {missing:#?}");
}

/// Number of findings about the version of an object of a kind.
fn findings(api_version: &str, kind: &str) -> usize {
    let snapshot = object(api_version, kind);
    let options = Options {
        select: vec![Selector::new("VER")],
        ..Options::default()
    };
    scan(&snapshot, &options).len()
}

fn object(api_version: &str, kind: &str) -> Snapshot {
    let text = format!("apiVersion: {api_version}\nkind: {kind}\nmetadata:\n  name: x\n");
    let source = Source::new("object.yaml", SourceKind::File, text.as_str());
    let parsed = ciel_yaml::parse(&Arc::clone(&source.text));
    let mut builder = SnapshotBuilder::new(false);
    builder.add(source, parsed.documents);
    builder.build()
}
