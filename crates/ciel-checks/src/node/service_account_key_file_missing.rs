use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--service-account-key-file`.
    ///
    /// ## Why is this bad?
    /// The key of the server's TLS certificate is then used for tokens too: to change one of them is to change both,
    /// and certificates are changed often.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --service-account-key-file=/etc/kubernetes/pki/sa.pub
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static SERVICE_ACCOUNT_KEY_FILE_MISSING = {
        code: "NODE024",
        name: "service-account-key-file-missing",
        severity: Low,
        since: "0.1.0",
        summary: "service account tokens are checked with the key of the API server's certificate",
        profile: All,
        run: Component(&[Program::ApiServer], service_account_key_file_missing),
        frameworks: [cis("1.2.22"), nsa("authentication-authorization"), owasp2025("K09")],
        aliases: [kubescape("C-0136"), trivy("KCV-0025"), checkov("CKV_K8S_97"), kube_bench("1.2.22")],
    }
}

fn service_account_key_file_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "service-account-key-file",
        is: Is::Set,
        why: "tokens of service accounts have no key of their own",
        help: "give the public half of a key that only signs tokens",
    };
    judge(cx, &SERVICE_ACCOUNT_KEY_FILE_MISSING, &WANT);
}
