use super::want::{Pair, judge_pair};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--kubelet-client-certificate` or `--kubelet-client-key`.
    ///
    /// ## Why is this bad?
    /// The API server then talks to kubelets without credentials, which works only with kubelets that take anonymous
    /// requests: logs, exec and port-forward are open to everybody who reaches a node.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --secure-port=6443
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
    /// - --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static KUBELET_CLIENT_CERTIFICATE_MISSING = {
        code: "NODE004",
        name: "kubelet-client-certificate-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "API server has no certificate to show to kubelets",
        run: Component(&[Program::ApiServer], kubelet_client_certificate_missing),
        frameworks: [cis("1.2.4"), nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0116"), trivy("KCV-0005"), checkov("CKV_K8S_72"), kube_bench("1.2.4")],
    }
}

fn kubelet_client_certificate_missing(cx: &mut ComponentCx<'_>) {
    const PAIR: Pair = Pair {
        flags: ["kubelet-client-certificate", "kubelet-client-key"],
        why: "it shows no credentials to kubelets",
        help: "give it a client certificate that the kubelets trust",
        severity: None,
    };
    judge_pair(cx, &KUBELET_CLIENT_CERTIFICATE_MISSING, &PAIR);
}
