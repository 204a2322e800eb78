use ciel_yaml::Node;

use super::ConfigurationCx;
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds egress selector configurations by which the API server talks to its proxy (konnectivity) over plain HTTP.
    ///
    /// ## Why is this bad?
    /// What the API server sends to nodes and pods goes through the proxy: logs, exec, calls of webhooks. Whoever is on
    /// the way, or may connect to the proxy, comes to the nodes' network without showing a certificate.
    ///
    /// ## Example
    /// ```yaml
    /// kind: EgressSelectorConfiguration
    /// egressSelections:
    /// - name: cluster
    ///   connection:
    ///     proxyProtocol: HTTPConnect
    ///     transport:
    ///       tcp: {url: "http://konnectivity.kube-system:8131"}
    /// ```
    ///
    /// ## Use instead
    /// A Unix socket, or TLS with a client's certificate:
    /// ```yaml
    /// kind: EgressSelectorConfiguration
    /// egressSelections:
    /// - name: cluster
    ///   connection:
    ///     proxyProtocol: GRPC
    ///     transport:
    ///       uds: {udsName: /etc/kubernetes/konnectivity-server/konnectivity-server.socket}
    /// ```
    ///
    /// ## Exceptions
    /// Addresses of the loopback interface.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/>
    pub static EGRESS_PROXY_IN_PLAIN_TEXT = {
        code: "NODE102",
        name: "egress-proxy-in-plain-text",
        severity: Medium,
        since: "0.1.0",
        summary: "API server talks to its proxy without TLS",
        run: Configuration(KINDS, egress_proxy_in_plain_text),
        frameworks: [nsa("authentication-authorization"), owasp2022("K09"), owasp2025("K07")],
        aliases: [],
    }
}

const KINDS: &[(&str, &str)] = &[
    ("apiserver.k8s.io", "EgressSelectorConfiguration"),
    ("apiserver.config.k8s.io", "EgressSelectorConfiguration"),
];

fn egress_proxy_in_plain_text(cx: &mut ConfigurationCx<'_>) {
    let selections = cx.root.get("egressSelections").into_iter();
    for selection in selections.flat_map(Node::items) {
        let Some(url) = selection.at(&["connection", "transport", "tcp", "url"]) else {
            continue;
        };
        let host = url
            .scalar_text()
            .strip_prefix("http://")
            .unwrap_or_default();
        let is_here = ["127.", "localhost", "[::1]"]
            .iter()
            .any(|here| host.starts_with(here));
        if !host.is_empty() && !is_here {
            let name = selection.str_at(&["name"]).unwrap_or_default();
            let message = format!("API server talks to the proxy for `{name}` in plain text");
            cx.report(&EGRESS_PROXY_IN_PLAIN_TEXT, url, message)
                .help("use a Unix socket, or `https` with `tlsConfig`");
        }
    }
}
