//! Which texts and documents are Kubernetes'.

use ciel_yaml::{Document, Node};
use memchr::memmem;

/// Whether a text may hold an object: both words stand in it, or it is written so that they may be hidden.
///
/// A quick look that spares the parser the many YAML and JSON files of a repository that are nobody's manifests.
pub(crate) fn may_hold_objects(text: &str) -> bool {
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    // `"\x6bind"` and `!!binary a2luZA==` are the key `kind` to kubectl too. Who writes so wants not to be read.
    let hides = || {
        ["\\x", "\\u", "\\U", "\\\n", "\\\r", "!!binary"]
            .into_iter()
            .any(has)
    };
    (has("apiVersion") && has("kind")) || hides()
}

/// Whether a text that does not parse means to be Kubernetes': both words stand in it as keys.
pub(crate) fn means_to_hold_objects(text: &str) -> bool {
    has_key(text, "apiVersion") && has_key(text, "kind")
}

fn has_key(text: &str, key: &str) -> bool {
    memmem::find_iter(text.as_bytes(), key.as_bytes()).any(|at| {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        rest.trim_start_matches([' ', '\t']).starts_with(':')
    })
}

/// Whether a document is an object, a list of objects, or an array with an object in it.
pub(crate) fn is_object_document(document: &Document) -> bool {
    let root = document.root();
    is_object(root) || root.items().any(is_object)
}

fn is_object(node: Node<'_>) -> bool {
    let says = |key| node.str_at(&[key]).is_some_and(|text| !text.is_empty());
    let is_kustomizes = || {
        node.str_at(&["apiVersion"])
            .is_some_and(|version| version.starts_with("kustomize.config.k8s.io/"))
    };
    // `$patch` is a directive of a strategic merge patch: such a document changes an object and is none.
    says("apiVersion") && says("kind") && node.get("$patch").is_none() && !is_kustomizes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for() {
        assert!(may_hold_objects("apiVersion: v1\nkind: Pod\n"));
        assert!(may_hold_objects(r#"{"\x61piVersion": "v1"}"#));
        assert!(!may_hold_objects("version: 3\nservices: {}\n"));
    }

    #[test]
    fn keys_are_told_from_words() {
        assert!(means_to_hold_objects(r#"{"apiVersion" : "v1", 'kind': ["#));
        assert!(means_to_hold_objects("apiVersion: v1\nkind: [\n"));
        assert!(!means_to_hold_objects("# apiVersion and kind: [\n"));
    }
}
