//! Sandboxes for the code of AI agents: `Sandbox` and `SandboxTemplate` of the agent-sandbox project.

use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ObjectCx, Rule};

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

/// Reports containers of sandboxes that may use as much of a resource as their node has.
pub(super) fn report_unlimited(cx: &mut ObjectCx<'_>, rule: &'static Rule, resource: &str) {
    let Some(spec) = pod_spec(cx.object) else {
        return;
    };
    let limit = ["resources", "limits", resource];
    if spec.at(&limit).is_some() || has_default(cx.object, resource) {
        return;
    }
    for list in ["initContainers", "containers"] {
        for container in spec.get(list).into_iter().flat_map(Node::items) {
            if container.at(&limit).is_some() {
                continue;
            }
            let name = container.str_at(&["name"]).unwrap_or_default();
            let message = format!("container `{name}` of the sandbox has no limit for {resource}");
            let path = format!(".resources.limits.{resource}");
            cx.report_missing(rule, container, &path, message)
                .help("set `resources.limits` for cpu and memory to what the agent's work needs");
        }
    }
}

/// Whether a LimitRange of the namespace sets a default limit for a resource.
fn has_default(object: Object<'_>, resource: &str) -> bool {
    let ranges = object.snapshot().of_kind("", "LimitRange");
    let here = ranges.filter(|range| range.namespace_or_default() == object.namespace_or_default());
    let mut limits = here
        .filter_map(|range| range.root().at(&["spec", "limits"]))
        .flat_map(Node::items)
        .filter(|limit| limit.str_at(&["type"]) == Some("Container"));
    // A maximum without a default becomes the default.
    limits.any(|limit| {
        let own = limit.at(&["default", resource]);
        own.or_else(|| limit.at(&["max", resource])).is_some()
    })
}
