use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--client-ca-file`.
    ///
    /// ## Why is this bad?
    /// Nodes and components cannot prove who they are by certificate, and use tokens that are copied and kept instead.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --client-ca-file=/etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static CLIENT_CA_MISSING = {
        code: "NODE027",
        name: "client-ca-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "API server takes no client certificates",
        profile: All,
        run: Component(&[Program::ApiServer], client_ca_missing),
        frameworks: [cis("1.2.25"), nsa("authentication-authorization"), owasp2025("K09")],
        aliases: [kubescape("C-0139"), trivy("KCV-0028"), kube_bench("1.2.25")],
    }
}

fn client_ca_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "client-ca-file",
        is: Is::Set,
        why: "it takes no client certificates",
        help: "give it the CA that signs the certificates of nodes and components",
    };
    judge(cx, &CLIENT_CA_MISSING, &WANT);
}
