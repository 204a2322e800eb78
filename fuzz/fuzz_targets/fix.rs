//! Any text as a manifest, and patches of its nodes: nothing panics, edits fit, and the other documents stay.
#![no_main]

use ciel_core::{Applicability, Fix, NestedValue, PatchOp, Source, SourceKind, Span};
use ciel_fix::{Editor, apply};
use ciel_yaml::Node;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// Nodes of each text that are patched.
const NODES: usize = 12;

fuzz_target!(|text: &str| {
    let source = Source::new("fuzz.yaml", SourceKind::File, text);
    let Ok(editor) = Editor::new(&source) else { return };
    let documents = ciel_yaml::parse(&source.text).documents;
    let before: Vec<Value> = documents.iter().map(|it| it.root().to_json()).collect();
    let mut fixes = Vec::new();
    for (index, document) in documents.iter().enumerate().take(3) {
        let root = document.root();
        let mut nodes = Vec::new();
        collect(root, &mut nodes);
        for (at, node) in nodes.into_iter().enumerate() {
            let fix = fix(root.span(), op(root, node, at));
            if let Ok(edits) = editor.edits(&fix) {
                let after = ciel_yaml::parse(&apply(text, &edits).into()).documents;
                let after: Vec<Value> = after.iter().map(|it| it.root().to_json()).collect();
                assert_eq!(before.len(), after.len());
                for (other, (old, new)) in before.iter().zip(&after).enumerate() {
                    assert!(other == index || old == new);
                }
            }
            fixes.push(fix);
        }
    }
    let batch = editor.edit_all(&fixes.iter().collect::<Vec<_>>());
    let all = ciel_yaml::parse(&apply(text, &batch.edits).into());
    assert_eq!(before.len(), all.documents.len());
});

fn collect<'d>(node: Node<'d>, nodes: &mut Vec<Node<'d>>) {
    for child in node.entries().map(|(_, value)| value).chain(node.items()) {
        if nodes.len() < NODES {
            nodes.push(child);
            collect(child, nodes);
        }
    }
}

fn op(root: Node<'_>, node: Node<'_>, at: usize) -> PatchOp {
    let path = root.pointer_to(node);
    match at % 4 {
        0 => PatchOp::Remove { path },
        1 => PatchOp::Replace { path, value: json!(false) },
        2 if node.is_sequence() => PatchOp::Add {
            path: format!("{path}/-"),
            value: NestedValue::new([], json!({"a": ["b: c"]})),
        },
        2 => PatchOp::Add {
            path: format!("{path}/new key"),
            value: NestedValue::new(["x"], json!([1, {"y": null}])),
        },
        _ => PatchOp::Replace { path, value: json!({"a": {"b": ["c"]}}) },
    }
}

fn fix(object: Span, op: PatchOp) -> Fix {
    Fix {
        description: "fuzz".into(),
        patch: vec![op],
        applicability: Applicability::Safe,
        object,
    }
}
