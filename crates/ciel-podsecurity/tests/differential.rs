//! Ciel and Kubernetes' own code judge the same random pods; the oracle is tests/oracles/podsecurity.

#![expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that runs a program, and fails loudly"
)]

mod support;

use std::sync::Arc;

use ciel_k8s::{TypeMeta, pod_templates};
use ciel_podsecurity::{evaluate, parse_level, parse_version};
use ciel_testkit::{ask, tool};
use serde_json::{Value, json};
use support::{Dice, pod};

const PODS: usize = 30_000;
const SEED: u64 = 20_261_123;

/// One pod and what it is held to.
struct Question {
    level: &'static str,
    version: String,
    pod: String,
}

impl Question {
    fn random(dice: &mut Dice) -> Self {
        let version = match dice.below(44) {
            minor @ 0..=40 => format!("v1.{minor}"),
            _ => "latest".to_owned(),
        };
        let level = dice.pick(&[
            "baseline",
            "restricted",
            "baseline",
            "restricted",
            "restricted",
        ]);
        Self {
            level,
            version,
            pod: pod(dice).to_string(),
        }
    }

    fn line(&self) -> String {
        let Self {
            level,
            version,
            pod,
        } = self;
        format!("{{\"level\":\"{level}\",\"version\":\"{version}\",\"pod\":{pod}}}")
    }

    fn answer(&self) -> Value {
        let text: Arc<str> = self.pod.as_str().into();
        let parsed = ciel_yaml::parse(&text);
        let types = TypeMeta {
            api_version: "v1".to_owned(),
            kind: "Pod".to_owned(),
        };
        let templates = pod_templates(&types, parsed.documents[0].root());
        let level = parse_level(self.level).unwrap();
        let minor = parse_version(&self.version).unwrap();
        let evaluation = evaluate(&templates[0], level, minor);
        json!({
            "allowed": evaluation.is_allowed(),
            "reason": evaluation.reason(),
            "detail": evaluation.detail(),
        })
    }
}

#[test]
fn random_pods_are_judged_as_kubernetes_judges_them() {
    let Some(oracle) = tool("oracle-podsecurity") else {
        return;
    };
    let mut dice = Dice::new(SEED);
    let questions: Vec<Question> = (0..PODS).map(|_| Question::random(&mut dice)).collect();
    let answers = ask(&oracle, questions.iter().map(Question::line));
    assert_eq!(answers.len(), questions.len());
    let mut different = Vec::new();
    let mut allowed = 0;
    for (question, expected) in questions.iter().zip(&answers) {
        let answer = question.answer();
        allowed += usize::from(expected["allowed"] == true);
        if answer != *expected {
            different.push(format!(
                "{}\nexpected {expected}\nfound    {answer}",
                question.line()
            ));
        }
    }
    if !different.is_empty() {
        let count = different.len();
        different.truncate(3);
        panic!("{count} of {PODS} differ:\n{}", different.join("\n"));
    }
    // The generator must not drift into pods that are all forbidden or all fine.
    assert!(
        (PODS / 20..PODS / 2).contains(&allowed),
        "{allowed} allowed"
    );
}
