use ciel_yaml::Node;

use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ports below 1024 that a container says it listens on.
    ///
    /// ## Why is this bad?
    /// Such ports used to be root's. A program that insists on one tends to be run as root or with
    /// `NET_BIND_SERVICE`, although a Service can offer port 80 for any port of the container.
    ///
    /// ## Example
    /// ```yaml
    /// ports:
    /// - containerPort: 80
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports:
    /// - containerPort: 8080
    /// ```
    ///
    /// ## Exceptions
    /// Runtimes let any user bind low ports inside a pod's own network today, so this is a matter of habit; it runs
    /// with `--profile all` only. The well-known ports of DNS and mail may be fixed by clients.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/>
    pub static PRIVILEGED_PORT = {
        code: "POD034",
        name: "privileged-port",
        severity: Low,
        severity_reason: "Trivy says medium; the port alone gives nobody anything",
        since: "0.1.0",
        summary: "container listens on a port below 1024",
        profile: All,
        run: Container(privileged_port),
        frameworks: [],
        aliases: [trivy("KSV-0117"), kube_linter("privileged-ports")],
    }
}

fn privileged_port(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let ports = container.node.get("ports");
    for port in ports.into_iter().flat_map(Node::items) {
        let Some(node) = port.get("containerPort") else {
            continue;
        };
        let Some(number) = node.as_i64().filter(|number| (1..1024).contains(number)) else {
            continue;
        };
        let message = format!(
            "{} listens on port {number}, below 1024",
            container.display()
        );
        cx.report(&PRIVILEGED_PORT, node, message).help(
            "listen on a port from 1024 on, and let the Service keep the number that clients use",
        );
    }
}
