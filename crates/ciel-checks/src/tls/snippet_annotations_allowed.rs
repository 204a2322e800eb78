use ciel_yaml::Node;

use super::nginx::is_controller;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds controllers of ingress-nginx that take snippets from Ingresses (`allow-snippet-annotations: "true"` in
    /// their ConfigMap), take every risk (`annotations-risk-level: Critical`), or do not check annotations
    /// (`--enable-annotation-validation=false`).
    ///
    /// ## Why is this bad?
    /// Whoever may write an Ingress in any namespace runs code in the controller, and has its rights: by default every
    /// Secret of the cluster (CVE-2021-25742).
    ///
    /// ## Example
    /// ```yaml
    /// kind: ConfigMap
    /// data:
    ///   allow-snippet-annotations: "true"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// data:
    ///   allow-snippet-annotations: "false"
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations>
    pub static SNIPPET_ANNOTATIONS_ALLOWED = {
        code: "TLS017",
        name: "snippet-annotations-allowed",
        severity: High,
        since: "0.1.0",
        summary: "ingress-nginx takes configuration from every Ingress",
        run: AnyObject(snippet_annotations_allowed),
        frameworks: [owasp2022("K09"), owasp2025("K07")],
        aliases: [
            kubescape("C-0059"),
            datree("CONFIGMAP_CVE2021_25742_INCORRECT_SNIPPET_ANNOTATIONS_VALUE"),
        ],
    }
}

fn snippet_annotations_allowed(cx: &mut ObjectCx<'_>) {
    if cx.object.kind() == "ConfigMap" {
        config_map(cx);
        return;
    }
    for workload in cx.object.workloads() {
        for container in workload.spec().containers() {
            if !container.image().is_some_and(is_controller) {
                continue;
            }
            let unchecked =
                |word: &Node<'_>| word.scalar_text() == "--enable-annotation-validation=false";
            if let Some(node) = container.argv().into_iter().find(unchecked) {
                cx.report(
                    &SNIPPET_ANNOTATIONS_ALLOWED,
                    node,
                    "ingress-nginx does not check the annotations of Ingresses",
                )
                .help("leave annotation validation on");
            }
        }
    }
}

fn config_map(cx: &mut ObjectCx<'_>) {
    let Some(data) = cx.object.root().get("data") else {
        return;
    };
    let allowed = data.get("allow-snippet-annotations");
    if let Some(node) = allowed.filter(|node| node.scalar_text() == "true") {
        cx.report(
            &SNIPPET_ANNOTATIONS_ALLOWED,
            node,
            "ingress-nginx takes snippets from whoever may write an Ingress",
        )
        .fix_replace("refuse snippets", node, "false")
        .help("set it to \"false\"");
    }
    let risk = data.get("annotations-risk-level");
    if let Some(node) = risk.filter(|node| node.scalar_text() == "Critical") {
        cx.report(
            &SNIPPET_ANNOTATIONS_ALLOWED,
            node,
            "ingress-nginx takes annotations of every risk, snippets among them",
        )
        .fix_replace("take annotations up to high risk", node, "High")
        .help("set it to `High` or lower");
    }
}
