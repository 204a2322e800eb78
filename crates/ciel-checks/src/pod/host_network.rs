use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with `hostNetwork: true`.
    ///
    /// ## Why is this bad?
    /// The pod uses the node's network interfaces: it reaches services that listen on the node's loopback address,
    /// can listen in on the traffic of the node's other pods if it may use raw sockets, is held by no NetworkPolicy,
    /// and gets the node's own credentials from the cloud's metadata address.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   hostNetwork: true
    /// ```
    ///
    /// ## Use instead
    /// A Service, or for a single port of the node `hostPort`.
    /// ```yaml
    /// spec:
    ///   hostNetwork: false
    /// ```
    ///
    /// ## Exceptions
    /// Network plugins, kube-proxy and the control plane itself. Suppress the finding there, with the reason. The
    /// ports of such a pod are the node's by definition, so that `host-port` is silent about them.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static HOST_NETWORK = {
        code: "POD030",
        name: "host-network",
        severity: High,
        severity_reason: "tools say medium to high; no NetworkPolicy holds the pod, and it can be the node in the cloud's eyes",
        since: "0.1.0",
        summary: "pod uses the node's network",
        run: Pod(host_network),
        frameworks: [
            pss(Baseline), cis("5.2.5"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0041"), kubescape("C-0196"), kubescape("C-0216"), trivy("KSV-0009"),
            kube_linter("host-network"), polaris("hostNetworkSet"), checkov("CKV_K8S_19"), checkov("CKV_K8S_4"),
            kubeaudit("NamespaceHostNetworkTrue"), kubesec("HostNetwork"), kube_bench("5.2.5"),
            kics("6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a"), datree("CONTAINERS_INCORRECT_HOSTNETWORK_VALUE_TRUE"),
        ],
    }
}

fn host_network(cx: &mut PodCx<'_>) {
    let flag = cx.spec().node.get("hostNetwork");
    let Some(flag) = flag.filter(|flag| flag.as_bool() == Some(true)) else {
        return;
    };
    cx.report(&HOST_NETWORK, flag, "pod uses the node's network")
        .help("remove `hostNetwork`; publish ports with a Service")
        .fix_replace("set hostNetwork to false", flag, false);
}
