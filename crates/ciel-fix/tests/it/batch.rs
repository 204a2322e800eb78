//! Several fixes at once.

use ciel_core::{Fix, Source, SourceKind};
use ciel_fix::{Editor, Outcome, Refusal, apply};
use serde_json::{Value, json};

use crate::common::{fix, ops};

const PODS: &str = "\
kind: Pod
spec:
  containers:
  - name: a
---
kind: Pod
spec: &spec
  hostPID: true
  containers:
  - name: b
    securityContext: {}
";

#[track_caller]
fn check(fixes: &[(usize, Value)], outcomes: &[Outcome], after: &str) {
    let fixes: Vec<Fix> = fixes
        .iter()
        .map(|(document, patch)| fix(PODS, *document, "", ops(patch)))
        .collect();
    let source = Source::new("a.yaml", SourceKind::File, PODS);
    let editor = Editor::new(&source).expect("a file");
    let batch = editor.edit_all(&fixes.iter().collect::<Vec<_>>());
    assert_eq!(batch.outcomes, outcomes);
    assert_eq!(apply(PODS, &batch.edits), after);
}

#[test]
fn fixes_of_one_document_join() {
    check(
        &[
            (
                0,
                json!([{"op": "add", "path": "/spec/hostPID", "value": false}]),
            ),
            (
                0,
                json!([{"op": "add", "path": "/spec/containers/0/image", "value": "x"}]),
            ),
            (
                0,
                json!([{"op": "add", "path": "/metadata", "value": {"name": "p"}}]),
            ),
        ],
        &[Outcome::Done, Outcome::Done, Outcome::Done],
        "\
kind: Pod
spec:
  containers:
  - name: a
    image: x
  hostPID: false
metadata:
  name: p
---
kind: Pod
spec: &spec
  hostPID: true
  containers:
  - name: b
    securityContext: {}
",
    );
}

#[test]
fn fixes_of_one_place_wait_for_each_other() {
    let set = |key: &str| json!([{"op": "add", "path": "/spec/containers/0/securityContext", "value": {key: false}}]);
    check(
        &[(0, set("privileged")), (0, set("allowPrivilegeEscalation"))],
        &[Outcome::Done, Outcome::Later],
        &PODS.replacen(
            "  - name: a\n",
            "  - name: a\n    securityContext:\n      privileged: false\n",
            1,
        ),
    );
}

#[test]
fn a_fix_that_is_refused_stops_no_other() {
    check(
        &[
            (
                1,
                json!([{"op": "replace", "path": "/spec/hostPID", "value": false}]),
            ),
            (
                1,
                json!([{"op": "replace", "path": "/kind", "value": "Job"}]),
            ),
        ],
        &[
            Outcome::Refused(Refusal::Shared("/spec/hostPID".to_owned())),
            Outcome::Done,
        ],
        &PODS.replacen("kind: Pod\nspec: &", "kind: Job\nspec: &", 1),
    );
}
