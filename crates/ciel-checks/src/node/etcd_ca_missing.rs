use super::etcd::is_socket;
use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers without `--etcd-cafile`.
    ///
    /// ## Why is this bad?
    /// The API server trusts what the machine trusts, not the CA of etcd: it talks without TLS, or to whoever has some
    /// public certificate for the name. What answers decides what the cluster's state is.
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
    /// - --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// Not asked for where etcd is reached by a Unix socket.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-etcd-clusters>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ETCD_CA_MISSING = {
        code: "NODE028",
        name: "etcd-ca-missing",
        severity: Medium,
        since: "0.1.0",
        summary: "API server is not told which CA signs etcd's certificate",
        run: Component(&[Program::ApiServer], etcd_ca_missing),
        frameworks: [cis("1.2.26"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0140"), trivy("KCV-0029"), checkov("CKV_K8S_102"), kube_bench("1.2.26")],
    }
}

fn etcd_ca_missing(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "etcd-cafile",
        is: Is::Set,
        why: "it does not know which CA signs etcd's certificate",
        help: "give it the CA of etcd",
    };
    if is_socket(cx) {
        return;
    }
    judge(cx, &ETCD_CA_MISSING, &WANT);
}
