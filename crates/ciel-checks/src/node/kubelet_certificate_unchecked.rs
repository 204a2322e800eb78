use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--kubelet-certificate-authority`.
    ///
    /// ## Why is this bad?
    /// The API server then takes any certificate for the kubelet's. Who gets between it and a node reads and changes
    /// what goes through `kubectl logs`, `exec`, `attach` and `port-forward`, and takes the credentials that the API
    /// server shows.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
    /// ```
    ///
    /// ## Use instead
    /// With `serverTLSBootstrap: true` on the kubelets, whose certificates then come from the cluster's CA.
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// Through an SSH tunnel or konnectivity the way is protected, though the kubelet is not proven.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/#apiserver-to-kubelet>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static KUBELET_CERTIFICATE_UNCHECKED = {
        code: "NODE005",
        name: "kubelet-certificate-unchecked",
        severity: Medium,
        severity_reason: "the default of kubeadm; it takes somebody between the API server and a node to use it",
        since: "0.1.0",
        summary: "API server does not check the certificates of kubelets",
        run: Component(&[Program::ApiServer], kubelet_certificate_unchecked),
        frameworks: [cis("1.2.5"), owasp2022("K09"), owasp2025("K07"), mitre("T1557")],
        aliases: [kubescape("C-0117"), trivy("KCV-0006"), checkov("CKV_K8S_73"), kube_bench("1.2.5")],
    }
}

fn kubelet_certificate_unchecked(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "kubelet-certificate-authority",
        is: Is::Set,
        why: "it takes any certificate for a kubelet's",
        help: "set `serverTLSBootstrap` on the kubelets and `--kubelet-certificate-authority` to the CA that signs",
    };
    judge(cx, &KUBELET_CERTIFICATE_UNCHECKED, &WANT);
}
