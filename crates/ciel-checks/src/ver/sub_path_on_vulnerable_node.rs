use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use super::{advisories::Known, version::Version};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds mounts with `subPath` or `subPathExpr` while a Node in the input runs a kubelet that lets them out of their
    /// volume (CVE-2017-1002101, CVE-2021-25741).
    ///
    /// ## Why is this bad?
    /// Who may create the pod, or change what is in the volume, exchanges the path for a link while it is mounted, and
    /// then reads and writes the files of the node.
    ///
    /// ## Example
    /// ```yaml
    /// volumeMounts:
    /// - {name: data, mountPath: /var/lib/mysql, subPath: mysql}
    /// ```
    ///
    /// ## Use instead
    /// A kubelet of version 1.19.15, 1.20.11, 1.21.5, 1.22.2 or later; until then, a volume of its own for each path.
    /// ```yaml
    /// volumeMounts:
    /// - {name: mysql, mountPath: /var/lib/mysql}
    /// ```
    ///
    /// ## Exceptions
    /// It takes for granted that the pod may land on the Node in question. Without Nodes in the input nothing is said.
    ///
    /// ## References
    /// - <https://github.com/kubernetes/kubernetes/issues/104980>
    pub static SUB_PATH_ON_VULNERABLE_NODE = {
        code: "VER005",
        name: "sub-path-on-vulnerable-node",
        severity: High,
        since: "0.1.0",
        summary: "the kubelet lets a subPath out of its volume",
        run: Container(sub_path_on_vulnerable_node),
        frameworks: [owasp2022("K10"), mitre("T1611")],
        aliases: [
            kubescape("C-0058"),
            datree("CONTAINER_CVE2021_25741_INCORRECT_SUBPATH_KEY"),
        ],
    }
}

const ESCAPES: [&str; 2] = ["CVE-2021-25741", "CVE-2017-1002101"];

/// The first Node whose kubelet lets a `subPath` out of its volume.
pub(crate) fn vulnerable_node(snapshot: &Snapshot) -> Option<Object<'_>> {
    let is_vulnerable = |node: &Object<'_>| {
        let version = version_of(*node).and_then(|version| Version::parse(version.scalar_text()));
        let known = version.and_then(|version| Known::of(&["kubelet"], version));
        known.is_some_and(|known| known.ids().iter().any(|id| ESCAPES.contains(id)))
    };
    snapshot.of_kind("", "Node").find(is_vulnerable)
}

fn version_of(node: Object<'_>) -> Option<Node<'_>> {
    node.root().at(&["status", "nodeInfo", "kubeletVersion"])
}

fn sub_path_on_vulnerable_node(cx: &mut ContainerCx<'_>) {
    let Some(node) = cx.analyses().node_with_open_sub_paths() else {
        return;
    };
    let container = cx.container;
    let mounts = container.node.get("volumeMounts");
    for mount in mounts.into_iter().flat_map(Node::items) {
        let path = ["subPath", "subPathExpr"]
            .into_iter()
            .find_map(|key| mount.get(key))
            .filter(|path| !path.scalar_text().is_empty());
        let Some(path) = path else {
            continue;
        };
        let message = format!(
            "{} mounts a path of a volume, and the kubelet of node `{}` lets it out to the node's files",
            container.display(),
            node.name()
        );
        let version = version_of(node).unwrap_or(node.root());
        cx.report(&SUB_PATH_ON_VULNERABLE_NODE, path, message)
            .help("upgrade the kubelets")
            .related(node, version, "the kubelet's version");
    }
}
