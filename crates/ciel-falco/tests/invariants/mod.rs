//! What holds of any text: shared by tests and fuzz targets.

use std::sync::Arc;

use ciel_falco::{
    compile::{Node, Program},
    condition,
    load::Loader,
};

/// A condition is read or refused at a place within it; what was read means the same when it is written and read again.
pub(crate) fn condition(text: &str) {
    match condition::parse(text) {
        Err(error) => assert!(error.position.offset as usize <= text.len(), "{error:?}"),
        Ok(expr) => {
            let written = expr.to_string();
            match condition::parse(&written) {
                Ok(again) => assert_eq!(again.to_string(), written),
                // One level of parentheses more may be too many; and of quotes that a backslash ends, upstream's reader
                // sees another end.
                Err(error) => assert!(
                    written.contains('\\') || error.message.contains("depth"),
                    "{written}: {error:?}"
                ),
            }
        }
    }
}

/// A rule file loads or does not; what is said of it has its place in the text, and the program refers only backwards.
pub(crate) fn rules(text: &str) {
    let text: Arc<str> = Arc::from(text);
    let mut loader = Loader::new();
    let result = loader.load("fuzz.yaml", &text);
    assert!(result.errors.len() <= 1);
    let report = result.to_json(&|_| "");
    let successful = report
        .get("successful")
        .and_then(serde_json::Value::as_bool);
    assert_eq!(successful, Some(result.successful()));
    for error in &result.errors {
        if let Some(span) = error.context.place(&text, error.culprit.as_deref()) {
            assert!(span.start <= span.end && span.end as usize <= text.len());
        }
        assert!(!error.context.snippet(&text).is_empty());
    }
    refers_backwards(loader.program());
}

fn refers_backwards(program: &Program) {
    for (index, node) in program.nodes.iter().enumerate() {
        let parts = match node {
            Node::And(parts) | Node::Or(parts) => parts.to_vec(),
            Node::Not(inner) => vec![*inner],
            Node::Check(check) => {
                assert!(program.check(*check).is_some());
                Vec::new()
            }
        };
        assert!(parts.iter().all(|part| (part.0 as usize) < index));
    }
    for rule in &program.rules {
        assert!(program.node(rule.condition).is_some());
        let _ = rule.expression.to_lines();
    }
}
