use std::net::IpAddr;

use ciel_core::Severity;
use ciel_yaml::Node;

use super::host_network::HOST_NETWORK;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ports with a `hostPort`, which the node opens on its own addresses. `0` is none. Pods with
    /// `hostNetwork: true` are left to `host-network`, if that check is on.
    ///
    /// ## Why is this bad?
    /// The port is reachable wherever the node is, past Services, Ingresses and, with many network plugins, past
    /// NetworkPolicies; and only one such pod fits on a node.
    ///
    /// ## Example
    /// ```yaml
    /// ports:
    /// - containerPort: 8080
    ///   hostPort: 8080
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports:
    /// - containerPort: 8080
    /// ```
    ///
    /// ## Exceptions
    /// Ingress controllers and node agents whose clients find them by the node's address. A port on the loopback
    /// address (`hostIP: 127.0.0.1`) is `low`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static HOST_PORT = {
        code: "POD033",
        name: "host-port",
        severity: Medium,
        severity_reason: "tools say medium to high; it opens one known port, not the node",
        since: "0.1.0",
        summary: "port is opened on the node",
        run: Container(host_port),
        frameworks: [pss(Baseline), cis("5.2.12"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0044"), kubescape("C-0204"), trivy("KSV-0024"), polaris("hostPortSet"),
            checkov("CKV_K8S_26"), kube_bench("5.2.12"),
            datree("CONTAINERS_INCORRECT_KEY_HOSTPORT"),
        ],
    }
}

fn host_port(cx: &mut ContainerCx<'_>) {
    let is_host_network = cx.spec().node.bool_at(&["hostNetwork"]) == Some(true);
    if is_host_network && cx.options().gives_way_to(&HOST_NETWORK.check) {
        return;
    }
    let container = cx.container;
    let ports = container.node.get("ports");
    for port in ports.into_iter().flat_map(Node::items) {
        let Some(host_port) = port.get("hostPort") else {
            continue;
        };
        let Some(number) = host_port.as_i64().filter(|number| *number != 0) else {
            continue;
        };
        let message = format!("{} opens port {number} on the node", container.display());
        let severity = if is_loopback(port) {
            Severity::Low
        } else {
            Severity::Medium
        };
        cx.report(&HOST_PORT, host_port, message)
            .severity(severity)
            .help("remove `hostPort`; publish the port with a Service")
            .fix_remove("remove hostPort", host_port);
    }
}

fn is_loopback(port: Node<'_>) -> bool {
    let address = port
        .str_at(&["hostIP"])
        .and_then(|ip| ip.parse::<IpAddr>().ok());
    address.is_some_and(|address| address.is_loopback())
}
