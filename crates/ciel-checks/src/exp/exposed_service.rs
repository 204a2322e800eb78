use ciel_core::{Severity, Tool};
use ciel_exposure::{Reach, asked_services, public_by_annotation, service_reach};
use ciel_snapshot::Object;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services of type `NodePort`, and of type `LoadBalancer` that let every address in: they are not internal by
    /// one of the clouds' annotations, have no `loadBalancerSourceRanges`, and were given a public address, if any. Finds
    /// the custom resources, too, that ask their controllers for such a Service (`serviceType: LoadBalancer` of a
    /// RayCluster, `http.service.spec.type` of an Elasticsearch, listeners of a Kafka, values of a HelmRelease).
    ///
    /// ## Why is this bad?
    /// A node port is open on every node, on every address that the node has, past the Ingress with its TLS and its
    /// logins; firewalls outside of the cluster are all that is left. A load balancer is on the internet, mostly.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: NodePort
    ///   ports:
    ///   - port: 5000
    ///     nodePort: 30003
    /// ```
    ///
    /// ## Use instead
    /// `ClusterIP` with an Ingress or a Gateway in front, or a load balancer for those who need it:
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: LoadBalancer
    ///   loadBalancerSourceRanges: [198.51.100.0/24]
    ///   ports:
    ///   - port: 5000
    /// ```
    ///
    /// ## Exceptions
    /// A load balancer for ports 80 and 443 alone is what the edge of a cluster looks like; it is reported as info.
    /// `externalIPs` are `service-external-ips`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport>
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer>
    pub static EXPOSED_SERVICE = {
        code: "EXP003",
        name: "exposed-service",
        severity: Low,
        severity_reason: "tools warn of the type; whether it is meant, and what is behind it, decides: consoles and databases are found by checks of their own",
        since: "0.1.0",
        summary: "Service is open to every address, or on every node",
        run: AnyObject(exposed_service),
        frameworks: [nsa("network-separation"), owasp2025("K06"), mitre("T1133"), ms("MS-TA9005")],
        aliases: [
            kube_linter("exposed-services"), kube_score("service-type"), popeye("POP-1103"), popeye("POP-1104"),
            kubescape("C-0245"),
            kics("845acfbe-3e10-4b8e-b656-3b404d36dfb2"), kics("26763a1c-5dda-4772-b507-5fca7fb5f165"),
            snyk("SNYK-CC-K8S-15"), datree("SERVICE_INCORRECT_TYPE_VALUE_NODEPORT"),
        ],
    }
}

fn exposed_service(cx: &mut ObjectCx<'_>) {
    let service = cx.object;
    if !service.is("", "Service") {
        judge_custom(cx);
        return;
    }
    let Some(mut node) = service.root().at(&["spec", "type"]) else {
        return;
    };
    let mut is_said = false;
    let (message, help, severity) = match node.as_str() {
        Some("NodePort") => (node_port_message(service), NODE_PORT_HELP, Severity::Low),
        Some("LoadBalancer") => {
            let reach = service_reach(service).map(|(reach, _)| reach);
            if reach != Some(Reach::Internet) {
                return;
            }
            // The annotation that decides, where somebody wrote it down.
            let said = public_by_annotation(service);
            is_said = said.is_some();
            node = said.or_else(|| open_range(service)).unwrap_or(node);
            let message = "load balancer lets every address in".to_owned();
            let severity = if is_web(service) {
                Severity::Info
            } else {
                Severity::Low
            };
            (message, LOAD_BALANCER_HELP, severity)
        }
        _ => return,
    };
    let report = cx
        .report(&EXPOSED_SERVICE, node, message)
        .help(help)
        .severity(severity);
    if !is_said {
        report.not_called(Tool::Kubescape, &["C-0245"]);
    }
}

/// What a custom resource asks its controller for.
fn judge_custom(cx: &mut ObjectCx<'_>) {
    for node in asked_services(cx.object) {
        let message = match node.as_str() {
            Some("NodePort" | "nodeport") => "asks for a Service that opens a port on every node",
            _ => "asks for a load balancer that lets every address in",
        };
        cx.report(&EXPOSED_SERVICE, node, message)
            .help("ask for `ClusterIP`, or for an internal load balancer")
            .not_called(Tool::Kubescape, &["C-0245"]);
    }
}

const NODE_PORT_HELP: &str = "use `ClusterIP`, with an Ingress or a Gateway in front";
const LOAD_BALANCER_HELP: &str =
    "list who may connect in `loadBalancerSourceRanges`, or make the load balancer internal";

fn ports(service: Object<'_>) -> impl Iterator<Item = Node<'_>> {
    let ports = service.root().at(&["spec", "ports"]);
    ports.into_iter().flat_map(Node::items)
}

fn node_port_message(service: Object<'_>) -> String {
    let number = ports(service).find_map(|port| port.get("nodePort")?.as_i64());
    match number {
        Some(number) => format!("Service opens port {number} on every node"),
        None => "Service opens a port on every node".to_owned(),
    }
}

/// The range of addresses that lets all in, where somebody wrote it down.
fn open_range(service: Object<'_>) -> Option<Node<'_>> {
    let ranges = service.root().at(&["spec", "loadBalancerSourceRanges"]);
    let mut ranges = ranges.into_iter().flat_map(Node::items);
    ranges.find(|range| range.scalar_text().trim().ends_with("/0"))
}

/// Whether it is for HTTP and HTTPS alone.
fn is_web(service: Object<'_>) -> bool {
    let mut numbers = ports(service).map(|port| port.get("port").and_then(Node::as_i64));
    ports(service).next().is_some() && numbers.all(|number| matches!(number, Some(80 | 443)))
}
