//! Kubernetes' own test pods, with the messages that its own code writes: verdict, reason and detail must be equal.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test reads the suites, which crates of this row may not, and fails loudly"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use ciel_core::PssLevel;
use ciel_k8s::{TypeMeta, pod_templates};
use ciel_podsecurity::{evaluate, parse_level, parse_version};
use ciel_testkit::{ratchet, suites_dir};
use serde_json::Value;

/// A line of `psa_expected_messages.jsonl`.
struct Case {
    /// `baseline/v1.0/fail/hostports0.yaml`
    file: String,
    level: PssLevel,
    minor: Option<u32>,
    allowed: bool,
    reason: String,
    detail: String,
}

impl Case {
    fn read(line: &str) -> Self {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let file = text("file");
        let (level, rest) = file.split_once('/').unwrap();
        let (version, rest) = rest.split_once('/').unwrap();
        let allowed = line["allowed"].as_bool().unwrap();
        assert_eq!(rest.starts_with("pass/"), allowed, "{file}");
        Self {
            level: parse_level(level).unwrap(),
            minor: parse_version(version).unwrap(),
            allowed,
            reason: text("reason"),
            detail: text("detail"),
            file,
        }
    }

    fn passes(&self, path: &Path) -> bool {
        let text: Arc<str> = fs::read_to_string(path).unwrap().into();
        let parsed = ciel_yaml::parse(&text);
        let [document] = parsed.documents.as_slice() else {
            return false;
        };
        let types = TypeMeta {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
        };
        let [template] = pod_templates(&types, document.root())[..] else {
            return false;
        };
        let evaluation = evaluate(&template, self.level, self.minor);
        let has_places = evaluation
            .violations
            .iter()
            .all(|violation| !violation.places.is_empty());
        has_places
            && evaluation.is_allowed() == self.allowed
            && evaluation.reason() == self.reason
            && evaluation.detail() == self.detail
    }
}

#[test]
fn kubernetes_own_pods_are_judged_as_it_judges_them() {
    let Some(suites) = suites_dir() else { return };
    let folder = suites.join("pod-security");
    let lines = fs::read_to_string(suites.join("policy/psa_expected_messages.jsonl")).unwrap();
    let cases = lines.lines().map(Case::read);
    // The list of messages knows more pods than the suite shows.
    let shown = cases.filter(|case| folder.join(&case.file).is_file());
    let passing: BTreeSet<String> = shown
        .filter(|case| case.passes(&folder.join(&case.file)))
        .map(|case| case.file)
        .collect();
    let list = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/suite.passing");
    ratchet::check(&list, &passing).unwrap();
}
