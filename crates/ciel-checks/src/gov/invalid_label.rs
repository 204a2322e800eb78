use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds labels, of objects and of pod templates, whose key or value the API server refuses: values of more than 63
    /// characters or with characters other than letters, digits, `-`, `_` and `.`, keys that are no names, and values
    /// that are no text.
    ///
    /// ## Why is this bad?
    /// The object is not created. Where a controller makes the pods, it is, and the pods never come.
    ///
    /// ## Example
    /// ```yaml
    /// metadata:
    ///   labels:
    ///     contact: "shop@example.com"
    ///     version: 1.0
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// metadata:
    ///   labels:
    ///     version: "1.0"
    ///   annotations:
    ///     contact: shop@example.com
    /// ```
    ///
    /// ## Exceptions
    /// None: annotations take any text.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/>
    pub static INVALID_LABEL = {
        code: "GOV010",
        name: "invalid-label",
        severity: Low,
        severity_reason: "kube-score says critical; the API server says it too, before anything runs",
        since: "0.1.0",
        summary: "label that the API server refuses",
        profile: All,
        run: AnyObject(invalid_label),
        frameworks: [],
        aliases: [
            kube_score("label-values"),
            kics("1123031a-f921-4c5b-bd86-ef354ecfd37a"), datree("WORKLOAD_INVALID_LABELS_VALUE"),
        ],
    }
}

fn invalid_label(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let own = object.root().at(&["metadata", "labels"]);
    // The metadata of a Pod is its own.
    let of_templates = object
        .workloads()
        .filter_map(|workload| workload.template.labels())
        .filter(|labels| Some(*labels) != own);
    let lists: Vec<Node<'_>> = own.into_iter().chain(of_templates).collect();
    for (key, value) in lists.into_iter().flat_map(Node::entries) {
        let name = key.scalar_text();
        let what = if !is_key(name) {
            format!("`{name}` is no name for a label")
        } else if let Some(what) = wrong_value(value) {
            format!("label `{name}` {what}")
        } else {
            continue;
        };
        cx.report(&INVALID_LABEL, value, what)
            .help("use an annotation for text of other kinds, and quotes around numbers");
    }
}

/// What is wrong with a label's value, if anything.
fn wrong_value(value: Node<'_>) -> Option<&'static str> {
    if value.is_null() {
        return None;
    }
    let Some(text) = value.as_str() else {
        return Some("has a value that is no text");
    };
    if text.len() > MAX_PART {
        return Some("has a value of more than 63 characters");
    }
    (!text.is_empty() && !is_part(text))
        .then_some("has a value with characters that labels do not take")
}

/// How long a label's value, and the name in its key, may be.
const MAX_PART: usize = 63;
/// How long the domain in a label's key may be.
const MAX_DOMAIN: usize = 253;

fn is_key(key: &str) -> bool {
    let (domain, name) = key.split_once('/').unwrap_or(("a", key));
    let is_domain_byte = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    };
    !domain.is_empty()
        && domain.len() <= MAX_DOMAIN
        && domain.bytes().all(is_domain_byte)
        && name.len() <= MAX_PART
        && is_part(name)
}

fn is_part(text: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = text.as_bytes();
    is_edge(bytes.first()) && is_edge(bytes.last()) && bytes.iter().all(|byte| is_inside(*byte))
}
