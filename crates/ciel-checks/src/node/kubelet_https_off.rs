use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with `--kubelet-https=false`.
    ///
    /// ## Why is this bad?
    /// Logs, exec and port-forward go to the nodes in plain text, credentials with them, and kubelets must serve
    /// without TLS.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --kubelet-https=false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// The flag is gone since Kubernetes 1.22: TLS is always used.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static KUBELET_HTTPS_OFF = {
        code: "NODE035",
        name: "kubelet-https-off",
        severity: High,
        since: "0.1.0",
        summary: "API server talks to kubelets without TLS",
        run: Component(&[Program::ApiServer], kubelet_https_off),
        frameworks: [owasp2022("K09"), owasp2025("K07")],
        aliases: [trivy("KCV-0004"), checkov("CKV_K8S_71")],
    }
}

fn kubelet_https_off(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "kubelet-https",
        is: Is::NotFalse,
        why: "it talks to kubelets in plain text",
        help: "leave it out",
    };
    judge(cx, &KUBELET_HTTPS_OFF, &WANT);
}
