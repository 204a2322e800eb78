use ciel_core::Severity;
use ciel_network::{METADATA_ADDRESS, POLICY_KINDS, metadata_ways};

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds egress rules of network policies that let pods reach the metadata service of their cloud
    /// (169.254.169.254, TCP port 80): ranges of addresses that hold it and do not except it, Cilium's entity `world`,
    /// rules for port 80 to everywhere. Rules that allow everything are `allow-all-network-policy`; pods without any
    /// policy for egress are `no-network-policy` and `one-way-network-policy`.
    ///
    /// ## Why is this bad?
    /// The service gives whoever asks the credentials of the node's role. One request from a pod, or through a web
    /// application that fetches addresses for strangers (SSRF), leads from the pod to the cloud account.
    ///
    /// ## Example
    /// ```yaml
    /// egress:
    /// - to:
    ///   - ipBlock:
    ///       cidr: 0.0.0.0/0
    ///       except: [10.0.0.0/8]
    ///   ports:
    ///   - port: 80
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// egress:
    /// - to:
    ///   - ipBlock:
    ///       cidr: 0.0.0.0/0
    ///       except: [10.0.0.0/8, 169.254.0.0/16]
    ///   ports:
    ///   - port: 80
    /// ```
    ///
    /// ## Exceptions
    /// Rules for other ports than 80. A rule that names the service's own address is somebody's decision and reported as
    /// low. Where a policy of Cilium, Calico, Antrea or an administrator denies the address, nothing is reported. Clusters whose nodes are in no
    /// cloud, and clouds whose metadata service answers only to tokens with a hop limit of 1.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/cloud-native-security/>
    /// - <https://microsoft.github.io/Threat-Matrix-for-Kubernetes/techniques/Access%20Cloud%20Resources/>
    pub static METADATA_SERVICE_ALLOWED = {
        code: "NET008",
        name: "metadata-service-allowed",
        severity: Medium,
        severity_reason: "one tool says 7 of 10 for a cluster where it can be reached; here the pods' nodes may be in no cloud, or ask for tokens",
        since: "0.1.0",
        summary: "network policy lets pods reach the cloud's metadata service",
        run: Object(POLICY_KINDS, metadata_service_allowed),
        frameworks: [nsa("network-separation"), owasp2025("K08"), mitre("T1552")],
        aliases: [kubescape("C-0052"), kube_hunter("KHV003"), kube_hunter("KHV053")],
    }
}

fn metadata_service_allowed(cx: &mut ObjectCx<'_>) {
    let ways = metadata_ways(cx.object);
    if ways.is_empty() || cx.analyses().is_metadata_denied() {
        return;
    }
    for way in ways {
        let (verb, severity) = if way.is_meant {
            ("allows", Severity::Low)
        } else {
            ("does not except", Severity::Medium)
        };
        let message =
            format!("egress rule {verb} the cloud's metadata service (`{METADATA_ADDRESS}`)");
        cx.report(&METADATA_SERVICE_ALLOWED, way.node, message)
            .help("except `169.254.0.0/16`")
            .severity(severity);
    }
}
