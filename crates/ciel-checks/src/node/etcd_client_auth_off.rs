use super::etcd::{Side, want_true};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds etcd servers without `--client-cert-auth=true` (or `ETCD_CLIENT_CERT_AUTH`).
    ///
    /// ## Why is this bad?
    /// Everybody who reaches the port reads every Secret and writes what they like: a binding to `cluster-admin`, a pod
    /// on any node. No authorization of Kubernetes is asked.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - etcd
    /// - --client-cert-auth=false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - etcd
    /// - --client-cert-auth=true
    /// - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
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
    pub static ETCD_CLIENT_AUTH_OFF = {
        code: "NODE051",
        name: "etcd-client-auth-off",
        severity: Critical,
        since: "0.1.0",
        summary: "etcd serves clients without a certificate",
        run: Component(&[Program::Etcd], etcd_client_auth_off),
        frameworks: [cis("2.2"), nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0154"), trivy("KCV-0043"), checkov("CKV_K8S_117"), kube_bench("2.2"), kube_hunter("KHV031"), kube_hunter("KHV032"), kube_hunter("KHV033"), kube_hunter("KHV034")],
    }
}

fn etcd_client_auth_off(cx: &mut ComponentCx<'_>) {
    want_true(cx, &ETCD_CLIENT_AUTH_OFF, Side::Clients, "client-cert-auth");
}
