use ciel_core::Severity;
use ciel_yaml::Node;

use super::{fleet::Selected, ports};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ports of Services whose target is a name that none of the selected pods' ports has, or a number that none
    /// of them declares though they declare others.
    ///
    /// ## Why is this bad?
    /// A name that no container has gives no endpoint: requests to this port fail. A number that stands nowhere else is
    /// often the old one.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80, targetPort: http}]
    /// ---
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}]}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports: [{name: http, containerPort: 8080}]
    /// ```
    ///
    /// ## Exceptions
    /// Ports need not be declared, so an undeclared number is only information, and none where the pods declare no port
    /// at all. Services whose pods are not part of the input are not judged.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/>
    pub static UNDECLARED_TARGET_PORT = {
        code: "REL052",
        name: "undeclared-target-port",
        severity: Low,
        severity_reason: "a name that no pod has leads nowhere, which is medium; an undeclared number works, which is information",
        since: "0.1.0",
        summary: "Service sends requests to a port that no pod declares",
        profile: All,
        run: Object(&[("", "Service")], undeclared_target_port),
        frameworks: [],
        aliases: [popeye("POP-1101"), popeye("POP-1106")],
    }
}

fn undeclared_target_port(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let listed = object.root().at(&["spec", "ports"]);
    let Some(Selected::Pods(pods)) = cx.analyses().fleet().selected(object) else {
        return;
    };
    let Some(workloads) = pods
        .iter()
        .map(|pods| pods.workload.filter(|workload| !workload.spec().partial))
        .collect::<Option<Vec<_>>>()
        .filter(|workloads| !workloads.is_empty())
    else {
        return;
    };
    // Pods of one Service are alike; a few show what all declare.
    const LOOKED_AT: usize = 32;
    if workloads.len() > LOOKED_AT {
        return;
    }
    let declared: Vec<Node<'_>> = workloads.into_iter().flat_map(ports::pod_ports).collect();
    for port in listed.into_iter().flat_map(Node::items) {
        let Some(target) = port.get("targetPort").or_else(|| port.get("port")) else {
            continue;
        };
        let text = target.scalar_text();
        let number = target.as_i64().or_else(|| text.parse().ok());
        let (is_declared, severity) = match number {
            Some(0) => continue,
            Some(number) => (
                declared.is_empty()
                    || declared
                        .iter()
                        .any(|own| ports::number(*own) == Some(number)),
                Severity::Info,
            ),
            None => (
                declared.iter().any(|own| ports::name(*own) == Some(text)),
                Severity::Medium,
            ),
        };
        if is_declared {
            continue;
        }
        let message = format!("none of the pods that the Service selects declares port `{text}`");
        cx.report(&UNDECLARED_TARGET_PORT, target, message)
            .severity(severity)
            .help("set `targetPort` to a port that the containers declare");
    }
}
