//! What holds for every text, however broken. The fuzz targets use this file too.

use std::sync::Arc;

use ciel_yaml::{Kind, Node, parse};

/// Parses a text and checks what has to hold of the outcome.
///
/// # Panics
/// Where something does not hold.
pub(crate) fn check(text: &str) {
    let text: Arc<str> = text.into();
    let parsed = parse(&text);
    for (span, diagnostic) in &parsed.diagnostics {
        assert!(
            text.get(span.start as usize..span.end as usize).is_some(),
            "{span:?} is no part of the text: {}",
            diagnostic.message
        );
        assert!(!diagnostic.message.is_empty());
    }
    // What an alias brings in stands elsewhere.
    let nested = !text.contains('*');
    let mut end = 0;
    for document in &parsed.documents {
        assert!(!document.is_empty());
        let root = document.root();
        assert!(!root.is_null(), "an empty document");
        assert_eq!(
            walk(root, nested),
            document.len(),
            "nodes that no walk reaches"
        );
        if nested {
            let span = root.span();
            assert!(end <= span.start, "documents that overlap");
            end = span.end;
        }
    }
    let _ = parsed
        .documents
        .first()
        .map(|document| document.root().to_json());
}

/// Checks a subtree; gives the number of its nodes.
fn walk(node: Node<'_>, nested: bool) -> usize {
    let span = node.span();
    let text = node.document().text();
    assert!(
        text.get(span.start as usize..span.end as usize).is_some(),
        "{span:?} is no part of the text"
    );
    let scalar = node.scalar_text();
    let mut nodes = 1;
    match node.kind() {
        Kind::Null => assert_eq!(scalar, "null"),
        Kind::Bool => assert!(matches!(scalar, "true" | "false")),
        Kind::Integer => assert!(scalar.parse::<i64>().is_ok(), "{scalar}"),
        Kind::Float => assert!(scalar.parse::<f64>().is_ok_and(f64::is_finite), "{scalar}"),
        Kind::String => {}
        Kind::Sequence => {
            assert_eq!(node.items().count(), node.len());
            for item in node.items() {
                nodes += inner(node, item, nested);
            }
        }
        Kind::Mapping => {
            assert_eq!(node.entries().count(), node.len());
            let mut names: Vec<_> = node.entries().map(|(key, _)| key.scalar_text()).collect();
            names.sort_unstable();
            assert!(
                names.windows(2).all(|pair| pair[0] != pair[1]),
                "a key twice"
            );
            for (key, value) in node.entries() {
                assert_eq!(key.kind(), Kind::String);
                nodes += inner(node, key, nested) + inner(node, value, nested);
            }
        }
    }
    nodes
}

fn inner(parent: Node<'_>, child: Node<'_>, nested: bool) -> usize {
    assert!(parent.contains(child));
    if nested {
        let (outer, inner) = (parent.span(), child.span());
        assert!(
            outer.start <= inner.start && inner.end <= outer.end,
            "{inner:?} is not within {outer:?}"
        );
    }
    walk(child, nested)
}
