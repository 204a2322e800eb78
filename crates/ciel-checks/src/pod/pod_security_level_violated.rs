use ciel_core::PssLevel;
use ciel_podsecurity::{Evaluation, enforced, evaluate};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::standards::{evidence, version};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods, and workloads whose pods, break the level of the Pod Security Standards that the labels of their
    /// namespace enforce: `pod-security.kubernetes.io/enforce` and `enforce-version`. One finding a workload, at the
    /// first field that breaks it; the namespace's label and the other fields stand in `related`, admission's own
    /// text in `evidence.podSecurity.message`.
    ///
    /// ## Why is this bad?
    /// Admission refuses such pods. A Deployment, Job or other workload is let in all the same, with a warning at
    /// most, and then makes no pods: the application is down, or keeps running from before the label was set and
    /// dies at its next restart. What runs breaks the rule that the namespace was given.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   hostNetwork: true
    ///   containers:
    ///   - name: web
    ///     image: registry.example/web:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.example/web:1
    /// ```
    ///
    /// ## Exceptions
    /// Namespaces, users and runtime classes that the API server's admission configuration exempts are not known
    /// here. The labels `warn` and `audit` refuse nothing and are not judged.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-admission/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static POD_SECURITY_LEVEL_VIOLATED = {
        code: "POD130",
        name: "pod-security-level-violated",
        severity: High,
        since: "0.1.0",
        summary: "pod breaks the Pod Security level that its namespace enforces",
        run: Pod(pod_security_level_violated),
        frameworks: [pss(Baseline), pss(Restricted), nsa("pod-security")],
        aliases: [],
    }
}

const ENFORCE: [&str; 3] = ["metadata", "labels", "pod-security.kubernetes.io/enforce"];

fn pod_security_level_violated(cx: &mut PodCx<'_>) {
    let name = cx.workload.namespace();
    let Some(namespace) = cx.snapshot().find("", "Namespace", "", name) else {
        return;
    };
    let Some(enforced) = enforced(|key| namespace.view().label(key)) else {
        return;
    };
    // The API server takes no namespace with a wrong label; the check `invalid-pod-security-label` says so.
    if enforced.error.is_some() || enforced.level == PssLevel::Privileged {
        return;
    }
    let template = cx.workload.template;
    let evaluation = evaluate(&template, enforced.level, enforced.minor);
    if evaluation.is_allowed() {
        return;
    }
    let evidence = evidence(enforced.level, enforced.minor, &evaluation);
    let level = format!("{}@{}", enforced.level.as_str(), version(enforced.minor));
    let label = namespace.root().at(&ENFORCE).unwrap_or(namespace.root());
    report(cx, (namespace, label), &level, evaluation, evidence);
}

fn report<'s>(
    cx: &mut PodCx<'s>,
    (namespace, label): (Object<'s>, Node<'s>),
    level: &str,
    evaluation: Evaluation<'s>,
    evidence: serde_json::Value,
) {
    let object = cx.object();
    let mut places = evaluation
        .violations
        .into_iter()
        .flat_map(|violation| violation.places);
    let Some(first) = places.next() else { return };
    let refused = if object.is("", "Pod") {
        "which refuses the pod".to_owned()
    } else {
        format!("which refuses the pods that the {} makes", object.kind())
    };
    let message = format!(
        "{}, but namespace `{}` enforces `{level}`, {refused}",
        first.message,
        namespace.name()
    );
    let rule = &POD_SECURITY_LEVEL_VIOLATED;
    let mut report = if first.missing.is_empty() {
        cx.report(rule, first.node, message)
    } else {
        cx.report_missing(rule, first.node, &first.missing, message)
    };
    report = report
        .help("change the fields that break the level, or run the workload in a namespace of its own that allows it")
        .evidence("podSecurity", evidence)
        .related(namespace, label, format!("enforces `{level}`"));
    for place in places {
        report = report.related(object, place.node, place.message);
    }
}
