//! Namespaces in which an object that bounds what pods take is missing.

use std::collections::HashSet;

use ciel_core::SourceKind;
use ciel_snapshot::Object;

use crate::{ClusterCx, Rule};

/// In a complete input, reports the namespaces without an object of a kind: at the Namespace, or at the first workload
/// in it where it is not in the input.
pub(super) fn report(cx: &mut ClusterCx<'_>, rule: &'static Rule, kind: &str, help: &'static str) {
    if !cx.is_complete() {
        return;
    }
    let snapshot = cx.snapshot();
    let bounds = snapshot.of_kind("", kind);
    // What is bounded, and then what was reported as well.
    let mut done: HashSet<&str> = bounds.map(|bound| bound.namespace_or_default()).collect();
    for namespace in snapshot.of_kind("", "Namespace") {
        let name = namespace.name();
        if is_of_kubernetes(name) || !done.insert(name) {
            continue;
        }
        let root = namespace.root();
        let node = root.at(&["metadata", "name"]).unwrap_or(root);
        let message = format!("namespace `{name}` has no {kind}");
        cx.report_on(rule, namespace, node, message).help(help);
    }
    for workload in snapshot.workloads() {
        let name = workload.namespace();
        if workload.object.namespace().is_empty() && is_rendered(workload.object) {
            continue;
        }
        if is_of_kubernetes(name) || !done.insert(name) {
            continue;
        }
        let object = workload.object;
        let message = format!("namespace `{name}` has no {kind}");
        let Some(metadata) = object.view().metadata() else {
            continue;
        };
        let report = match metadata.get("namespace") {
            Some(node) => cx.report_on(rule, object, node, message),
            None => cx.report_missing_on(rule, object, metadata, ".namespace", message),
        };
        report.help(help);
    }
}

fn is_of_kubernetes(namespace: &str) -> bool {
    matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease")
}

/// Whether the text was made for whoever installs it, who says where.
pub(super) fn is_rendered(object: Object<'_>) -> bool {
    let source = object.snapshot().source(object.source());
    source.is_some_and(|source| matches!(source.kind, SourceKind::Helm | SourceKind::Kustomize))
}
