use ciel_k8s::PodShape;
use ciel_yaml::Node;

use super::{fleet::Selected, ports, probes};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds probes, target ports of Services and backends of Ingresses that give the number of a port that has a name.
    ///
    /// ## Why is this bad?
    /// When the number changes, each of these has to be changed with it; the name would stay.
    ///
    /// ## Example
    /// ```yaml
    /// ports: [{name: http, containerPort: 8080}]
    /// readinessProbe:
    ///   httpGet: {path: /ready, port: 8080}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// ports: [{name: http, containerPort: 8080}]
    /// readinessProbe:
    ///   httpGet: {path: /ready, port: http}
    /// ```
    ///
    /// ## Exceptions
    /// A number works as well; the finding is only information. Ports without a name can only be called by number.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/>
    pub static PORT_BY_NUMBER = {
        code: "REL055",
        name: "port-by-number",
        severity: Info,
        since: "0.1.0",
        summary: "named port is called by its number",
        profile: All,
        run: AnyObject(port_by_number),
        frameworks: [],
        aliases: [popeye("POP-105"), popeye("POP-1102"), popeye("POP-1403")],
    }
}

fn port_by_number(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.is("", "Service") {
        service(cx);
    } else if object.is("networking.k8s.io", "Ingress") {
        ingress(cx);
    } else if object.owner().is_none() {
        for workload in object.workloads() {
            if workload.spec().shape != PodShape::Pod {
                continue;
            }
            for container in workload.spec().containers() {
                probe_ports(cx, container.node);
            }
        }
    }
}

fn probe_ports<'s>(cx: &mut ObjectCx<'s>, container: Node<'s>) {
    for field in probes::PROBES {
        let Some(probe) = container.get(field) else {
            continue;
        };
        // Only these two take names.
        let takes_names = probe
            .get("httpGet")
            .or_else(|| probe.get("tcpSocket"))
            .is_some();
        let Some(port) = probes::port(probe).filter(|_| takes_names) else {
            continue;
        };
        let named = name_of(ports::ports(container), port.as_i64(), "containerPort");
        report(cx, port, named, None);
    }
}

fn service(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let Some(Selected::Pods(pods)) = cx.analyses().fleet().selected(object) else {
        return;
    };
    // All pods must give the port the same name, and one cannot tell of many.
    let [only] = pods.as_slice() else {
        return;
    };
    let Some(workload) = only.workload else {
        return;
    };
    let declared = ports::pod_ports(workload);
    let listed = object.root().at(&["spec", "ports"]);
    for port in listed.into_iter().flat_map(Node::items) {
        if let Some(target) = port.get("targetPort") {
            let named = name_of(declared.iter().copied(), target.as_i64(), "containerPort");
            report(cx, target, named, None);
        }
    }
}

fn ingress(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let spec = object.root().get("spec");
    let rules = spec.and_then(|spec| spec.get("rules"));
    let paths = rules
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|rule| rule.at(&["http", "paths"]))
        .flat_map(Node::items)
        .filter_map(|path| path.get("backend"));
    let default = spec.and_then(|spec| spec.get("defaultBackend"));
    for backend in paths.chain(default) {
        let Some(service) = backend.get("service") else {
            continue;
        };
        let name = service.str_at(&["name"]).unwrap_or_default();
        let Some(number) = service.at(&["port", "number"]) else {
            continue;
        };
        let namespace = object.namespace();
        let Some(target) = cx.snapshot().find("", "Service", namespace, name) else {
            continue;
        };
        let listed = target.root().at(&["spec", "ports"]);
        let listed = listed.into_iter().flat_map(Node::items);
        let named = name_of(listed, number.as_i64(), "port");
        report(cx, number, named, service.get("port"));
    }
}

/// The name of the port with a number.
fn name_of<'s>(
    mut listed: impl Iterator<Item = Node<'s>>,
    number: Option<i64>,
    key: &str,
) -> Option<&'s str> {
    let number = number?;
    let port = listed.find(|port| port.get(key).and_then(Node::as_i64) == Some(number))?;
    ports::name(port)
}

/// `choice` is the mapping that holds either a number or a name.
fn report<'s>(cx: &mut ObjectCx<'s>, node: Node<'s>, name: Option<&str>, choice: Option<Node<'s>>) {
    let Some(name) = name else {
        return;
    };
    let message = format!("port `{}` has the name `{name}`", node.scalar_text());
    let report = cx
        .report(&PORT_BY_NUMBER, node, message)
        .help("use the port's name");
    match choice {
        None => report.fix_replace(FIX, node, name),
        Some(choice) => report
            .fix_set(FIX, choice, &["name"], name)
            .fix_also_remove(node),
    }
    .safe_fix();
}

const FIX: &str = "call it by its name";
