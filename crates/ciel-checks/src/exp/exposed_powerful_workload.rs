use ciel_core::Severity;
use ciel_exposure::Reach;
use ciel_rbac::Grant;
use ciel_yaml::Node;

use super::{open_ways, relate_ways};
use crate::{PodCx, declare_check, exp::from_where};

declare_check! {
    /// ## What it does
    /// Finds workloads that can be reached from outside of the cluster (as `exposed-workload` follows the way) and that
    /// own their node or the cluster: a privileged container, the node's processes (`hostPID`), the node's root or the
    /// socket of its container runtime as a volume, or an account with all rights.
    ///
    /// ## Why is this bad?
    /// One hole in the application is enough: who runs a command in its pod runs it on the node, or on every node.
    /// Neither half alone is as bad.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: web
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         securityContext:
    ///           privileged: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: web
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         securityContext:
    ///           privileged: false
    /// ```
    ///
    /// ## Exceptions
    /// Load balancers that run on nodes need the node's network, which is not among these.
    ///
    /// ## References
    /// - <https://microsoft.github.io/Threat-Matrix-for-Kubernetes/techniques/Application%20Vulnerability/>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static EXPOSED_POWERFUL_WORKLOAD = {
        code: "EXP007",
        name: "exposed-powerful-workload",
        severity: High,
        severity_reason: "critical where the internet reaches it",
        since: "0.1.0",
        summary: "workload that owns its node or the cluster can be reached from outside",
        run: Pod(exposed_powerful_workload),
        frameworks: [owasp2025("K06"), mitre("T1190"), mitre("T1611")],
        aliases: [],
    }
}

fn exposed_powerful_workload(cx: &mut PodCx<'_>) {
    let Some((node, power)) = power(cx) else {
        return;
    };
    let ways = open_ways(cx);
    let Some(first) = ways.first() else {
        return;
    };
    let severity = match first.reach {
        Reach::Internet => Severity::Critical,
        _ => Severity::High,
    };
    let message = format!(
        "pods that {power} can be reached {}{}",
        from_where(first.reach),
        super::through(first)
    );
    let report = cx
        .report(&EXPOSED_POWERFUL_WORKLOAD, node, message)
        .help("take the power away, or the way in")
        .severity(severity);
    relate_ways(report, &ways);
}

/// What makes the pods own their node or the cluster, and where it stands.
fn power<'s>(cx: &PodCx<'s>) -> Option<(Node<'s>, &'static str)> {
    let spec = cx.spec();
    let host_pid = spec.node.get("hostPID");
    if let Some(node) = host_pid.filter(|node| node.as_bool() == Some(true)) {
        return Some((node, "see the node's processes"));
    }
    for container in spec.containers() {
        let privileged = container.security("privileged");
        if let Some(node) = privileged.filter(|node| node.as_bool() == Some(true)) {
            return Some((node, "run privileged"));
        }
    }
    let owning = |volume: Node<'s>| {
        let path = volume.at(&["hostPath", "path"])?;
        let text = path.as_str()?.trim_end_matches('/');
        let is_root = text.is_empty();
        let is_socket = ["docker.sock", "containerd.sock", "crio.sock"]
            .iter()
            .any(|name| text.ends_with(name));
        (is_root || is_socket).then_some((path, "hold the node's files"))
    };
    spec.volumes().find_map(owning).or_else(|| admin(cx))
}

/// The account with all rights, as the pod names it.
fn admin<'s>(cx: &PodCx<'s>) -> Option<(Node<'s>, &'static str)> {
    let spec = cx.spec();
    let account = spec.service_account()?;
    let rbac = cx.analyses().rbac();
    let grants = rbac.grants_of_account(cx.workload.namespace(), spec.service_account_name());
    let is_admin = grants.iter().any(Grant::is_cluster_admin);
    is_admin.then_some((account, "have all rights in the cluster"))
}
