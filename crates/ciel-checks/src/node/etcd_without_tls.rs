use super::etcd::{Side, is_open_http, want_files};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds etcd servers that listen for clients at an `http://` URL, or without `--cert-file` or `--key-file` (or `ETCD_CERT_FILE`, `ETCD_KEY_FILE`).
    ///
    /// ## Why is this bad?
    /// What the cluster knows goes over the network in plain text, Secrets and the credentials of clients too.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - etcd
    /// - --listen-client-urls=http://0.0.0.0:2379
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - etcd
    /// - --listen-client-urls=https://10.0.0.5:2379
    /// - --cert-file=/etc/kubernetes/pki/etcd/server.crt
    /// - --key-file=/etc/kubernetes/pki/etcd/server.key
    /// ```
    ///
    /// ## Exceptions
    /// Not asked for where etcd listens on the loopback interface of its own pod only, or without its own files
    /// (`--config-file`) seen. It is `medium` for an etcd that does not belong to the control plane: not on the host's
    /// network and not in `kube-system`. `--auto-tls` is reported on its own.
    ///
    /// ## References
    /// - <https://etcd.io/docs/v3.6/op-guide/security/>
    /// - <https://etcd.io/docs/v3.6/op-guide/configuration/>
    pub static ETCD_WITHOUT_TLS = {
        code: "NODE050",
        name: "etcd-without-tls",
        severity: High,
        since: "0.1.0",
        summary: "etcd serves clients without TLS",
        run: Component(&[Program::Etcd], etcd_without_tls),
        frameworks: [cis("2.1"), owasp2022("K09"), owasp2025("K07")],
        aliases: [kubescape("C-0153"), trivy("KCV-0042"), checkov("CKV_K8S_116"), kube_bench("2.1")],
    }
}

fn etcd_without_tls(cx: &mut ComponentCx<'_>) {
    // A certificate does not help at a URL that says `http`.
    let urls = cx.component.items("listen-client-urls");
    let open = urls.into_iter().find(|url| is_open_http(url));
    let has_files = cx.component.has("cert-file") && cx.component.has("key-file");
    if let (Some(url), Some(flag), true) = (open, cx.flag("listen-client-urls"), has_files) {
        let message = format!("{} serves clients in plain text at `{url}`", cx.program());
        cx.report_flag(&ETCD_WITHOUT_TLS, &flag, message)
            .help("listen at `https://` URLs");
        return;
    }
    want_files(
        cx,
        &ETCD_WITHOUT_TLS,
        Side::Clients,
        ["cert-file", "key-file"],
    );
}
