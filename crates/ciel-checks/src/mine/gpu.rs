//! What asks for GPUs.

use ciel_k8s::Container;
use ciel_yaml::Node;

/// The request or limit of a GPU, of any vendor.
pub(super) fn gpu_request(container: Container<'_>) -> Option<Node<'_>> {
    ["limits", "requests"].into_iter().find_map(|list| {
        let resources = container.node.at(&["resources", list])?;
        resources
            .entries()
            .find(|(key, _)| is_gpu(key.scalar_text()))
            .map(|(_, value)| value)
    })
}

fn is_gpu(resource: &str) -> bool {
    resource.split_once('/').is_some_and(|(domain, name)| {
        matches!(
            domain,
            "nvidia.com"
                | "amd.com"
                | "gpu.intel.com"
                | "cloud.google.com"
                | "aliyun.com"
                | "tencent.com"
                | "volcano.sh"
        ) && (name.contains("gpu") || name.starts_with("mig-") || matches!(name, "i915" | "xe"))
    })
}
