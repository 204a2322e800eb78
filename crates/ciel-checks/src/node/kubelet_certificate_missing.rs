use super::want::{Pair, judge_pair};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets with neither `tlsCertFile` and `tlsPrivateKeyFile` nor `serverTLSBootstrap: true`.
    ///
    /// ## Why is this bad?
    /// The kubelet then makes a certificate for itself that the API server cannot check: who gets in between reads and
    /// changes logs, exec and port-forward.
    ///
    /// ## Example
    /// ```yaml
    /// rotateCertificates: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// rotateCertificates: true
    /// serverTLSBootstrap: true
    /// ```
    ///
    /// ## Exceptions
    /// With `serverTLSBootstrap` somebody has to approve the signing requests.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/#kubelet-serving-certs>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_CERTIFICATE_MISSING = {
        code: "NODE068",
        name: "kubelet-certificate-missing",
        severity: Medium,
        severity_reason: "the default of kubeadm; it takes somebody between the API server and the node to use it",
        since: "0.1.0",
        summary: "kubelet signs its serving certificate itself",
        profile: All,
        run: Component(&[Program::Kubelet], kubelet_certificate_missing),
        frameworks: [cis("4.2.9"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0181"), trivy("KCV-0088"), trivy("KCV-0089"), checkov("CKV_K8S_148"), kube_bench("4.2.9")],
    }
}

fn kubelet_certificate_missing(cx: &mut ComponentCx<'_>) {
    const PAIR: Pair = Pair {
        flags: ["tls-cert-file", "tls-private-key-file"],
        why: "it signs its certificate itself",
        help: "set `serverTLSBootstrap: true` and approve the requests, or give it a certificate",
        severity: None,
    };
    if cx.component.value("rotate-server-certificates") == Some("true") {
        return;
    }
    judge_pair(cx, &KUBELET_CERTIFICATE_MISSING, &PAIR);
}
