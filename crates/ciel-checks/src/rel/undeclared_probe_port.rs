use ciel_core::Severity;

use super::probes::{self, Declared};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds probes of a port by a name that the container gives to none of its ports, of a port that it declares for
    /// another protocol than TCP, and of a port number that it does not declare.
    ///
    /// ## Why is this bad?
    /// The kubelet cannot resolve the name, so that the probe fails for ever: the container never becomes ready, or is
    /// killed again and again. A number that stands nowhere else is often the old one.
    ///
    /// ## Example
    /// ```yaml
    /// ports:
    /// - {name: http, containerPort: 8080}
    /// livenessProbe:
    ///   httpGet: {path: /healthz, port: web}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports:
    /// - {name: http, containerPort: 8080}
    /// livenessProbe:
    ///   httpGet: {path: /healthz, port: http}
    /// ```
    ///
    /// ## Exceptions
    /// Ports need not be declared, so an undeclared number is only information. Probes of another host are not judged.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/>
    pub static UNDECLARED_PROBE_PORT = {
        code: "REL013",
        name: "undeclared-probe-port",
        severity: Low,
        severity_reason: "a name that no port has makes the probe fail for ever, which is medium; an undeclared number works, which is information",
        since: "0.1.0",
        summary: "probe asks a port that the container does not declare",
        profile: All,
        run: Container(undeclared_probe_port),
        frameworks: [],
        aliases: [
            kube_linter("liveness-port"), kube_linter("readiness-port"), kube_linter("startup-port"),
        ],
    }
}

fn undeclared_probe_port(cx: &mut ContainerCx<'_>) {
    for field in probes::PROBES {
        let Some(port) = cx.container.node.get(field).and_then(probes::port) else {
            continue;
        };
        let (severity, fault) = match probes::declared(cx.container, port) {
            Declared::Tcp => continue,
            Declared::OtherProtocol => (Severity::Medium, "declares for another protocol only"),
            Declared::NoName => (Severity::Medium, "gives to none of its ports"),
            Declared::NoNumber => (Severity::Info, "does not declare"),
        };
        let noun = field.trim_end_matches("Probe");
        let message = format!(
            "{noun} probe asks port `{}`, which {} {fault}",
            port.scalar_text(),
            cx.container.display()
        );
        cx.report(&UNDECLARED_PROBE_PORT, port, message)
            .severity(severity)
            .help("declare the port under the container's `ports`, or probe one that is declared");
    }
}
