use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds etcd servers whose `--trusted-ca-file` is the file that an API server in the input has as
    /// `--client-ca-file`.
    ///
    /// ## Why is this bad?
    /// Every certificate that the cluster signs for a user, a node or a component then opens etcd too, and who reads
    /// and writes etcd needs no rights in the cluster.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - etcd
    /// - --trusted-ca-file=/etc/kubernetes/pki/ca.crt
    /// ```
    ///
    /// ## Use instead
    /// A CA that signs for etcd and for nothing else.
    /// ```yaml
    /// command:
    /// - etcd
    /// - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://etcd.io/docs/v3.6/op-guide/security/>
    /// - <https://etcd.io/docs/v3.6/op-guide/configuration/>
    pub static ETCD_CA_SHARED = {
        code: "NODE056",
        name: "etcd-ca-shared",
        severity: High,
        since: "0.1.0",
        summary: "etcd trusts the CA of the API server's clients",
        run: Component(&[Program::Etcd], etcd_ca_shared),
        frameworks: [cis("2.7"), nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0159"), kube_bench("2.7")],
    }
}

fn etcd_ca_shared(cx: &mut ComponentCx<'_>) {
    const FLAG: &str = "trusted-ca-file";
    let (Some(flag), Some(file)) = (cx.flag(FLAG), cx.component.value(FLAG)) else {
        return;
    };
    let servers = cx.analyses().api_servers();
    let Some(server) = servers.get(file) else {
        return;
    };
    let message = format!(
        "{} trusts `{file}`, which the API server takes clients' certificates from too",
        cx.program()
    );
    let (object, node) = (server.object, server.client_ca.node);
    cx.report_flag(&ETCD_CA_SHARED, &flag, message)
        .related(
            object,
            node,
            "the API server takes clients' certificates of this CA",
        )
        .help("give etcd a CA of its own, which signs for etcd and nothing else");
}
