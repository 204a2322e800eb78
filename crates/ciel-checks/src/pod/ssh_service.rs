use ciel_core::Severity;
use ciel_snapshot::Workload;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods whose SSH a Service publishes: port 22, or port 2222 that is called so or has no other name. The
    /// finding is on the workload, at the labels that the Service selects; on the Service, where its pods are not in the
    /// input.
    ///
    /// ## Why is this bad?
    /// A Service for SSH means an SSH server in its pods, and that more than one pod may reach it: a second way in
    /// beside the API server's, without RBAC and without a line in the audit log.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 22
    /// ```
    ///
    /// ## Use instead
    /// `kubectl exec`, which needs no Service.
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   selector:
    ///     app: web
    ///   ports:
    ///   - port: 443
    /// ```
    ///
    /// ## Exceptions
    /// Servers of Git and of file transfer. It is `low` where the Service is reachable from within the cluster only.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/>
    pub static SSH_SERVICE = {
        code: "POD051",
        name: "ssh-service",
        severity: Medium,
        since: "0.1.0",
        summary: "service publishes SSH",
        run: Object(&[("", "Service")], ssh_service),
        frameworks: [mitre("T1021"), ms("MS-TA9010")],
        aliases: [kubescape("C-0042")],
    }
}

fn ssh_service(cx: &mut ObjectCx<'_>) {
    let service = cx.object;
    let Some(spec) = service.root().get("spec") else {
        return;
    };
    let selector = spec.get("selector");
    if selector.is_none_or(Node::is_empty) {
        return;
    }
    let severity = match spec.str_at(&["type"]) {
        Some("LoadBalancer" | "NodePort") => Severity::Medium,
        _ => Severity::Low,
    };
    let ports = spec.get("ports").into_iter().flat_map(Node::items);
    let ports: Vec<Node<'_>> = ports.filter(|port| is_ssh(*port)).collect();
    let Some(first) = ports.first() else {
        return;
    };
    let workloads = cx.analyses().pods().of_service(service);
    for workload in &workloads {
        report_workload(cx, *workload, first.get("port").unwrap_or(*first), severity);
    }
    if !workloads.is_empty() {
        return;
    }
    for node in ports.iter().filter_map(|port| port.get("port")) {
        let message = format!("service publishes SSH on port {}", node.scalar_text());
        cx.report(&SSH_SERVICE, node, message)
            .severity(severity)
            .help(HELP);
    }
}

const HELP: &str = "remove the Service's port; reach the containers with `kubectl exec`";

/// Reports a workload whose labels a Service for SSH selects.
fn report_workload<'s>(
    cx: &mut ObjectCx<'s>,
    workload: Workload<'s>,
    port: Node<'s>,
    severity: Severity,
) {
    let service = cx.object;
    let Some(labels) = workload.template.labels() else {
        return;
    };
    let message = format!(
        "service `{}` publishes SSH of these pods on port {}",
        service.name(),
        port.scalar_text()
    );
    cx.cx
        .report_on(&SSH_SERVICE, workload.object, labels, message)
        .severity(severity)
        .help(HELP)
        .related(service, port, "published here");
}

fn is_ssh(port: Node<'_>) -> bool {
    let number = |key| port.get(key).and_then(Node::as_i64);
    if port
        .str_at(&["protocol"])
        .is_some_and(|protocol| protocol != "TCP")
    {
        return false;
    }
    let outside = number("port");
    let inside = number("targetPort").or(outside);
    let name = port.str_at(&["name"]).unwrap_or_default();
    let names_ssh = name.is_empty() || name.contains("ssh");
    inside == Some(22) || (names_ssh && (outside == Some(22) || inside == Some(2222)))
}
