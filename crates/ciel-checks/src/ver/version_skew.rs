use ciel_core::{ImageName, Severity};
use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use super::{
    images,
    stated::{Stated, stated},
    version::Version,
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Compares the versions of the parts of Kubernetes in the input with that of its API server: controller manager and
    /// scheduler may be one minor version older and never newer, kubelets and kube-proxy three older (two before 1.25) and
    /// never newer, kubectl one older or newer; API servers of one cluster are at most one apart. The API server's version
    /// is that of its pods' images; machines of Cluster API are compared with the control plane that their cluster names.
    ///
    /// ## Why is this bad?
    /// Nobody tests other combinations. A newer kubelet asks for what the API server does not know; an older scheduler or
    /// kubelet passes over fields that it does not know, those that restrict a pod among them.
    ///
    /// ## Example
    /// ```yaml
    /// kind: MachineDeployment
    /// spec:
    ///   clusterName: shop
    ///   template:
    ///     spec: {version: v1.35.0}
    /// ---
    /// kind: KubeadmControlPlane
    /// spec: {version: v1.34.2}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: MachineDeployment
    /// spec:
    ///   clusterName: shop
    ///   template:
    ///     spec: {version: v1.34.2}
    /// ```
    ///
    /// ## Exceptions
    /// Manifests of API servers of several minor versions that do not come from a cluster are variants, and nothing is
    /// compared with them. While a cluster is upgraded, the parts differ for a while.
    ///
    /// ## References
    /// - <https://kubernetes.io/releases/version-skew-policy/>
    pub static VERSION_SKEW = {
        code: "VER010",
        name: "version-skew",
        severity: Medium,
        severity_reason: "low for kubectl, whose users see what fails",
        since: "0.1.0",
        summary: "part of Kubernetes is too old or too new for the API server",
        profile: All,
        run: AnyObject(version_skew),
        frameworks: [owasp2022("K10"), owasp2025("K07")],
        aliases: [],
    }
}

/// The API server that a snapshot shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Server<'s> {
    object: Object<'s>,
    node: Node<'s>,
    minor: u32,
    /// The oldest one of the same cluster.
    oldest: u32,
}

/// The API server's version, by the images of its pods; `None` where there is none, or there are variants.
pub(crate) fn server(snapshot: &Snapshot) -> Option<Server<'_>> {
    let mut newest: Option<Server<'_>> = None;
    let mut oldest = u32::MAX;
    let mut are_live = true;
    let workloads = ["Pod", "DaemonSet", "StatefulSet", "Deployment"].into_iter();
    let workloads = workloads.flat_map(|kind| {
        let group = if kind == "Pod" { "" } else { "apps" };
        snapshot.of_kind(group, kind)
    });
    for object in workloads {
        for workload in object.workloads() {
            for container in workload.spec().containers() {
                let image = container.node.get("image");
                let Some((node, version)) = image.and_then(|node| api_server(node)) else {
                    continue;
                };
                are_live &= object.root().at(&["metadata", "uid"]).is_some();
                oldest = oldest.min(version.minor);
                if newest.is_none_or(|server| server.minor < version.minor) {
                    newest = Some(Server {
                        object,
                        node,
                        minor: version.minor,
                        oldest,
                    });
                }
            }
        }
    }
    let newest = newest?;
    let is_one = newest.minor - oldest <= 1 || are_live;
    is_one.then_some(Server { oldest, ..newest })
}

fn api_server(node: Node<'_>) -> Option<(Node<'_>, Version)> {
    let image = node
        .as_str()
        .filter(|image| image.contains("kube-apiserver"))?;
    let name = ImageName::parse(image);
    let is_its_own = matches!(
        name.base(),
        "kube-apiserver" | "kube-apiserver-amd64" | "kube-apiserver-arm64"
    );
    let version = Version::parse(name.tag).filter(|version| version.major == 1)?;
    is_its_own.then_some((node, version))
}

fn version_skew(cx: &mut ObjectCx<'_>) {
    if cx.object.types().group() == "cluster.x-k8s.io" {
        return judge_machines(cx);
    }
    let Some(server) = cx.analyses().api_server() else {
        return;
    };
    let object = cx.object;
    for part in stated(cx, object) {
        judge(cx, &part, &server);
    }
    for workload in object.workloads() {
        for container in workload.spec().containers() {
            let Some(node) = container.node.get("image") else {
                continue;
            };
            let found = images::kubectl(&ImageName::parse(node.scalar_text()));
            if let Some((_, version)) = found.filter(|(_, version)| version.major == 1) {
                judge_kubectl(cx, node, version, &server);
            }
        }
    }
}

/// Up to how many minor versions older than the API server a part may be.
fn allowed(what: &str, minor: u32) -> Option<u32> {
    match what {
        "kubelet" | "kube-proxy" if minor >= 25 => Some(3),
        "kubelet" | "kube-proxy" => Some(2),
        "kube-controller-manager" | "kube-scheduler" => Some(1),
        _ => None,
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, part: &Stated<'s>, server: &Server<'s>) {
    let minor = part.version.minor;
    if part.what == "kube-apiserver" {
        if minor + 1 < server.minor {
            let message = format!(
                "API servers differ by more than one minor version: 1.{minor} here, 1.{} elsewhere",
                server.minor
            );
            report(cx, part.node, message, server);
        }
        return;
    }
    let Some(allowed) = allowed(part.what, minor) else {
        return;
    };
    let what = part.what;
    // Of several API servers, it may talk to the oldest.
    if minor > server.oldest {
        let message = format!(
            "{what} 1.{minor} is newer than the API server, 1.{}",
            server.oldest
        );
        report(cx, part.node, message, server);
    } else if minor + allowed < server.minor {
        let message = format!(
            "{what} 1.{minor} is too old for the API server, 1.{}: {} supported",
            server.minor,
            versions(allowed)
        );
        report(cx, part.node, message, server);
    }
}

fn judge_kubectl<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, version: Version, server: &Server<'s>) {
    let minor = version.minor;
    if minor + 1 < server.minor || minor > server.oldest + 1 {
        let message = format!(
            "kubectl 1.{minor} is more than one minor version apart from the API server, 1.{}",
            server.minor
        );
        cx.report(&VERSION_SKEW, node, message)
            .severity(Severity::Low)
            .help("use an image of the API server's minor version")
            .related(server.object, server.node, "runs the API server");
    }
}

fn versions(allowed: u32) -> String {
    match allowed {
        1 => "one minor version behind is".to_owned(),
        more => format!("{more} minor versions behind are"),
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, message: String, server: &Server<'s>) {
    let is_itself = server.node == node;
    let report = cx
        .report(&VERSION_SKEW, node, message)
        .help("bring it to the API server's minor version");
    if !is_itself {
        report.related(server.object, server.node, "runs the API server");
    }
}

/// Machines of Cluster API against the control plane of their cluster.
fn judge_machines(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let root = object.root();
    let node = match object.kind() {
        "MachineDeployment" | "MachineSet" | "MachinePool" => {
            root.at(&["spec", "template", "spec", "version"])
        }
        _ => None,
    };
    let snapshot = cx.snapshot();
    let plane = root.str_at(&["spec", "clusterName"]).and_then(|name| {
        let namespace = object.namespace_or_default();
        let cluster = snapshot.find("cluster.x-k8s.io", "Cluster", namespace, name)?;
        control_plane(snapshot, cluster)
    });
    let Some((node, (plane, said, server))) = node.zip(plane) else {
        return;
    };
    let Some(machines) = kubernetes(node) else {
        return;
    };
    let (minor, wanted) = (machines.minor, server.minor);
    let allowed = if minor >= 25 { 3 } else { 2 };
    let message = if minor > wanted {
        format!("machines of 1.{minor} are newer than their control plane, 1.{wanted}")
    } else if minor + allowed < wanted {
        format!(
            "machines of 1.{minor} are too old for their control plane, 1.{wanted}: {} supported",
            versions(allowed)
        )
    } else {
        return;
    };
    cx.report(&VERSION_SKEW, node, message)
        .help("bring the machines to the control plane's minor version")
        .related(plane, said, "says the control plane's version");
}

type Plane<'s> = (Object<'s>, Node<'s>, Version);

fn control_plane<'s>(snapshot: &'s Snapshot, cluster: Object<'s>) -> Option<Plane<'s>> {
    if let Some(node) = cluster.root().at(&["spec", "topology", "version"]) {
        return Some((cluster, node, kubernetes(node)?));
    }
    let reference = cluster.root().at(&["spec", "controlPlaneRef"])?;
    let kind = reference.str_at(&["kind"])?;
    let name = reference.str_at(&["name"])?;
    let namespace = cluster.namespace_or_default();
    let plane = [
        "controlplane.cluster.x-k8s.io",
        "infrastructure.cluster.x-k8s.io",
    ]
    .iter()
    .find_map(|group| snapshot.find(group, kind, namespace, name))?;
    let node = plane.root().at(&["spec", "version"])?;
    Some((plane, node, kubernetes(node)?))
}

fn kubernetes(node: Node<'_>) -> Option<Version> {
    Version::parse(node.scalar_text()).filter(|version| version.major == 1)
}
