use ciel_snapshot::Workload;
use ciel_yaml::Node;

use super::labels::KINDS;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads in `kube-system` that nothing marks as a part of the cluster: no priority class of the system,
    /// none of the labels that Kubernetes and its add-ons carry, no name or image of a known component.
    ///
    /// ## Why is this bad?
    /// `kube-system` holds accounts and Secrets that own the cluster, and is exempt from most policies. Who may change
    /// an application there is close to both, and its flaws are as well.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web-shop
    ///   namespace: kube-system
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web-shop
    ///   namespace: shop
    /// ```
    ///
    /// ## Exceptions
    /// Drivers and agents that belong to the cluster and do not say so. Give them `priorityClassName: system-node-
    /// critical` or `system-cluster-critical`, as Kubernetes does.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/>
    pub static FOREIGN_WORKLOAD_IN_KUBE_SYSTEM = {
        code: "GOV002",
        name: "foreign-workload-in-kube-system",
        severity: Low,
        severity_reason: "trivy says medium; many add-ons live there for good reasons and do not say so",
        since: "0.1.0",
        summary: "workload of one's own is in kube-system",
        profile: All,
        run: Object(KINDS, foreign_workload_in_kube_system),
        frameworks: [],
        aliases: [trivy("KSV-0037")],
    }
}

fn foreign_workload_in_kube_system(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(namespace) = object.root().at(&["metadata", "namespace"]) else {
        return;
    };
    if namespace.as_str() != Some("kube-system") || object.owner().is_some() {
        return;
    }
    let mut workloads = object.workloads();
    if is_named_so(object.name()) || workloads.any(is_of_the_cluster) {
        return;
    }
    let message = format!(
        "`{}` is in `kube-system` and nothing marks it as a part of the cluster",
        object.name()
    );
    cx.report(&FOREIGN_WORKLOAD_IN_KUBE_SYSTEM, namespace, message)
        .help("put it into a namespace of its own");
}

fn is_of_the_cluster(workload: Workload<'_>) -> bool {
    let spec = workload.spec();
    let priority = spec.node.str_at(&["priorityClassName"]).unwrap_or_default();
    let labels = [
        workload.template.labels(),
        workload.object.root().at(&["metadata", "labels"]),
    ];
    let mut labels = labels.into_iter().flatten().flat_map(Node::entries);
    priority.starts_with("system-")
        || labels.any(|(key, value)| is_system_label(key.scalar_text(), value.scalar_text()))
        || spec.containers().iter().any(|container| {
            container.image().is_some_and(|image| {
                SYSTEM_REGISTRIES
                    .iter()
                    .any(|registry| image.starts_with(registry))
            })
        })
}

/// Registries that hold nothing but the parts of clusters.
const SYSTEM_REGISTRIES: [&str; 5] = [
    "registry.k8s.io/",
    "k8s.gcr.io/",
    "gke.gcr.io/",
    "mcr.microsoft.com/oss/kubernetes",
    "602401143452.dkr.ecr.",
];

fn is_system_label(key: &str, value: &str) -> bool {
    match key {
        "k8s-app" | "kubernetes.io/cluster-service" | "addonmanager.kubernetes.io/mode" => true,
        "tier" => value == "control-plane",
        "component" | "app.kubernetes.io/name" | "app" => is_named_so(value),
        _ => false,
    }
}

/// Whether something is called like a part of clusters.
fn is_named_so(name: &str) -> bool {
    const BEGINNINGS: [&str; 24] = [
        "kube-",
        "etcd",
        "coredns",
        "metrics-server",
        "calico",
        "canal",
        "cilium",
        "flannel",
        "weave",
        "antrea",
        "aws-",
        "azure-",
        "ebs-csi",
        "efs-csi",
        "csi-",
        "gke-",
        "konnectivity",
        "cluster-autoscaler",
        "node-local-dns",
        "nvidia-device-plugin",
        "snapshot-controller",
        "cloud-controller-manager",
        "traefik",
        "local-path-provisioner",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| name.starts_with(beginning))
}
