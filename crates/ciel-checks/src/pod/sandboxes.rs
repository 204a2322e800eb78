//! Sandboxes for the code of AI agents: `Sandbox` and `SandboxTemplate` of the agent-sandbox project.

use ciel_snapshot::Object;
use ciel_yaml::Node;

/// The kinds that hold a sandbox's pod, for [`Run::Object`](crate::Run::Object).
pub(super) const KINDS: &[(&str, &str)] = &[
    ("agents.x-k8s.io", "Sandbox"),
    ("extensions.agents.x-k8s.io", "SandboxTemplate"),
];

/// The pod's spec. `None` for a sandbox that was made from a template in the input, as that is judged itself.
pub(super) fn pod_spec(object: Object<'_>) -> Option<Node<'_>> {
    let templates = object
        .snapshot()
        .of_kind("extensions.agents.x-k8s.io", "SandboxTemplate");
    let is_made = object
        .root()
        .at(&["metadata", "ownerReferences"])
        .is_some_and(|owners| !owners.is_empty());
    if is_made && object.kind() == "Sandbox" && templates.count() > 0 {
        return None;
    }
    let spec = object.root().at(&["spec", "podTemplate", "spec"])?;
    spec.is_mapping().then_some(spec)
}
