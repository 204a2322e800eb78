use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds probes and lifecycle hooks that go to another host than the pod (`host` in `httpGet` or `tcpSocket`).
    ///
    /// ## Why is this bad?
    /// The kubelet makes the request, from the node's network, and tells in events what came back: whoever may create a
    /// pod asks through it what NetworkPolicies keep from him, such as the node's own loopback and the cloud's metadata
    /// service.
    ///
    /// ## Example
    /// ```yaml
    /// livenessProbe:
    ///   httpGet: {host: 169.254.169.254, path: /latest/meta-data/, port: 80}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// livenessProbe:
    ///   httpGet: {path: /healthz, port: 8080}
    /// ```
    /// To probe by virtual host, set the header `Host` in `httpHeaders`.
    ///
    /// ## Exceptions
    /// Pods on the node's own network (`hostNetwork`) can make these requests themselves.
    ///
    /// ## References
    /// - TOB-K8S-024 of the audit of 2019
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline> (host probes, since 1.34)
    pub static PROBE_ELSEWHERE = {
        code: "POD070",
        name: "probe-elsewhere",
        severity: Medium,
        since: "0.1.0",
        summary: "probe or hook goes to another host than the pod",
        run: Container(probe_elsewhere),
        frameworks: [pss(Baseline), mitre("T1046")],
        aliases: [],
    }
}

fn probe_elsewhere(cx: &mut ContainerCx<'_>) {
    let node = cx.container.node;
    let probes = ["livenessProbe", "readinessProbe", "startupProbe"]
        .into_iter()
        .filter_map(|key| Some((key, node.get(key)?)));
    let hooks = ["postStart", "preStop"]
        .into_iter()
        .filter_map(|key| Some((key, node.at(&["lifecycle", key])?)));
    let mut found: Vec<(&str, Node<'_>)> = Vec::new();
    for (key, probe) in probes.chain(hooks) {
        for way in ["httpGet", "tcpSocket"] {
            let host = probe.at(&[way, "host"]);
            found.extend(
                host.filter(|host| !host.scalar_text().is_empty())
                    .map(|host| (key, host)),
            );
        }
    }
    if found.is_empty() || cx.spec().node.bool_at(&["hostNetwork"]) == Some(true) {
        return;
    }
    for (key, host) in found {
        let message = format!(
            "{} of {} goes to host `{}`, from the node's network",
            key,
            cx.container.display(),
            host.scalar_text()
        );
        cx.report(&PROBE_ELSEWHERE, host, message)
            .help("leave `host` out; set the header `Host` for a virtual host")
            .fix_remove("ask the pod itself", host);
    }
}
