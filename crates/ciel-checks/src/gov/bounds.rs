//! Namespaces in which an object that bounds what pods take is missing.

use std::collections::HashSet;

use ciel_core::SourceKind;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ClusterCx, Rule};

/// What a bound leaves open: the node that lacks something, and the path of what it lacks.
pub(super) type Gap<'s> = (Node<'s>, &'static str);

/// Reports the bounds of a kind that leave something open, and in a complete input the namespaces without one.
pub(super) fn report<'s>(
    cx: &mut ClusterCx<'s>,
    rule: &'static Rule,
    kind: &str,
    gap: fn(Node<'s>) -> Option<Gap<'s>>,
    help: &'static str,
) {
    for bound in cx.snapshot().of_kind("", kind) {
        let spec = bound.root().get("spec");
        let Some((node, path)) = spec.and_then(gap) else {
            continue;
        };
        let name = path.trim_matches(['.', '[', ']', '"']);
        let message = format!("{kind} `{}` says nothing of `{name}`", bound.name());
        cx.report_missing_on(rule, bound, node, path, message)
            .help(help);
    }
    if cx.is_complete() {
        report_missing(cx, rule, kind, help);
    }
}

/// Reports the namespaces without an object of a kind: at the Namespace, or at the first workload in it where it is not
/// in the input.
fn report_missing(cx: &mut ClusterCx<'_>, rule: &'static Rule, kind: &str, help: &'static str) {
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

pub(super) fn is_of_kubernetes(namespace: &str) -> bool {
    matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease")
}

/// Whether the text was made for whoever installs it, who says where.
pub(super) fn is_rendered(object: Object<'_>) -> bool {
    let source = object.snapshot().source(object.source());
    source.is_some_and(|source| matches!(source.kind, SourceKind::Helm | SourceKind::Kustomize))
}
