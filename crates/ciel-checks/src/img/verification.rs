//! Objects that have images verified before they run: signatures, attestations, provenance.

use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

/// Kinds that are there for nothing else.
const POLICIES: &[(&str, &str)] = &[
    ("policy.sigstore.dev", "ClusterImagePolicy"),
    ("policies.kyverno.io", "ImageValidatingPolicy"),
    ("policies.kyverno.io", "NamespacedImageValidatingPolicy"),
    ("config.openshift.io", "ClusterImagePolicy"),
    ("config.openshift.io", "ImagePolicy"),
    ("portieris.cloud.ibm.com", "ClusterImagePolicy"),
    ("portieris.cloud.ibm.com", "ImagePolicy"),
    ("config.ratify.deislabs.io", "Verifier"),
    ("config.ratify.deislabs.io", "NamespacedVerifier"),
    ("config.ratify.dev", "Executor"),
];

/// Whether anything in the input has images verified.
pub(super) fn is_somewhere(snapshot: &Snapshot) -> bool {
    let is_policy = |(group, kind): &(&str, &str)| snapshot.of_kind(group, kind).next().is_some();
    POLICIES.iter().any(is_policy)
        || ["ClusterPolicy", "Policy"].into_iter().any(|kind| {
            let mut policies = snapshot.of_kind("kyverno.io", kind);
            policies.any(|policy| kyverno_rules(policy).next().is_some())
        })
        || ["ClusterAdmissionPolicy", "AdmissionPolicy"]
            .into_iter()
            .any(|kind| {
                let mut policies = snapshot.of_kind("policies.kubewarden.io", kind);
                policies.any(verifies_by_kubewarden)
            })
        || [
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
        ]
        .into_iter()
        .any(|kind| {
            let mut webhooks = snapshot.of_kind("admissionregistration.k8s.io", kind);
            webhooks.any(|webhook| webhook.name().contains("connaisseur"))
        })
        || snapshot
            .of_kind("apiserver.config.k8s.io", "AdmissionConfiguration")
            .any(|configuration| image_policy_webhook(configuration).is_some())
        || snapshot.of_kind("", "Pod").any(has_plugin)
}

/// The entries `verifyImages` of a Kyverno policy's rules.
pub(super) fn kyverno_rules(policy: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let rules = policy.root().at(&["spec", "rules"]);
    let rules = rules.into_iter().flat_map(Node::items);
    rules
        .filter_map(|rule| rule.get("verifyImages"))
        .flat_map(Node::items)
}

/// The plugin's entry in the configuration of admission.
pub(super) fn image_policy_webhook(configuration: Object<'_>) -> Option<Node<'_>> {
    let plugins = configuration.root().get("plugins");
    plugins
        .into_iter()
        .flat_map(Node::items)
        .find(|plugin| plugin.str_at(&["name"]) == Some("ImagePolicyWebhook"))
}

fn verifies_by_kubewarden(policy: Object<'_>) -> bool {
    let module = policy.root().str_at(&["spec", "module"]);
    module.is_some_and(|module| module.contains("verify-image-signatures"))
}

/// Whether it is an API server that runs ImagePolicyWebhook.
fn has_plugin(pod: Object<'_>) -> bool {
    pod.name().starts_with("kube-apiserver")
        && pod.workloads().any(|workload| {
            let containers = workload.spec().containers();
            let words = containers.iter().flat_map(|container| container.argv());
            words.into_iter().any(|word| {
                let text = word.scalar_text();
                text.starts_with("--enable-admission-plugins")
                    && text.contains("ImagePolicyWebhook")
            })
        })
}
