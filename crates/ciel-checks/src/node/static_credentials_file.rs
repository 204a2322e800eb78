use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with `--token-auth-file` or `--basic-auth-file`.
    ///
    /// ## Why is this bad?
    /// The credentials stand in plain text on the disk of the control plane, never expire, and are changed only by a
    /// restart of the API server: whoever reads the file once stays in.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --token-auth-file=/etc/kubernetes/tokens.csv
    /// ```
    ///
    /// ## Use instead
    /// An identity provider (OpenID Connect) for people, service accounts for programs.
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --authentication-config=/etc/kubernetes/authn.yaml
    /// ```
    ///
    /// ## Exceptions
    /// None. `--basic-auth-file` is gone since Kubernetes 1.19.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static STATIC_CREDENTIALS_FILE = {
        code: "NODE002",
        name: "static-credentials-file",
        severity: High,
        since: "0.1.0",
        summary: "API server takes passwords or tokens from a file",
        run: Component(&[Program::ApiServer], static_credentials_file),
        frameworks: [cis("1.2.2"), nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [kubescape("C-0114"), trivy("KCV-0002"), checkov("CKV_K8S_70"), checkov("CKV_K8S_69"), kube_bench("1.2.2")],
    }
}

fn static_credentials_file(cx: &mut ComponentCx<'_>) {
    for flag in ["token-auth-file", "basic-auth-file"] {
        let want = Want {
            flag,
            is: Is::Unset,
            why: "its credentials are in plain text and never expire",
            help: "use an identity provider for people and service accounts for programs",
        };
        judge(cx, &STATIC_CREDENTIALS_FILE, &want);
    }
}
