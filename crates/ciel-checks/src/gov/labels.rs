//! Labels of workloads: where they stand, and how a missing one is reported.

use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ObjectCx, Report, Rule};

/// The workloads of Kubernetes and OpenShift.
pub(super) const KINDS: &[(&str, &str)] = &[
    ("", "Pod"),
    ("", "ReplicationController"),
    ("apps", "Deployment"),
    ("apps", "ReplicaSet"),
    ("apps", "DaemonSet"),
    ("apps", "StatefulSet"),
    ("batch", "Job"),
    ("batch", "CronJob"),
    ("apps.openshift.io", "DeploymentConfig"),
];

/// What has `metadata` of its own: the object, and its pods' template.
pub(super) fn holders<'s>(object: Object<'s>) -> impl Iterator<Item = Node<'s>> {
    let root = object.root();
    let template = match object.kind() {
        "Pod" => None,
        "CronJob" => root.at(&["spec", "jobTemplate", "spec", "template"]),
        _ => root.at(&["spec", "template"]),
    };
    [Some(root), template].into_iter().flatten()
}

/// The labels of a holder, with their keys.
pub(super) fn labels<'s>(holder: Node<'s>) -> impl Iterator<Item = (Node<'s>, Node<'s>)> {
    let labels = holder.at(&["metadata", "labels"]);
    labels.into_iter().flat_map(Node::entries)
}

/// Whether a label or annotation says something under a key whose last part is one of the words.
pub(super) fn says(holder: Node<'_>, words: &[&str]) -> bool {
    let of = |field| holder.at(&["metadata", field]);
    let mut entries = [of("labels"), of("annotations")]
        .into_iter()
        .flatten()
        .flat_map(Node::entries);
    entries.any(|(key, value)| {
        let key = key.scalar_text();
        let last = key.rsplit('/').next().unwrap_or(key);
        !value.scalar_text().is_empty() && words.iter().any(|word| last.eq_ignore_ascii_case(word))
    })
}

/// A finding about a field that a holder's metadata lacks: `path` counts from there, as in `.labels`.
pub(super) fn report_missing<'f, 's>(
    cx: &'f mut ObjectCx<'s>,
    rule: &'static Rule,
    holder: Node<'s>,
    path: &str,
    message: String,
) -> Report<'f, 's> {
    match holder
        .get("metadata")
        .filter(|metadata| metadata.is_mapping())
    {
        Some(metadata) => cx.report_missing(rule, metadata, path, message),
        None => cx.report_missing(rule, holder, &format!(".metadata{path}"), message),
    }
}

/// Who a message speaks of.
pub(super) fn speaker(object: Object<'_>, holder: Node<'_>) -> &'static str {
    if holder == object.root() {
        "object"
    } else {
        "pod template"
    }
}
