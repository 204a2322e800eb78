//! What the tests of this crate share.

use ciel_core::{Applicability, Fix, NestedValue, PatchOp, Source, SourceKind};
use ciel_fix::{Editor, Refusal, apply};
use serde_json::Value;

/// The operations of a patch as RFC 6902 writes them.
pub(crate) fn ops(patch: &Value) -> Vec<PatchOp> {
    let op = |op: &Value| {
        let path = op["path"].as_str().expect("a path").to_owned();
        let value = op["value"].clone();
        match op["op"].as_str().expect("an operation") {
            "add" => PatchOp::Add {
                path,
                value: NestedValue::new([], value),
            },
            "replace" => PatchOp::Replace { path, value },
            "remove" => PatchOp::Remove { path },
            other => panic!("no operation: {other}"),
        }
    };
    patch.as_array().expect("a list").iter().map(op).collect()
}

/// A fix of the value at a pointer in one of a text's documents.
pub(crate) fn fix(text: &str, document: usize, object: &str, patch: Vec<PatchOp>) -> Fix {
    let parsed = ciel_yaml::parse(&text.into());
    let parsed_document = parsed.documents.get(document);
    let Some(parsed_document) = parsed_document else {
        panic!("no such document: {text}{:?}", parsed.diagnostics);
    };
    let mut node = parsed_document.root();
    for step in object.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        node = node
            .get(&step)
            .or_else(|| node.item(step.parse().ok()?))
            .expect("the object stands there");
    }
    Fix {
        description: "a test".into(),
        patch,
        applicability: Applicability::Safe,
        object: node.span(),
    }
}

/// What a fix makes of a text.
pub(crate) fn fixed(text: &str, fix: &Fix) -> Result<String, Refusal> {
    let source = Source::new("a.yaml", SourceKind::File, text);
    let edits = Editor::new(&source)?.edits(fix)?;
    Ok(apply(text, &edits))
}
