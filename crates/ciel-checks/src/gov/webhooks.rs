//! Admission webhooks: which of them enforce policy, and what they are asked about.

use ciel_snapshot::Object;
use ciel_yaml::Node;

/// Kinds that list admission webhooks.
pub(super) const KINDS: &[(&str, &str)] = &[
    (
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
    ),
    (
        "admissionregistration.k8s.io",
        "MutatingWebhookConfiguration",
    ),
];

/// The webhooks of a configuration.
pub(super) fn webhooks(object: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    object
        .root()
        .get("webhooks")
        .into_iter()
        .flat_map(Node::items)
}

/// A webhook's name.
pub(super) fn name(webhook: Node<'_>) -> &str {
    webhook.str_at(&["name"]).unwrap_or_default()
}

/// Words in the names of products that enforce policy by admission.
const ENFORCERS: [&str; 17] = [
    "gatekeeper",
    "kyverno",
    "opa",
    "policy",
    "policies",
    "kubewarden",
    "sigstore",
    "cosign",
    "connaisseur",
    "ratify",
    "neuvector",
    "polaris",
    "datree",
    "security",
    "securityscan",
    "jspolicy",
    "podsecurity",
];

/// Whether a webhook enforces policy, by its own name, its configuration's or its service's.
pub(super) fn enforces_policy(object: Object<'_>, webhook: Node<'_>) -> bool {
    let service = webhook.str_at(&["clientConfig", "service", "name"]);
    let namespace = webhook.str_at(&["clientConfig", "service", "namespace"]);
    let names = [Some(object.name()), Some(name(webhook)), service, namespace];
    names.into_iter().flatten().any(|name| {
        name.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| ENFORCERS.contains(&word))
    })
}

/// Whether a list of a rule has everything in it: `*`, or `*/*`.
pub(super) fn has_wildcard(rule: Node<'_>, key: &str) -> bool {
    let mut items = rule.get(key).into_iter().flat_map(Node::items);
    items.any(|item| matches!(item.scalar_text(), "*" | "*/*"))
}

/// The rules of a webhook.
pub(super) fn rules(webhook: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    webhook.get("rules").into_iter().flat_map(Node::items)
}

/// Whether a webhook is asked about something of this group and these resources.
pub(super) fn asks_about(webhook: Node<'_>, group: &str, resources: &[&str]) -> bool {
    rules(webhook).any(|rule| {
        let has = |key: &str, wanted: &[&str]| {
            has_wildcard(rule, key)
                || rule
                    .get(key)
                    .into_iter()
                    .flat_map(Node::items)
                    .any(|item| wanted.contains(&item.scalar_text()))
        };
        has("apiGroups", &[group]) && has("resources", resources)
    })
}
