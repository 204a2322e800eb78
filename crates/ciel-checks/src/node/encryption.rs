//! What an EncryptionConfiguration says of Secrets.

use ciel_yaml::Node;

/// The kinds that say how resources are encrypted in etcd; the second is that of before Kubernetes 1.13.
pub(super) const ENCRYPTION_KINDS: &[(&str, &str)] = &[
    ("apiserver.config.k8s.io", "EncryptionConfiguration"),
    ("", "EncryptionConfig"),
];

/// The first entry that covers Secrets: the one that counts.
pub(super) fn entry_for_secrets(root: Node<'_>) -> Option<Node<'_>> {
    const SECRETS: [&str; 3] = ["secrets", "*.", "*.*"];
    root.get("resources")?.items().find(|entry| {
        let resources = entry.get("resources").into_iter().flat_map(Node::items);
        resources
            .filter_map(Node::as_str)
            .any(|name| SECRETS.contains(&name))
    })
}

/// The provider that an entry writes with, and its settings.
pub(super) fn first_provider(entry: Node<'_>) -> Option<(&str, Node<'_>)> {
    let (name, settings) = entry.get("providers")?.item(0)?.entries().next()?;
    Some((name.scalar_text(), settings))
}
