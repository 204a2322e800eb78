use ciel_podsecurity::{ParseError, parse_level, parse_version};
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds labels `pod-security.kubernetes.io/…` of namespaces that say nothing to admission: a key that it does
    /// not know (`enforced`), a level other than `privileged`, `baseline` and `restricted`, a version that is neither
    /// `latest` nor `v1.` and a number, and a version without the level that it belongs to.
    ///
    /// ## Why is this bad?
    /// A key that admission does not know is passed over in silence, and so is a version on its own: the namespace
    /// looks guarded and is not. A wrong value makes the API server refuse the namespace.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforced: baseline
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    ///     pod-security.kubernetes.io/enforce-version: v1.37
    /// ```
    ///
    /// ## Exceptions
    /// Where the API server's admission configuration sets a level for all namespaces, a version on its own changes
    /// that one's version. Suppress the finding there.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-admission/>
    /// - <https://kubernetes.io/docs/reference/labels-annotations-taints/>
    pub static INVALID_POD_SECURITY_LABEL = {
        code: "POD131",
        name: "invalid-pod-security-label",
        severity: Medium,
        since: "0.1.0",
        summary: "Pod Security label of a namespace that admission does not understand",
        run: Object(&[("", "Namespace")], invalid_pod_security_label),
        frameworks: [nsa("pod-security")],
        aliases: [],
    }
}

const PREFIX: &str = "pod-security.kubernetes.io/";

fn invalid_pod_security_label(cx: &mut ObjectCx<'_>) {
    let Some(labels) = cx.object.root().at(&["metadata", "labels"]) else {
        return;
    };
    for (key, value) in labels.entries() {
        if let Some(mode) = key.scalar_text().strip_prefix(PREFIX) {
            judge(cx, labels, mode, value);
        }
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, labels: Node<'s>, mode: &str, value: Node<'s>) {
    let text = value.scalar_text();
    let (problem, help) = match mode {
        "enforce" | "audit" | "warn" => match parse_level(text) {
            Ok(_) => return,
            Err(error) => (refused(mode, text, error), "name a level"),
        },
        "enforce-version" | "audit-version" | "warn-version" => match parse_version(text) {
            Err(error) => (
                refused(mode, text, error),
                "write `latest` or `v1.` and a number",
            ),
            Ok(_) if has_level(labels, mode) => return,
            Ok(_) => (
                format!(
                    "label `{PREFIX}{mode}` stands without the level that it belongs to, and does nothing"
                ),
                "set the level beside it",
            ),
        },
        _ => (
            format!("admission knows no label `{PREFIX}{mode}`, and passes it over"),
            "write `enforce`, `audit` or `warn`, with or without `-version`",
        ),
    };
    cx.report(&INVALID_POD_SECURITY_LABEL, value, problem)
        .help(help);
}

fn refused(mode: &str, text: &str, error: ParseError) -> String {
    format!("the API server refuses `{text}` as label `{PREFIX}{mode}`: {error}")
}

/// Whether the level that a version belongs to is set. Where `warn` is not, it follows a stricter `enforce` in its
/// level, and `warn-version` still counts.
fn has_level(labels: Node<'_>, mode: &str) -> bool {
    let has = |mode: &str| labels.get(&format!("{PREFIX}{mode}")).is_some();
    match mode.trim_end_matches("-version") {
        "warn" => has("warn") || has("enforce"),
        level => has(level),
    }
}
