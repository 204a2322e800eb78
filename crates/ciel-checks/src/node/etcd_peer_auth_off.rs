use super::etcd::{Side, want_true};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds etcd servers without `--peer-client-cert-auth=true`.
    ///
    /// ## Why is this bad?
    /// Whoever reaches the port for members can join in and read and change all that is stored.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - etcd
    /// - --peer-client-cert-auth=false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - etcd
    /// - --peer-client-cert-auth=true
    /// - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
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
    pub static ETCD_PEER_AUTH_OFF = {
        code: "NODE054",
        name: "etcd-peer-auth-off",
        severity: High,
        since: "0.1.0",
        summary: "etcd takes members without a certificate",
        run: Component(&[Program::Etcd], etcd_peer_auth_off),
        frameworks: [cis("2.5"), nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0157"), trivy("KCV-0046"), checkov("CKV_K8S_121"), kube_bench("2.5")],
    }
}

fn etcd_peer_auth_off(cx: &mut ComponentCx<'_>) {
    want_true(
        cx,
        &ETCD_PEER_AUTH_OFF,
        Side::Peers,
        "peer-client-cert-auth",
    );
}
