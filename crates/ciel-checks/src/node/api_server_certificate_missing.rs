use super::want::{Pair, judge_pair};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--tls-cert-file` or `--tls-private-key-file`.
    ///
    /// ## Why is this bad?
    /// The server then signs a certificate of its own at each start. Nobody can check it, so clients learn to skip the
    /// check, and who gets in between takes their credentials.
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
    /// - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
    /// - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static API_SERVER_CERTIFICATE_MISSING = {
        code: "NODE026",
        name: "api-server-certificate-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "API server makes a certificate for itself",
        run: Component(&[Program::ApiServer], api_server_certificate_missing),
        frameworks: [cis("1.2.24"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0138"), trivy("KCV-0027"), checkov("CKV_K8S_100"), kube_bench("1.2.24")],
    }
}

fn api_server_certificate_missing(cx: &mut ComponentCx<'_>) {
    const PAIR: Pair = Pair {
        flags: ["tls-cert-file", "tls-private-key-file"],
        why: "it signs its certificate itself",
        help: "give it a certificate of the cluster's CA",
        severity: None,
    };
    judge_pair(cx, &API_SERVER_CERTIFICATE_MISSING, &PAIR);
}
