//! What an AdmissionConfiguration tells the plugins.

use ciel_yaml::Node;

/// The kinds that configure admission plugins: all together, or one in a file of its own.
pub(super) const ADMISSION_KINDS: &[(&str, &str)] = &[
    ("apiserver.config.k8s.io", "AdmissionConfiguration"),
    ("apiserver.k8s.io", "AdmissionConfiguration"),
    (
        "pod-security.admission.config.k8s.io",
        "PodSecurityConfiguration",
    ),
];

/// The configuration of a plugin within an AdmissionConfiguration.
pub(super) fn plugin<'s>(root: Node<'s>, name: &str) -> Option<Node<'s>> {
    let mut plugins = root.get("plugins")?.items();
    let own = plugins.find(|plugin| plugin.str_at(&["name"]) == Some(name))?;
    own.get("configuration")
}

/// The configuration of the PodSecurity plugin, wherever it stands.
pub(super) fn pod_security(root: Node<'_>) -> Option<Node<'_>> {
    if root.str_at(&["kind"]) == Some("PodSecurityConfiguration") {
        return Some(root);
    }
    plugin(root, "PodSecurity")
}
