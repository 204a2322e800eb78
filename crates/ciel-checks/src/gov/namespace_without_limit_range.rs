use ciel_yaml::Node;

use super::bounds::{self, Gap};
use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// In a complete input, finds namespaces without a LimitRange: limits and requests are not given to containers that
    /// name none. Takes for granted that the input holds every LimitRange of the cluster.
    ///
    /// ## Why is this bad?
    /// One container without limits may take the memory and the CPUs of its node; a LimitRange gives every container
    /// that names none a default, and refuses giants.
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
    /// kind: LimitRange
    /// metadata:
    ///   name: bounds
    ///   namespace: shop
    /// spec:
    ///   limits:
    ///   - type: Container
    ///     default: {cpu: 500m, memory: 512Mi}
    ///     defaultRequest: {cpu: 100m, memory: 128Mi}
    /// ```
    ///
    /// ## Exceptions
    /// `kube-system`, `kube-public` and `kube-node-lease`. A namespace that is not in the input itself is reported at
    /// the first workload in it. `info` or `low`, since many clusters bound their teams by other means.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/policy/limit-range/>
    pub static NAMESPACE_WITHOUT_LIMIT_RANGE = {
        code: "GOV003",
        name: "namespace-without-limit-range",
        severity: Info,
        since: "0.1.0",
        summary: "namespace has no limit range",
        profile: All,
        run: Cluster(namespace_without_limit_range),
        frameworks: [],
        aliases: [trivy("KSV-0039")],
    }
}

fn namespace_without_limit_range(cx: &mut ClusterCx<'_>) {
    let help = "bound containers with a LimitRange: `default`, `defaultRequest`, `max` and `min`";
    bounds::report(cx, &NAMESPACE_WITHOUT_LIMIT_RANGE, "LimitRange", gap, help);
}

/// What a LimitRange leaves open for containers; nothing if one of its entries has all.
fn gap(spec: Node<'_>) -> Option<Gap<'_>> {
    const FIELDS: [(&str, &str); 4] = [
        ("default", ".default"),
        ("defaultRequest", ".defaultRequest"),
        ("max", ".max"),
        ("min", ".min"),
    ];
    let entries = spec.get("limits").into_iter().flat_map(Node::items);
    let mut first = None;
    for entry in entries.filter(|entry| entry.str_at(&["type"]) == Some("Container")) {
        let lacks = FIELDS.iter().find(|(field, _)| entry.get(field).is_none());
        let (_, path) = lacks?;
        first = first.or(Some((entry, *path)));
    }
    first.or(Some((spec, ".limits")))
}
