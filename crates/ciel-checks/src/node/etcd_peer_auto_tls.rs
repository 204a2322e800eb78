use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds etcd servers with `--peer-auto-tls`.
    ///
    /// ## Why is this bad?
    /// A certificate that etcd makes for itself proves nothing: peers cannot tell it from that of somebody in between.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - etcd
    /// - --peer-auto-tls=true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - etcd
    /// - --cert-file=/etc/kubernetes/pki/etcd/server.crt
    /// - --key-file=/etc/kubernetes/pki/etcd/server.key
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://etcd.io/docs/v3.6/op-guide/security/>
    /// - <https://etcd.io/docs/v3.6/op-guide/configuration/>
    pub static ETCD_PEER_AUTO_TLS = {
        code: "NODE055",
        name: "etcd-peer-auto-tls",
        severity: Medium,
        since: "0.1.0",
        summary: "etcd signs its certificate for peers itself",
        run: Component(&[Program::Etcd], etcd_peer_auto_tls),
        frameworks: [cis("2.6"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0158"), trivy("KCV-0047"), kube_bench("2.6")],
    }
}

fn etcd_peer_auto_tls(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "peer-auto-tls",
        is: Is::NotTrue,
        why: "peers cannot tell it from somebody in between",
        help: "give it a certificate of a CA for etcd",
    };
    judge(cx, &ETCD_PEER_AUTO_TLS, &WANT);
}
