use super::etcd::is_open_http;
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers with an `http://` URL that is not of the loopback interface in `--etcd-servers`.
    ///
    /// ## Why is this bad?
    /// The whole state of the cluster goes over the network in plain text, every Secret too, and etcd serves it to
    /// everybody who reaches it.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --etcd-servers=http://10.0.0.5:2379
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --etcd-servers=https://10.0.0.5:2379
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#securing-communication>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static ETCD_OVER_PLAIN_HTTP = {
        code: "NODE039",
        name: "etcd-over-plain-http",
        severity: High,
        since: "0.1.0",
        summary: "API server talks to etcd without TLS",
        run: Component(&[Program::ApiServer], etcd_over_plain_http),
        frameworks: [owasp2022("K09"), owasp2025("K07")],
        aliases: [],
    }
}

fn etcd_over_plain_http(cx: &mut ComponentCx<'_>) {
    let servers = cx.component.items("etcd-servers");
    let Some(server) = servers.into_iter().find(|url| is_open_http(url)) else {
        return;
    };
    let message = format!("{} talks to etcd at `{server}` in plain text", cx.program());
    if let Some(flag) = cx.flag("etcd-servers") {
        cx.report_flag(&ETCD_OVER_PLAIN_HTTP, &flag, message)
            .help("give etcd a certificate and use `https://`");
    }
}
