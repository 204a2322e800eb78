use super::capabilities;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that add the capability `NET_RAW`.
    ///
    /// ## Why is this bad?
    /// Raw sockets forge packets: answers to ARP and DNS that turn other pods' traffic to this one (CVE-2020-10749
    /// and its kin), where the pod network does not forbid it. With `hostNetwork` they see the node's traffic too.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     add: [NET_RAW]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [ALL]
    /// ```
    /// `ping` works without it: the sysctl `net.ipv4.ping_group_range` is safe.
    ///
    /// ## Exceptions
    /// Network plugins, load balancers that speak ARP or VRRP, and packet captures need it. Suppress the finding
    /// there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    pub static CAP_NET_RAW = {
        code: "POD013",
        name: "cap-net-raw",
        severity: Medium,
        severity_reason: "tools say low to high; whoever takes the container over spoofs others, and does not leave it by that",
        since: "0.1.0",
        summary: "container adds the capability NET_RAW",
        run: Container(cap_net_raw),
        frameworks: [pss(Baseline), cis("5.2.8"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0199"), trivy("KSV-0119"), kube_linter("drop-net-raw-capability"), checkov("CKV_K8S_28"),
            checkov("CKV_K8S_7"), kube_bench("5.2.8"), kubescape("C-0046"), kubescape("C-0200"),
            kubescape("C-0219"), trivy("KSV-0022"), trivy("KSV-0106"), checkov("CKV_K8S_25"),
            checkov("CKV_K8S_24"), kubeaudit("CapabilityAdded"),
            kics("19ebaa28-fc86-4a58-bcfa-015c9e22fe40"), datree("CONTAINERS_INVALID_CAPABILITIES_VALUE"),
        ],
    }
}

fn cap_net_raw(cx: &mut ContainerCx<'_>) {
    let help = "remove it, and drop `ALL`";
    capabilities::report_added(cx, &CAP_NET_RAW, "NET_RAW", help);
}
