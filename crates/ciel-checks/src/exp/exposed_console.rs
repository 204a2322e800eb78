use ciel_core::Severity;
use ciel_exposure::{
    Exposure, Exposures, Reach,
    consoles::{Console, Harm, Login, console_of},
};
use ciel_yaml::Node;

use super::{from_where, relate_ways, through};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds consoles and servers that run code, serve data or show the cluster, and that can be reached from outside:
    /// Argo Workflows and Argo CD, Kubeflow, Weave Scope, Jenkins, NiFi, Airflow, Zeppelin, Flink, Spark, Hadoop, Ray,
    /// Jupyter, MLflow, Selenium, the Docker API, `kubectl proxy`, model servers (Ollama, vLLM, Triton, and others),
    /// Prometheus, Grafana without login, and more. They are known by image and arguments, never by the name of a
    /// workload; the way in is followed through Services, Ingresses, Gateways, Istio, Routes and ports of the node, to
    /// the port where the console listens.
    ///
    /// ## Why is this bad?
    /// Most of these have no login, since they were made for use within a team; whoever reaches one that runs code
    /// owns its pods, and often the cluster. TeamTNT took clusters over through Weave Scope (2020), miners came through
    /// Kubeflow (2020), Argo Workflows (2021), Jenkins (2018), Apache NiFi (2023), Selenium (2024), and the Ray
    /// dashboard (ShadowRay, 2024).
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: ray-head
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: ray-head
    /// ```
    /// and `kubectl port-forward`, or an Ingress that asks for a login (`nginx.ingress.kubernetes.io/auth-url`).
    ///
    /// ## Exceptions
    /// Internal load balancers, by the annotations of the clouds, are not the internet. An Ingress that asks for
    /// credentials or lets only listed addresses in guards what is behind it. Products that ask for a login are reported
    /// only where they run code, and lower.
    ///
    /// ## References
    /// - <https://microsoft.github.io/Threat-Matrix-for-Kubernetes/techniques/Exposed%20sensitive%20interfaces/>
    /// - <https://www.microsoft.com/en-us/security/blog/2020/06/10/misconfigured-kubeflow-workloads-are-a-security-risk/>
    /// - <https://www.oligo.security/blog/shadowray-attack-ai-workloads-actively-exploited-in-the-wild>
    pub static EXPOSED_CONSOLE = {
        code: "EXP002",
        name: "exposed-console",
        severity: High,
        severity_reason: "critical where a stranger on the internet can run code without a login; lower by what can be done, by how far it can be reached, and where a login is asked for",
        since: "0.1.0",
        summary: "console can be reached from outside the cluster",
        run: Container(exposed_console),
        frameworks: [owasp2025("K06"), mitre("T1133"), ms("MS-TA9005")],
        aliases: [kubescape("C-0021")],
    }
}

fn exposed_console(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(console) = console_of(container) else {
        return;
    };
    let login = console.login(container);
    if login == Login::Closed {
        return;
    }
    let ways: Vec<&Exposure<'_>> = cx
        .analyses()
        .exposures()
        .of(cx.workload)
        .into_iter()
        .filter(|way| !way.is_guarded && !way.leads_only_to(container, console.other_ports))
        .filter(|way| !leads_to_another_container(cx, console, way))
        .collect();
    let on_node = Exposures::on_node(cx.spec(), container, console.ports);
    let reach = ways
        .iter()
        .map(|way| way.reach)
        .chain(on_node.map(|_| Reach::Node))
        .max();
    let Some(reach) = reach else { return };
    let Some(severity) = severity(console.harm, login, reach) else {
        return;
    };
    let asks = match login {
        Login::Asks => "",
        _ => " without a login",
    };
    let route = ways.first().map_or_else(String::new, |way| through(way));
    let message = format!(
        "{} can be reached{asks} {}{route}",
        console.name,
        from_where(reach)
    );
    let place = match login {
        Login::Off(node) => Some(node),
        _ => container.node.get("image"),
    };
    let node: Node<'_> = place.unwrap_or(container.node);
    let report = cx
        .report(&EXPOSED_CONSOLE, node, message)
        .help("make the Service a ClusterIP, or put a proxy with a login in front")
        .severity(severity)
        .evidence("console", console.name);
    relate_ways(report, &ways);
}

/// Whether the way ends at a port that another container of the pod declares, and this one does not: a proxy that may
/// ask for a login.
fn leads_to_another_container(cx: &ContainerCx<'_>, console: &Console, way: &Exposure<'_>) -> bool {
    let own = cx.container;
    let declares = |container: ciel_k8s::Container<'_>| {
        let ports = container
            .node
            .get("ports")
            .into_iter()
            .flat_map(Node::items);
        ports
            .filter_map(|port| port.get("containerPort")?.as_i64())
            .filter_map(|port| u16::try_from(port).ok())
            .any(|port| way.leads_to(container, port))
    };
    let is_own = declares(own) || console.ports.iter().any(|port| way.leads_to(own, *port));
    !is_own
        && cx
            .spec()
            .containers()
            .into_iter()
            .any(|container| container.node != own.node && declares(container))
}

fn severity(harm: Harm, login: Login<'_>, reach: Reach) -> Option<Severity> {
    let is_open = !matches!(login, Login::Asks | Login::Closed);
    match (harm, is_open, reach) {
        (_, _, Reach::Internal) => None,
        (Harm::Code, true, Reach::Internet) => Some(Severity::Critical),
        (Harm::Code, true, Reach::Node) | (Harm::Data, true, Reach::Internet) => {
            Some(Severity::High)
        }
        (Harm::Code, false, Reach::Internet)
        | (Harm::Data, true, Reach::Node)
        | (Harm::Insight, true, Reach::Internet) => Some(Severity::Medium),
        (Harm::Code, false, Reach::Node) | (Harm::Insight, true, Reach::Node) => {
            Some(Severity::Low)
        }
        (Harm::Data | Harm::Insight, false, _) => None,
    }
}
