use ciel_k8s::Requirement;

use super::references::{self, Namespaces};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ServiceMonitors that select no Service in the namespaces that they look in. Judged only where the input is
    /// complete.
    ///
    /// ## Why is this bad?
    /// Nothing is measured, and alerts that wait for a number never fire.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ServiceMonitor
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// kind: Service
    /// metadata: {labels: {app: website}}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ServiceMonitor
    /// spec:
    ///   selector: {matchLabels: {app: website}}
    /// ---
    /// kind: Service
    /// metadata: {labels: {app: website}}
    /// ```
    ///
    /// ## Exceptions
    /// Services of the control plane and of the kubelet, and those that a controller makes for a custom resource of the
    /// input, are taken to be there. It takes for granted that all other Services are part of the input.
    ///
    /// ## References
    /// - <https://prometheus-operator.dev/docs/developer/getting-started/>
    pub static SERVICE_MONITOR_WITHOUT_SERVICES = {
        code: "REL051",
        name: "service-monitor-without-services",
        severity: Info,
        since: "0.1.0",
        summary: "ServiceMonitor watches nothing",
        profile: All,
        run: Object(&[("monitoring.coreos.com", "ServiceMonitor")], service_monitor_without_services),
        frameworks: [],
        aliases: [kube_linter("dangling-servicemonitor")],
    }
}

fn service_monitor_without_services(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(spec) = object.root().get("spec").filter(|_| cx.is_complete()) else {
        return;
    };
    if cx.analyses().references().selects_service(object) {
        return;
    }
    let selector = references::monitor_selector(object);
    let is_clusters_own = selector.requirements().iter().any(|requirement| {
        matches!(requirement, Requirement::In(_, values) if values.iter().any(|value| is_clusters_own(value)))
    });
    let makers = cx.analyses().pod_makers();
    let is_made = match Namespaces::of(object) {
        Namespaces::Any => makers.may_make_labelled(object.namespace_or_default(), &selector),
        Namespaces::These(names) => names
            .into_iter()
            .any(|namespace| makers.may_make_labelled(namespace, &selector)),
    };
    if is_clusters_own || is_made {
        return;
    }
    let message = "no Service has the labels that the ServiceMonitor selects, where it looks";
    let node = spec.get("selector").filter(|node| !node.is_empty());
    let node = node
        .or_else(|| spec.get("namespaceSelector"))
        .unwrap_or(spec);
    cx.report(&SERVICE_MONITOR_WITHOUT_SERVICES, node, message)
        .help("select the Service's labels, and its namespace under `namespaceSelector`");
}

/// Whether a label's value names a part of the cluster that has a Service without a manifest.
fn is_clusters_own(value: &str) -> bool {
    const NAMES: [&str; 10] = [
        "apiserver",
        "coredns",
        "etcd",
        "kube-apiserver",
        "kube-controller-manager",
        "kube-dns",
        "kube-proxy",
        "kube-scheduler",
        "kubelet",
        "kubernetes",
    ];
    NAMES.contains(&value)
}
