use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::sandboxes;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers of sandboxes for AI agents (`Sandbox`, `SandboxTemplate`) without a limit for CPU or memory.
    /// Limits of the pod as a whole and defaults of a LimitRange in the namespace count.
    ///
    /// ## Why is this bad?
    /// A sandbox runs code that nobody has read. Without limits, one careless or hostile script takes the whole node
    /// from its neighbours, or mines on it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       containers:
    ///       - name: python
    ///         image: python:3.13
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: SandboxTemplate
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       containers:
    ///       - name: python
    ///         image: python:3.13
    ///         resources:
    ///           limits:
    ///             cpu: "1"
    ///             memory: 512Mi
    /// ```
    ///
    /// ## Exceptions
    /// How high a limit may be is for the cluster's owner to say; any counts.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>
    /// - <https://agent-sandbox.sigs.k8s.io/>
    pub static SANDBOX_WITHOUT_LIMITS = {
        code: "POD050",
        name: "sandbox-without-limits",
        severity: Medium,
        severity_reason: "Kubescape says high; it costs the node's other pods time and memory, not secrets",
        since: "0.1.0",
        summary: "sandbox for an AI agent may take the whole node",
        run: Object(sandboxes::KINDS, sandbox_without_limits),
        frameworks: [mitre("T1496")],
        aliases: [kubescape("C-0303")],
    }
}

const RESOURCES: [&str; 2] = ["cpu", "memory"];

fn sandbox_without_limits(cx: &mut ObjectCx<'_>) {
    let Some(spec) = sandboxes::pod_spec(cx.object) else {
        return;
    };
    let given_by_namespace = defaults(cx.object);
    for list in ["initContainers", "containers"] {
        for container in spec.get(list).into_iter().flat_map(Node::items) {
            let is_limited = |resource: &&str| {
                let limit = ["resources", "limits", resource];
                container.at(&limit).is_some()
                    || spec.at(&limit).is_some()
                    || given_by_namespace.contains(resource)
            };
            let missing: Vec<&str> = RESOURCES
                .iter()
                .filter(|resource| !is_limited(resource))
                .copied()
                .collect();
            let Some(first) = missing.first() else {
                continue;
            };
            let name = container.str_at(&["name"]).unwrap_or_default();
            let message = format!(
                "container `{name}` of the sandbox has no limit for {}",
                missing.join(" and ")
            );
            let path = format!(".resources.limits.{first}");
            cx.report_missing(&SANDBOX_WITHOUT_LIMITS, container, &path, message)
                .help("set `resources.limits` for cpu and memory to what the agent's work needs");
        }
    }
}

/// The resources for which a LimitRange of the namespace sets a default limit.
fn defaults(object: Object<'_>) -> Vec<&'static str> {
    let ranges = object.snapshot().of_kind("", "LimitRange");
    let here = ranges.filter(|range| range.namespace_or_default() == object.namespace_or_default());
    let limits = here
        .filter_map(|range| range.root().at(&["spec", "limits"]))
        .flat_map(Node::items)
        .filter(|limit| limit.str_at(&["type"]) == Some("Container"));
    let mut given = Vec::new();
    for limit in limits {
        // A maximum without a default becomes the default.
        given.extend(RESOURCES.iter().copied().filter(|resource| {
            limit
                .at(&["default", resource])
                .or_else(|| limit.at(&["max", resource]))
                .is_some()
        }));
    }
    given
}
