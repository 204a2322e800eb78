//! The catalogue against the table of controls of other tools: every id of a finished topic is the alias of a check,
//! or stands in `controls.exceptions` with a reason.
//!
//! `controls.exceptions`: slug TAB tool:id (or `*` for the row) TAB reason.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test: reads the table from the disk, and stops where it cannot be read"
)]

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::Path,
};

use ciel_checks::catalogue;

/// The topics whose every row must be covered.
#[rustfmt::skip]
const TOPICS: &[&str] = &[
    "secrets",
    "pod-security",
    "rbac",
    "tls-ingress",
    "network",
    "exposure",
    "governance",
    "images",
    "supply-chain",
    "versions",
    "node-cis:apiserver",
    "node-cis:controller-manager",
    "node-cis:scheduler",
    "node-cis:etcd",
    "node-cis:controlplane",
    "node-cis:kubelet",
    "node-cis:kube-proxy",
    "node-cis:file",
    "reliability",
];

/// Columns of the table that hold no ids: the two tools judge versions by name.
const WITHOUT_IDS: [&str; 3] = ["pluto", "kubent", "native_severities"];

/// Column of the first tool.
const FIRST_TOOL: usize = 6;

#[test]
fn every_id_is_an_alias_or_excepted() {
    let Some(suites) = ciel_testkit::suites_dir() else {
        return;
    };
    let table = fs::read_to_string(suites.join("../controls.tsv")).unwrap();
    let mut excepted = exceptions();
    let known: HashSet<(&str, &str)> = catalogue()
        .flat_map(|rule| rule.check.aliases)
        .map(|alias| (alias.tool.as_str(), alias.id))
        .collect();
    let mut lines = table
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let mut missing = Vec::new();
    for row in lines.filter(|row| TOPICS.contains(&row[0])) {
        let slug = row[1];
        let mut is_covered = true;
        for (tool, ids) in header.iter().zip(&row).skip(FIRST_TOOL) {
            if WITHOUT_IDS.contains(tool) {
                continue;
            }
            for id in ids.split(',').filter(|id| !id.is_empty()) {
                if known.contains(&(*tool, id)) {
                    continue;
                }
                is_covered = false;
                let key = (slug.to_owned(), format!("{tool}:{id}"));
                let row = (slug.to_owned(), "*".to_owned());
                if let Some(used) = excepted.get_mut(&key) {
                    *used = true;
                } else if !excepted.contains_key(&row) {
                    missing.push(format!("{slug}: {tool}:{id}"));
                }
            }
        }
        if let Some(used) = excepted.get_mut(&(slug.to_owned(), "*".to_owned())) {
            *used = !is_covered;
        }
    }
    let unused: Vec<_> = excepted.iter().filter(|(_, used)| !**used).collect();
    assert!(
        missing.is_empty() && unused.is_empty(),
        "no check has these ids as aliases: {missing:#?}\nexceptions that are none: {unused:#?}"
    );
}

/// The exceptions by slug and id, none of them used yet.
fn exceptions() -> BTreeMap<(String, String), bool> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/controls.exceptions");
    let text = fs::read_to_string(path).unwrap();
    let mut exceptions = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [slug, id, reason] = columns[..] else {
            panic!("slug TAB id TAB reason: {line}");
        };
        assert!(!reason.is_empty(), "{slug} has no reason");
        exceptions.insert((slug.to_owned(), id.to_owned()), false);
    }
    exceptions
}
