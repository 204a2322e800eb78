use ciel_k8s::LabelSelector;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers whose selector does not match the labels of their own pod template.
    ///
    /// ## Why is this bad?
    /// The API server refuses such a Deployment, StatefulSet, DaemonSet or ReplicaSet. A DeploymentConfig that is
    /// accepted makes pod after pod, since it never sees one of its own.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: website}}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    /// ```
    ///
    /// ## Exceptions
    /// Controllers without a selector, which old API versions filled in, are not judged.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/>
    pub static SELECTOR_MISMATCH = {
        code: "REL060",
        name: "selector-mismatch",
        severity: Medium,
        severity_reason: "all tools agree that it is wrong; the API server refuses most of these, so nothing runs",
        since: "0.1.0",
        summary: "controller selects other pods than it makes",
        profile: All,
        run: Object(KINDS, selector_mismatch),
        frameworks: [],
        aliases: [
            kubescape("C-0296"), kube_linter("mismatching-selector"),
            kube_score("deployment-pod-selector-labels-match-template-metadata-labels"),
            kube_score("statefulset-pod-selector-labels-match-template-metadata-labels"), popeye("POP-508"),
        ],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("apps", "Deployment"),
    ("extensions", "Deployment"),
    ("apps", "StatefulSet"),
    ("apps", "DaemonSet"),
    ("apps", "ReplicaSet"),
    ("", "ReplicationController"),
    ("apps.openshift.io", "DeploymentConfig"),
    ("argoproj.io", "Rollout"),
    ("batch", "Job"),
    ("batch", "CronJob"),
];

fn selector_mismatch(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let spec = match object.kind() {
        "CronJob" => object.root().at(&["spec", "jobTemplate", "spec"]),
        _ => object.root().get("spec"),
    };
    let Some(spec) = spec else {
        return;
    };
    let (Some(selector), Some(template)) = (spec.get("selector"), spec.get("template")) else {
        return;
    };
    let labels = template.at(&["metadata", "labels"]);
    let is_plain = matches!(object.kind(), "ReplicationController" | "DeploymentConfig");
    if is_plain {
        check(cx, selector, LabelSelector::from_labels(selector), labels);
        return;
    }
    if let Some(wanted) = selector.get("matchLabels") {
        check(cx, wanted, LabelSelector::from_labels(wanted), labels);
    }
    if let Some(wanted) = selector.get("matchExpressions") {
        check(cx, wanted, LabelSelector::from_expressions(wanted), labels);
    }
}

fn check<'s>(
    cx: &mut ObjectCx<'s>,
    node: Node<'s>,
    selector: LabelSelector<'s>,
    labels: Option<Node<'s>>,
) {
    if selector.matches(labels) {
        return;
    }
    let message = "the selector does not match the labels of the controller's own pods";
    cx.report(&SELECTOR_MISMATCH, node, message)
        .help("select the labels of `template.metadata.labels`");
}
