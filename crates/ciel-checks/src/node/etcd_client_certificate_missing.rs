use super::etcd::is_socket;
use super::want::{Pair, judge_pair};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--etcd-certfile` or `--etcd-keyfile`.
    ///
    /// ## Why is this bad?
    /// etcd must then serve clients without a certificate, and whoever reaches it reads and writes the whole state of
    /// the cluster, Secrets and roles included, past every authorization.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --etcd-servers=https://10.0.0.5:2379
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt
    /// - --etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key
    /// ```
    ///
    /// ## Exceptions
    /// Not asked for where etcd is reached by a Unix socket.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ETCD_CLIENT_CERTIFICATE_MISSING = {
        code: "NODE025",
        name: "etcd-client-certificate-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "API server has no certificate to show to etcd",
        run: Component(&[Program::ApiServer], etcd_client_certificate_missing),
        frameworks: [cis("1.2.23"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0137"), trivy("KCV-0026"), checkov("CKV_K8S_99"), kube_bench("1.2.23")],
    }
}

fn etcd_client_certificate_missing(cx: &mut ComponentCx<'_>) {
    const PAIR: Pair = Pair {
        flags: ["etcd-certfile", "etcd-keyfile"],
        why: "it shows no credentials to etcd",
        help: "give it a client certificate that etcd trusts",
        severity: None,
    };
    if is_socket(cx) {
        return;
    }
    judge_pair(cx, &ETCD_CLIENT_CERTIFICATE_MISSING, &PAIR);
}
