//! Names that imitate the control plane's.
use std::ops::Range;

use ciel_core::ImageName;

use crate::lookalike::{self, Likeness};

/// How a name relates to a genuine component's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImitationKind {
    /// It is the component's own name: genuine if the image is.
    Exact,
    /// A few letters are wrong.
    NearMiss(Likeness),
    /// It is put together from words of the control plane, and no component is called so (`kube-controller`,
    /// `proxy-api`).
    Composed,
    /// It is a name that published cases used.
    KnownCase,
}

/// A name that is, or looks like, a part of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imitation {
    /// The component it is or looks like.
    pub component: &'static str,
    /// How.
    pub kind: ImitationKind,
    /// Which part of the name, in bytes.
    pub span: Range<usize>,
}

/// Components of Kubernetes itself and add-ons that every cluster knows, with the last path component of their images
/// where it is another.
static COMPONENTS: &[(&str, &[&str])] = &[
    ("kube-apiserver", &["kube-apiserver", "hyperkube"]),
    (
        "kube-controller-manager",
        &["kube-controller-manager", "hyperkube"],
    ),
    ("kube-scheduler", &["kube-scheduler", "hyperkube"]),
    (
        "kube-proxy",
        &["kube-proxy", "hyperkube", "kube-proxy-windows"],
    ),
    ("kubelet", &["kubelet", "hyperkube"]),
    ("cloud-controller-manager", &["cloud-controller-manager"]),
    ("coredns", &["coredns"]),
    (
        "kube-dns",
        &[
            "coredns",
            "k8s-dns-kube-dns",
            "k8s-dns-sidecar",
            "k8s-dns-dnsmasq-nanny",
        ],
    ),
    ("etcd", &["etcd"]),
    ("metrics-server", &["metrics-server"]),
    ("konnectivity-agent", &["proxy-agent", "konnectivity-agent"]),
    ("kube-flannel-ds", &["flannel", "flannel-cni-plugin"]),
    ("node-local-dns", &["k8s-dns-node-cache"]),
    ("kube-state-metrics", &["kube-state-metrics"]),
    ("nvidia-device-plugin", &["k8s-device-plugin"]),
    ("calico-node", &["node", "calico-node", "cni"]),
    ("kindnet", &["kindnetd"]),
    ("aws-node", &["amazon-k8s-cni"]),
    ("pause", &["pause"]),
];

/// Names of other genuine things that are near a component's, or made of the same words.
static GENUINE: &[&str] = &[
    "kube-router",
    "kube-vip",
    "kube-prometheus",
    "kube-ovn",
    "kube-ovn-controller",
    "kube-state-metrics",
    "kube-addon-manager",
    "kube-flannel",
    "kube-multus-ds",
    "kube-proxy-windows",
    "kube-registry",
    "kube-rbac-proxy",
    "kube-bench",
    "kube-hunter",
    "kube-downscaler",
    "kube-green",
    "kube-oidc-proxy",
    "kube-image-keeper",
    "kube-apiserver-proxy",
    "kube-eagle",
    "kube-janitor",
    "kube-web-view",
    "kube-ops-view",
    "kube-resource-report",
    "kube-fledged",
    "kube-score",
    "kube-scheduler-extender",
    "kube-dns-autoscaler",
    "dns-autoscaler",
    "kubernetes-dashboard",
    "kube-storage-version-migrator",
    "kube-burner",
    "kube-vip-ds",
    "kube-vip-cloud-provider",
    "kube-metrics-adapter",
    "coredns-autoscaler",
    "api-proxy",
    "proxy-agent",
    "etcd-operator",
    "etcd-backup",
    "etcdadm",
    "etcd-druid",
    "system-controller",
    "kubernetes-event-exporter",
    "k8s-dns-node-cache",
    "kube-cert-agent",
    "kube-controllers",
    "calico-kube-controllers",
    "kube-ovn-cni",
    "kube-lego",
    "kube2iam",
    "kube-applier",
    "kube-arangodb",
    "kube-batch",
    "kube-iptables-tailer",
];

/// Names of the cases.
static CASES: &[(&str, &str)] = &[
    ("kube-controller", "kube-controller-manager"),
    ("proxy-api", "kube-proxy"),
    ("kube-secure-fhgxtsjh", "kube-system"),
];

/// What a workload's, service account's or binding's name imitates, if anything. Whether it matters depends on where
/// it is and what it runs: ask [`is_genuine_image`].
#[must_use]
pub fn imitation(name: &str) -> Option<Imitation> {
    let lower = name.to_ascii_lowercase();
    if GENUINE.contains(&lower.as_str()) {
        return None;
    }
    let whole = 0..name.len();
    if let Some((_, component)) = CASES.iter().find(|(case, _)| *case == lower) {
        return Some(Imitation {
            component,
            kind: ImitationKind::KnownCase,
            span: whole,
        });
    }
    for (component, _) in COMPONENTS {
        if lower == *component {
            return Some(Imitation {
                component,
                kind: ImitationKind::Exact,
                span: whole,
            });
        }
        if *component != "pause"
            && component.len() >= 6
            && let Some(likeness) = lookalike::likeness(&lower, component)
        {
            return Some(Imitation {
                component,
                kind: ImitationKind::NearMiss(likeness),
                span: whole,
            });
        }
    }
    composed(&lower).map(|component| Imitation {
        component,
        kind: ImitationKind::Composed,
        span: whole,
    })
}

/// `kubernetes-proxy`, `k8s-apiserver`, `kube-api-server`, `system-kube-proxy`: a component's words in another order or
/// spelling.
fn composed(name: &str) -> Option<&'static str> {
    let words: Vec<&str> = name
        .split(['-', '.', '_', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    if !(2..=4).contains(&words.len()) || name.len() > 40 {
        return None;
    }
    let joined: String = words
        .iter()
        .filter(|word| !matches!(**word, "system" | "ds" | "agent" | "io"))
        .map(|word| match *word {
            "kubernetes" | "k8s" => "kube",
            other => other,
        })
        .collect();
    COMPONENTS
        .iter()
        .map(|(component, _)| *component)
        .filter(|component| component.starts_with("kube-"))
        .find(|component| {
            component
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .eq(joined.chars())
        })
        .filter(|component| *component != name)
}

/// Registries and publishers that genuine components come from, apart from private mirrors.
const SOURCES: &[&str] = &[
    "registry.k8s.io/",
    "k8s.gcr.io/",
    "gcr.io/google_containers/",
    "gcr.io/google-containers/",
    "gke.gcr.io/",
    "gcr.io/gke-release/",
    "public.ecr.aws/eks-distro/",
    "mcr.microsoft.com/",
    "docker.io/rancher/",
    "docker.io/coredns/",
    "docker.io/calico/",
    "quay.io/calico/",
    "docker.io/kindest/",
    "docker.io/flannel/",
    "docker.io/flannelcni/",
    "quay.io/coreos/",
    "ghcr.io/flannel-io/",
    "docker.io/mirrorgooglecontainers/",
    "docker.io/bitnami/",
    "public.ecr.aws/eks/",
    "nvcr.io/nvidia/",
    "docker.io/nvidia/",
    "registry.cn-hangzhou.aliyuncs.com/google_containers/",
    "registry.aliyuncs.com/google_containers/",
    "docker.io/k8simage/",
    "docker.io/rancherlabs/",
    "docker.io/kubesphere/",
    "docker.io/kubernetesio/",
    "docker.io/aiotceo/",
    "docker.io/eipwork/",
    "docker.io/weaveworks/",
    "docker.io/carlosedp/",
    "docker.io/projectcalico/",
    "docker.io/k8s.gcr.io/",
];

/// Whether an image may well be the component's own: from a source of such images, or in a private registry under the
/// component's name. An image of an unknown Docker Hub, GitHub or Quay account is not.
#[must_use]
pub fn is_genuine_image(component: &str, image: &str) -> bool {
    let name = ImageName::parse(image);
    let expected = COMPONENTS
        .iter()
        .find(|(known, _)| *known == component)
        .map_or(&[] as &[&str], |(_, bases)| bases);
    let full = format!(
        "{}/{}",
        if name.is_docker_hub() {
            "docker.io"
        } else {
            name.registry
        },
        name.repository
    );
    if SOURCES.iter().any(|source| full.starts_with(source)) {
        return true;
    }
    let open = name.is_docker_hub()
        || matches!(
            name.registry,
            "ghcr.io" | "quay.io" | "gcr.io" | "registry.gitlab.com" | "public.ecr.aws"
        );
    let base = name.base();
    let fits = expected
        .iter()
        .any(|known| base.starts_with(known) || base.ends_with(known));
    !open && fits
}
