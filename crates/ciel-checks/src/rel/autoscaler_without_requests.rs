use ciel_snapshot::{Object, ResourceAmount};
use ciel_yaml::Node;

use super::{shared, spread};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a CPU or memory request in workloads whose HorizontalPodAutoscaler goes by the
    /// utilisation of that resource.
    ///
    /// ## Why is this bad?
    /// Utilisation is a share of the request. Where one container of the pod has none, the autoscaler cannot compute
    /// it, says so in an event, and does not scale.
    ///
    /// ## Example
    /// ```yaml
    /// kind: HorizontalPodAutoscaler
    /// spec:
    ///   metrics:
    ///   - type: Resource
    ///     resource:
    ///       name: cpu
    ///       target: {type: Utilization, averageUtilization: 80}
    /// ---
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       containers: [{name: web, image: "web:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: web:1
    ///         resources: {requests: {cpu: 250m}}
    /// ```
    ///
    /// ## Exceptions
    /// A limit stands in for the request, as does a default of a LimitRange. A LimitRange that is not part of the input
    /// is not seen.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/>
    pub static AUTOSCALER_WITHOUT_REQUESTS = {
        code: "REL045",
        name: "autoscaler-without-requests",
        severity: Medium,
        severity_reason: "the autoscaler does nothing at all",
        since: "0.1.0",
        summary: "autoscaler goes by a request that is not there",
        profile: All,
        run: Object(shared::REPLICATED, autoscaler_without_requests),
        frameworks: [],
        aliases: [],
    }
}

fn autoscaler_without_requests(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(autoscaler) = cx.analyses().fleet().autoscaler_of(object).copied() else {
        return;
    };
    let Some(workload) = spread::workload(object) else {
        return;
    };
    for (resource, metric) in utilised(autoscaler.object) {
        for container in workload.spec().containers() {
            let rules = cx.analyses().resource_rules();
            let amount = rules.request(workload, container, resource);
            if !container.stays() || !matches!(amount, ResourceAmount::Unset) {
                continue;
            }
            let message = format!(
                "{} has no {resource} request, and the autoscaler goes by its share: it cannot scale",
                container.display()
            );
            let path = format!(".resources.requests.{resource}");
            cx.report_missing(&AUTOSCALER_WITHOUT_REQUESTS, container.node, &path, message)
                .help(format!("set `resources.requests.{resource}`"))
                .related(autoscaler.object, metric, "goes by utilisation");
        }
    }
}

/// The resources whose utilisation an autoscaler goes by, and where it says so.
fn utilised(autoscaler: Object<'_>) -> Vec<(&'static str, Node<'_>)> {
    let Some(spec) = autoscaler.root().get("spec") else {
        return Vec::new();
    };
    if let Some(node) = spec.get("targetCPUUtilizationPercentage") {
        return vec![("cpu", node)];
    }
    let metrics = spec.get("metrics").into_iter().flat_map(Node::items);
    let mut found = Vec::new();
    for metric in metrics.filter_map(|metric| metric.get("resource")) {
        let is_share = metric.get("targetAverageUtilization").is_some()
            || metric.at(&["target", "averageUtilization"]).is_some();
        match metric.str_at(&["name"]).filter(|_| is_share) {
            Some("cpu") => found.push(("cpu", metric)),
            Some("memory") => found.push(("memory", metric)),
            _ => {}
        }
    }
    found
}
