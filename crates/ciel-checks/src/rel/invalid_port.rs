use std::collections::HashSet;

use ciel_k8s::PodShape;
use ciel_yaml::Node;

use super::ports;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ports of containers and target ports of Services that are out of range or have a name that is no port's,
    /// and two ports of a container with one name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object, or the pods that should be made from it.
    ///
    /// ## Example
    /// ```yaml
    /// ports:
    /// - {name: metrics_and_health, containerPort: 80800}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports:
    /// - {name: metrics, containerPort: 8080}
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>
    pub static INVALID_PORT = {
        code: "REL053",
        name: "invalid-port",
        severity: Low,
        severity_reason: "the API server refuses the object; no pod comes to harm",
        since: "0.1.0",
        summary: "port that the API server refuses",
        profile: All,
        run: AnyObject(invalid_port),
        frameworks: [],
        aliases: [
            kube_linter("invalid-target-ports"), kube_score("container-ports-check"),
        ],
    }
}

fn invalid_port(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.is("", "Service") {
        let listed = object.root().at(&["spec", "ports"]);
        for port in listed.into_iter().flat_map(Node::items) {
            if let Some(target) = port.get("targetPort") {
                report(cx, target, fault(target), "target port");
            }
        }
        return;
    }
    if object.owner().is_some() {
        return;
    }
    for workload in object.workloads() {
        if workload.spec().shape != PodShape::Pod {
            continue;
        }
        for container in workload.spec().containers() {
            let mut names = HashSet::new();
            for port in ports::ports(container.node) {
                container_port(cx, port, &mut names);
            }
        }
    }
}

/// At most one finding a port: its name, or else its number.
fn container_port<'s>(cx: &mut ObjectCx<'s>, port: Node<'s>, names: &mut HashSet<&'s str>) {
    if let Some(node) = port.get("name") {
        let name = node.scalar_text();
        let fault = ports::name_fault(name)
            .or_else(|| (!names.insert(name)).then_some("is that of another port, too"));
        if fault.is_some() {
            report(cx, node, fault, "port name");
            return;
        }
    }
    for key in ["containerPort", "hostPort"] {
        if let Some(node) = port.get(key) {
            let is_unset = key == "hostPort" && node.as_i64() == Some(0);
            report(cx, node, fault(node).filter(|_| !is_unset), "port");
        }
    }
}

fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, fault: Option<&str>, noun: &str) {
    let Some(fault) = fault else {
        return;
    };
    let message = format!("the {noun} `{}` {fault}", node.scalar_text());
    cx.report(&INVALID_PORT, node, message)
        .help("use a number from 1 to 65535, or a name of at most 15 lower-case letters, digits and hyphens");
}

/// What is wrong with a port that may be a number or a name.
fn fault(port: Node<'_>) -> Option<&'static str> {
    match port.as_i64() {
        Some(number) if ports::is_port(number) => None,
        Some(_) => Some("is not between 1 and 65535"),
        None => ports::name_fault(port.scalar_text()),
    }
}
