//! Merge keys and duplicate keys.
//!
//! For kubectl, in go-yaml v2's order: entries are set one after the other as they stand, a merge sets those of its
//! mapping at its own place (and so replaces what stood before it), the last one counts. For yaml-cpp the first one
//! counts, and merges come after all entries of the mapping's own.

use std::collections::HashMap;

use super::{Document, DocumentBuilder, Kind, Mark, Node, NodeId, Raw};
use crate::Dialect;

/// See [`DocumentBuilder::resolve_mappings`].
pub(super) fn resolve(builder: DocumentBuilder, dialect: Dialect) -> DocumentBuilder {
    let DocumentBuilder { document } = builder;
    let mut nodes = Vec::with_capacity(document.nodes.len());
    copy(&document, NodeId(0), dialect, &mut nodes);
    DocumentBuilder {
        document: Document { nodes, ..document },
    }
}

/// Copies a subtree. Recursion is as deep as the document, which the limit on depth bounds.
fn copy(from: &Document, id: NodeId, dialect: Dialect, to: &mut Vec<Raw>) {
    let raw = from.raw(id);
    debug_assert_ne!(raw.mark, Mark::Merge, "carried out by the mapping");
    let at = to.len();
    to.push(raw);
    let mut len = raw.len;
    match raw.kind {
        Kind::Sequence => {
            for item in from.node(id).items() {
                copy(from, item.id(), dialect, to);
            }
        }
        Kind::Mapping => {
            let mut entries = Effective::default();
            match dialect {
                Dialect::Kubectl => entries.collect(from, id),
                Dialect::YamlCpp => entries.collect_firsts(from, id),
            }
            len = 0;
            for (key, value) in entries.order.into_iter().flatten() {
                copy(from, key, dialect, to);
                copy(from, value, dialect, to);
                len += 1;
            }
        }
        _ => {}
    }
    let next = u32::try_from(to.len()).unwrap_or(u32::MAX);
    if let Some(raw) = to.get_mut(at) {
        raw.len = len;
        raw.next = next;
    }
}

/// The entries that count, in the order in which they were set last.
#[derive(Default)]
struct Effective<'a> {
    order: Vec<Option<(NodeId, NodeId)>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Effective<'a> {
    fn collect(&mut self, from: &'a Document, mapping: NodeId) {
        for (key, value) in from.node(mapping).entries() {
            if from.raw(key.id()).mark != Mark::Merge {
                self.set(key.scalar_text(), key.id(), value.id());
                continue;
            }
            match value.kind() {
                Kind::Mapping => self.collect(from, value.id()),
                Kind::Sequence => {
                    // The first mapping of the list is the strongest: it is set last.
                    let items: Vec<_> = value.items().collect();
                    for item in items.into_iter().rev() {
                        self.collect(from, item.id());
                    }
                }
                // Refused when the mapping was composed.
                _ => {}
            }
        }
    }

    fn collect_firsts(&mut self, from: &'a Document, mapping: NodeId) {
        let entries = from.node(mapping).entries();
        let is_merge = |key: &Node<'_>| from.raw(key.id()).mark == Mark::Merge;
        for (key, value) in entries.filter(|(key, _)| !is_merge(key)) {
            let name = key.scalar_text();
            if !self.places.contains_key(name) {
                self.set(name, key.id(), value.id());
            }
        }
        let entries = from.node(mapping).entries();
        for (_, value) in entries.filter(|(key, _)| is_merge(key)) {
            match value.kind() {
                Kind::Mapping => self.collect_firsts(from, value.id()),
                Kind::Sequence => {
                    for item in value.items() {
                        self.collect_firsts(from, item.id());
                    }
                }
                // Refused when the mapping was composed.
                _ => {}
            }
        }
    }

    fn set(&mut self, name: &'a str, key: NodeId, value: NodeId) {
        let place = self.order.len();
        self.order.push(Some((key, value)));
        if let Some(before) = self.places.insert(name, place)
            && let Some(entry) = self.order.get_mut(before)
        {
            *entry = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_error};

    #[test]
    fn the_last_of_duplicate_keys_counts() {
        check("a: 1\nb: 2\na: 3\n", &[r#"{"b":2,"a":3}"#]);
        check("a: {x: 1}\na: {z: 1}\n", &[r#"{"a":{"z":1}}"#]);
        check("1: a\n\"1\": b\n", &[r#"{"1":"b"}"#]);
        check(r#"{"a":1,"a":{"b":2,"b":3}}"#, &[r#"{"a":{"b":3}}"#]);
    }

    #[test]
    fn the_first_of_duplicate_keys_counts_for_yaml_cpp() {
        for (text, expected) in [
            ("a: 1\nb: 2\na: 3\n", r#"{"a":1,"b":2}"#),
            (r#"{"a":1,"a":{"b":2}}"#, r#"{"a":1}"#),
            ("{<<: {a: 1, b: 1}, b: 2, b: 3}", r#"{"b":2,"a":1}"#),
            ("{<<: [{a: 1}, {a: 2, b: 2}]}", r#"{"a":1,"b":2}"#),
        ] {
            let parsed = crate::parse_as(&text.into(), crate::Dialect::YamlCpp);
            let json: Vec<String> = parsed
                .documents
                .iter()
                .map(|document| document.root().to_json().to_string())
                .collect();
            assert_eq!(json, [expected], "{text}");
        }
    }

    #[test]
    fn merges_happen_where_they_stand() {
        for (written, expected) in [
            ("{<<: {a: 1, b: 1}, b: 2}", r#"{"a":1,"b":2}"#),
            ("{b: 2, <<: {a: 1, b: 1}}", r#"{"a":1,"b":1}"#),
            ("{<<: [{a: 1}, {a: 2, b: 2}]}", r#"{"b":2,"a":1}"#),
            ("{<<: {a: 1}, <<: {a: 2}}", r#"{"a":2}"#),
            ("{<<: {<<: {a: 1}, b: 1}}", r#"{"a":1,"b":1}"#),
            ("{<<: []}", "{}"),
            ("{\"<<\": 1}", r#"{"<<":1}"#),
            ("{!!merge \"<<\": {a: 1}}", r#"{"a":1}"#),
            ("{!!str <<: 1}", r#"{"<<":1}"#),
            ("{a: <<}", r#"{"a":"<<"}"#),
        ] {
            check(
                &format!("k: {written}\n"),
                &[&format!("{{\"k\":{expected}}}")],
            );
        }
        check(r#"{"<<": {"a": 1}}"#, &[r#"{"<<":{"a":1}}"#]);
    }

    #[test]
    fn aliases_are_what_their_anchor_was() {
        check(
            "x: &x {a: 1}\nb: *x\nc: {<<: *x}\n",
            &[r#"{"x":{"a":1},"b":{"a":1},"c":{"a":1}}"#],
        );
        check(
            "x: &x 1\nb: &x 2\nc: *x\n*x : d\n",
            &[r#"{"x":1,"b":2,"c":2,"2":"d"}"#],
        );
        check("a: &x {q: 1}\na: 2\nb: *x\n", &[r#"{"a":2,"b":{"q":1}}"#]);
    }

    #[test]
    fn what_cannot_be_merged_is_an_error() {
        check_error("<<: 1\n", "1", "wants a mapping");
        check_error("<<: [{a: 1}, 2]\n", "2", "wants a mapping");
        check_error("x: &x [{a: 1}]\ny: {<<: *x}\n", "*x", "wants a mapping");
    }

    #[test]
    fn aliases_that_lead_nowhere_are_errors() {
        check_error("a: *x\n", "*x", "no anchor");
        check_error("a: &x [*x]\n", "*x", "contains itself");
        check_error("a: &x\n---\nb: *x\n", "*x", "no anchor");
    }
}
