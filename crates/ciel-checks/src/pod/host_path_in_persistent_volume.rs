use ciel_core::Severity;

use super::host_paths::HostPath;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds PersistentVolumes that are a path of the node (`hostPath`), and those of type `local` whose path holds the
    /// node's secrets, its commands or the sockets of its container runtime.
    ///
    /// ## Why is this bad?
    /// Pods reach the path by a claim, which no Pod Security Standard forbids. With `/etc/kubernetes` or the root behind it,
    /// a pod that asks for storage gets the node.
    ///
    /// ## Example
    /// ```yaml
    /// kind: PersistentVolume
    /// spec:
    ///   hostPath:
    ///     path: /var/lib/kubelet
    /// ```
    ///
    /// ## Use instead
    /// Storage that a driver provides:
    /// ```yaml
    /// kind: PersistentVolume
    /// spec:
    ///   csi:
    ///     driver: ebs.csi.aws.com
    ///     volumeHandle: vol-0123456789abcdef0
    /// ```
    ///
    /// ## Exceptions
    /// Type `local` with a folder made for data.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#hostpath>
    /// - <https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes>
    pub static HOST_PATH_IN_PERSISTENT_VOLUME = {
        code: "POD140",
        name: "host-path-in-persistent-volume",
        severity: Low,
        severity_reason: "high where the path is worth the node",
        since: "0.1.0",
        summary: "PersistentVolume is a path of the node",
        run: Object(&[("", "PersistentVolume")], host_path_in_persistent_volume),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611")],
        aliases: [],
    }
}

fn host_path_in_persistent_volume(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let host = root.at(&["spec", "hostPath", "path"]);
    let Some(node) = host.or_else(|| root.at(&["spec", "local", "path"])) else {
        return;
    };
    let written = node.scalar_text();
    let Some(path) = HostPath::parse(written) else {
        return;
    };
    let holds = if path.runtime_socket().is_some() && !path.is_root() {
        Some("the sockets of the node's container runtime")
    } else {
        path.worth().map(|worth| worth.holds)
    };
    let (message, severity) = match (holds, host) {
        (Some(holds), _) => (
            format!("volume gives whoever claims it `{written}` of the node: {holds}"),
            Severity::High,
        ),
        (None, Some(_)) => (
            format!("volume is `{written}` of whatever node the pod runs on"),
            Severity::Low,
        ),
        (None, None) => return,
    };
    cx.report(&HOST_PATH_IN_PERSISTENT_VOLUME, node, message)
        .severity(severity)
        .help("use storage that a driver provides, or type `local` with a folder made for data")
        .evidence("hostPath", written);
}
