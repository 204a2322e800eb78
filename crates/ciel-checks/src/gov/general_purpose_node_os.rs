use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists nodes that run a distribution for every purpose, such as Ubuntu or Amazon Linux, instead of one that is
    /// made for containers.
    ///
    /// ## Why is this bad?
    /// A system for containers has no package manager and often no shell, is mounted read-only and updated as a whole:
    /// whoever gets out of a container finds little to use and cannot stay.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Node
    /// status:
    ///   nodeInfo:
    ///     osImage: Ubuntu 24.04.1 LTS
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Node
    /// status:
    ///   nodeInfo:
    ///     osImage: Bottlerocket OS 1.32.0 (aws-k8s-1.32)
    /// ```
    ///
    /// ## Exceptions
    /// Nodes that need drivers which such systems do not take.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/security-checklist/>
    pub static GENERAL_PURPOSE_NODE_OS = {
        code: "GOV014",
        name: "general-purpose-node-os",
        severity: Info,
        since: "0.1.0",
        summary: "node runs a general-purpose operating system",
        profile: All,
        run: Object(&[("", "Node")], general_purpose_node_os),
        frameworks: [],
        aliases: [kubescape("C-0226")],
    }
}

fn general_purpose_node_os(cx: &mut ObjectCx<'_>) {
    let Some(image) = cx.object.root().at(&["status", "nodeInfo", "osImage"]) else {
        return;
    };
    let name = image.scalar_text();
    if name.is_empty() || is_for_containers(name) {
        return;
    }
    let message = format!("node runs `{name}`, which is not made for containers alone");
    cx.report(&GENERAL_PURPOSE_NODE_OS, image, message)
        .help("make the next nodes from an image that is made for containers");
}

fn is_for_containers(name: &str) -> bool {
    const PARTS: [&str; 14] = [
        "bottlerocket",
        "container-optimized",
        "talos",
        "flatcar",
        "coreos",
        "k3os",
        "kairos",
        "rancheros",
        "microos",
        "sle micro",
        "photon",
        "ubuntu core",
        "azure container linux",
        "elemental",
    ];
    let name = name.to_ascii_lowercase();
    PARTS.iter().any(|part| name.contains(part))
}
