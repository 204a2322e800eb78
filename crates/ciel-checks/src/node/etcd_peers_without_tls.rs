use super::etcd::{Side, want_files};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds etcd servers without `--peer-cert-file` or `--peer-key-file`.
    ///
    /// ## Why is this bad?
    /// What the cluster stores goes between the members in plain text, and who answers in a member's place gets all of
    /// it.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - etcd
    /// - --listen-peer-urls=http://10.0.0.5:2380
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - etcd
    /// - --listen-peer-urls=https://10.0.0.5:2380
    /// - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
    /// - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
    /// ```
    ///
    /// ## Exceptions
    /// Not asked for where etcd listens on the loopback interface of its own pod only, or without its own files
    /// (`--config-file`) seen. It is `medium` for an etcd that does not belong to the control plane: not on the host's
    /// network and not in `kube-system`.
    ///
    /// ## References
    /// - <https://etcd.io/docs/v3.6/op-guide/security/>
    /// - <https://etcd.io/docs/v3.6/op-guide/configuration/>
    pub static ETCD_PEERS_WITHOUT_TLS = {
        code: "NODE053",
        name: "etcd-peers-without-tls",
        severity: High,
        since: "0.1.0",
        summary: "etcd's members talk without TLS",
        run: Component(&[Program::Etcd], etcd_peers_without_tls),
        frameworks: [cis("2.4"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0156"), trivy("KCV-0045"), checkov("CKV_K8S_119"), kube_bench("2.4")],
    }
}

fn etcd_peers_without_tls(cx: &mut ComponentCx<'_>) {
    want_files(
        cx,
        &ETCD_PEERS_WITHOUT_TLS,
        Side::Peers,
        ["peer-cert-file", "peer-key-file"],
    );
}
