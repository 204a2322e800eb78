use ciel_yaml::Node;

use super::bounds::{self, Gap};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// In a complete input, finds namespaces without a ResourceQuota: what all of its pods may take together has no
    /// bound. Takes for granted that the input holds every ResourceQuota of the cluster.
    ///
    /// ## Why is this bad?
    /// One team, one runaway autoscaler or one intruder who mines may take all that the cluster has, and everything
    /// that cloud accounts let its autoscaler buy.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata:
    ///   name: bounds
    ///   namespace: shop
    /// spec:
    ///   hard:
    ///     limits.cpu: "20"
    ///     limits.memory: 64Gi
    ///     pods: "100"
    /// ```
    ///
    /// ## Exceptions
    /// `kube-system`, `kube-public` and `kube-node-lease`. A namespace that is not in the input itself is reported at
    /// the first workload in it. `info` or `low`, since many clusters bound their teams by other means.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/policy/resource-quotas/>
    pub static NAMESPACE_WITHOUT_RESOURCE_QUOTA = {
        code: "GOV004",
        name: "namespace-without-resource-quota",
        severity: Low,
        since: "0.1.0",
        summary: "namespace has no resource quota",
        profile: All,
        run: Cluster(namespace_without_resource_quota),
        frameworks: [],
        aliases: [trivy("KSV-0040")],
    }
}

fn namespace_without_resource_quota(cx: &mut ClusterCx<'_>) {
    let help = "bound the namespace with a ResourceQuota: requests and limits of CPU and memory";
    bounds::report(
        cx,
        &NAMESPACE_WITHOUT_RESOURCE_QUOTA,
        "ResourceQuota",
        gap,
        help,
    );
}

/// What a ResourceQuota leaves open.
fn gap(spec: Node<'_>) -> Option<Gap<'_>> {
    // `cpu` and `memory` mean the requests.
    const FIELDS: [(&str, &str, &str); 4] = [
        ("limits.cpu", "limits.cpu", "[\"limits.cpu\"]"),
        ("limits.memory", "limits.memory", "[\"limits.memory\"]"),
        ("requests.cpu", "cpu", "[\"requests.cpu\"]"),
        ("requests.memory", "memory", "[\"requests.memory\"]"),
    ];
    let Some(hard) = spec.get("hard") else {
        return Some((spec, ".hard"));
    };
    let mut lacks = FIELDS
        .iter()
        .filter(|(field, short, _)| hard.get(field).or_else(|| hard.get(short)).is_none());
    lacks.next().map(|(.., path)| (hard, *path))
}
