//! Where objects say which Kubernetes runs, or shall run.

use ciel_core::ImageName;
use ciel_snapshot::Object;
use ciel_yaml::Node;

use super::version::Version;
use crate::Cx;

/// A version of Kubernetes that an object states.
pub(super) struct Stated<'s> {
    pub(super) node: Node<'s>,
    pub(super) version: Version,
    /// How messages name what has it.
    pub(super) what: &'static str,
    /// The components of that version, as the table of advisories names them.
    pub(super) components: &'static [&'static str],
}

const CLUSTER: &[&str] = &[
    "kube-apiserver",
    "kube-controller-manager",
    "kubelet",
    "kube-proxy",
];
const NODE: &[&str] = &["kubelet", "kube-proxy"];
const WINDOWS_NODE: &[&str] = &["kubelet", "kube-proxy", "kubelet-windows"];

/// A kind, where it states a version, and what has it.
struct Place {
    group: &'static str,
    kind: &'static str,
    path: &'static [&'static str],
    what: &'static str,
    components: &'static [&'static str],
}

macro_rules! places {
    ($($group:literal $kind:literal [$($key:literal)+] $what:literal $components:ident;)*) => {
        /// The kinds that state a version of Kubernetes in a field or in the images of pods.
        pub(super) const KINDS: &[(&str, &str)] = &[
            $(($group, $kind),)*
            ("", "ConfigMap"), ("", "Pod"), ("apps", "Deployment"), ("apps", "DaemonSet"), ("apps", "StatefulSet"),
        ];
        static PLACES: &[Place] = &[$(Place {
            group: $group, kind: $kind, path: &[$($key),+], what: $what, components: $components,
        }),*];
    };
}

places! {
    "" "Node" ["status" "nodeInfo" "kubeletVersion"] "kubelet" NODE;
    "kubeadm.k8s.io" "ClusterConfiguration" ["kubernetesVersion"] "cluster" CLUSTER;
    "kubeadm.k8s.io" "MasterConfiguration" ["kubernetesVersion"] "cluster" CLUSTER;
    "controlplane.cluster.x-k8s.io" "KubeadmControlPlane" ["spec" "version"] "control plane" CLUSTER;
    "controlplane.cluster.x-k8s.io" "RKE2ControlPlane" ["spec" "version"] "control plane" CLUSTER;
    "controlplane.cluster.x-k8s.io" "AWSManagedControlPlane" ["spec" "version"] "control plane" CLUSTER;
    "infrastructure.cluster.x-k8s.io" "AzureManagedControlPlane" ["spec" "version"] "control plane" CLUSTER;
    "infrastructure.cluster.x-k8s.io" "GCPManagedControlPlane" ["spec" "controlPlaneVersion"] "control plane" CLUSTER;
    "cluster.x-k8s.io" "Cluster" ["spec" "topology" "version"] "cluster" CLUSTER;
    "cluster.x-k8s.io" "MachineDeployment" ["spec" "template" "spec" "version"] "machines" NODE;
    "cluster.x-k8s.io" "MachinePool" ["spec" "template" "spec" "version"] "machines" NODE;
    "cluster.x-k8s.io" "Machine" ["spec" "version"] "machine" NODE;
    "eksctl.io" "ClusterConfig" ["metadata" "version"] "cluster" CLUSTER;
    "eks.services.k8s.aws" "Cluster" ["spec" "version"] "cluster" CLUSTER;
    "eks.services.k8s.aws" "Nodegroup" ["spec" "version"] "nodes" NODE;
    "eks.aws.upbound.io" "Cluster" ["spec" "forProvider" "version"] "cluster" CLUSTER;
    "eks.aws.crossplane.io" "Cluster" ["spec" "forProvider" "version"] "cluster" CLUSTER;
    "container.cnrm.cloud.google.com" "ContainerCluster" ["spec" "minMasterVersion"] "cluster" CLUSTER;
    "container.cnrm.cloud.google.com" "ContainerNodePool" ["spec" "version"] "nodes" NODE;
    "container.gcp.upbound.io" "Cluster" ["spec" "forProvider" "minMasterVersion"] "cluster" CLUSTER;
    "containerservice.azure.com" "ManagedCluster" ["spec" "kubernetesVersion"] "cluster" CLUSTER;
    "containerservice.azure.upbound.io" "KubernetesCluster" ["spec" "forProvider" "kubernetesVersion"] "cluster" CLUSTER;
    "provisioning.cattle.io" "Cluster" ["spec" "kubernetesVersion"] "cluster" CLUSTER;
    "upgrade.cattle.io" "Plan" ["spec" "version"] "nodes" NODE;
    "k0sctl.k0sproject.io" "Cluster" ["spec" "k0s" "version"] "cluster" CLUSTER;
    "kops.k8s.io" "Cluster" ["spec" "kubernetesVersion"] "cluster" CLUSTER;
    "core.gardener.cloud" "Shoot" ["spec" "kubernetes" "version"] "cluster" CLUSTER;
    "kubekey.kubesphere.io" "Cluster" ["spec" "kubernetes" "version"] "cluster" CLUSTER;
    "k3d.io" "Simple" ["image"] "cluster" CLUSTER;
}

/// What an object states: a field of its kind, a configuration of kubeadm that it keeps, or the images of its pods that
/// are parts of Kubernetes.
pub(super) fn stated<'s>(cx: &Cx<'s>, object: Object<'s>) -> Vec<Stated<'s>> {
    match object.kind() {
        "ConfigMap" => return in_files(cx, object),
        "Pod" | "Deployment" | "DaemonSet" | "StatefulSet" => return in_images(object),
        _ => {}
    }
    let place = PLACES
        .iter()
        .find(|place| object.is(place.group, place.kind));
    place
        .and_then(|place| in_field(object, place))
        .into_iter()
        .collect()
}

fn in_field<'s>(object: Object<'s>, place: &Place) -> Option<Stated<'s>> {
    let node = object.root().at(place.path)?;
    let text = node.scalar_text();
    let text = if place.kind == "Simple" {
        ImageName::parse(text).tag
    } else {
        text
    };
    let is_windows = object.is("", "Node")
        && object
            .root()
            .str_at(&["status", "nodeInfo", "operatingSystem"])
            == Some("windows");
    Some(Stated {
        node,
        version: kubernetes(text)?,
        what: place.what,
        components: if is_windows {
            WINDOWS_NODE
        } else {
            place.components
        },
    })
}

/// What kubeadm was asked for, as the ConfigMap `kubeadm-config` keeps it.
fn in_files<'s>(cx: &Cx<'s>, object: Object<'s>) -> Vec<Stated<'s>> {
    let files = cx.analyses().embedded().in_object(object.id());
    let stated = files.iter().filter_map(|file| {
        let text = file.root().str_at(&["kubernetesVersion"])?;
        Some(Stated {
            node: file.field,
            version: kubernetes(text)?,
            what: "cluster",
            components: CLUSTER,
        })
    });
    stated.collect()
}

/// Components by the last part of their images' names.
const IMAGES: &[(&str, &str, &[&str])] = &[
    ("kube-apiserver", "kube-apiserver", &["kube-apiserver"]),
    (
        "kube-controller-manager",
        "kube-controller-manager",
        &["kube-controller-manager"],
    ),
    ("kube-scheduler", "kube-scheduler", &["kube-scheduler"]),
    ("kube-proxy", "kube-proxy", &["kube-proxy"]),
    ("hyperkube", "hyperkube", CLUSTER),
    ("kubelet", "kubelet", &["kubelet"]),
];

fn in_images(object: Object<'_>) -> Vec<Stated<'_>> {
    let containers = object
        .workloads()
        .flat_map(|workload| workload.spec().containers());
    let stated = containers.filter_map(|container| {
        let image = container.image()?;
        if !image.contains("kube") {
            return None;
        }
        let name = ImageName::parse(image);
        let base = name.base();
        // Images for one architecture are named so: `kube-proxy-amd64`.
        let (_, what, components) = IMAGES.iter().find(|(known, ..)| {
            base.strip_prefix(known)
                .is_some_and(|rest| matches!(rest, "" | "-amd64" | "-arm64" | "-arm"))
        })?;
        Some(Stated {
            node: container.node.get("image")?,
            version: kubernetes(name.tag)?,
            what,
            components,
        })
    });
    stated.collect()
}

/// A version of Kubernetes 1.x.
fn kubernetes(text: &str) -> Option<Version> {
    Version::parse(text).filter(|version| version.major == 1)
}
