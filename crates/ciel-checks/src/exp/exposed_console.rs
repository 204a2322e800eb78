use ciel_core::Severity;
use ciel_exposure::{
    Reach,
    consoles::{Harm, Login, console_of},
};
use ciel_yaml::Node;

use super::{reached, relate_ways};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds consoles and servers that run code, serve data or show the cluster, and that can be reached from outside:
    /// Argo Workflows and Argo CD, Kubeflow, Weave Scope, Jenkins, NiFi, Airflow, Zeppelin, Flink, Spark, Hadoop, Ray,
    /// Jupyter, MLflow, Selenium, the Docker API, `kubectl proxy`, model servers (Ollama, vLLM, Triton, and others),
    /// Prometheus, Grafana without login, and a hundred more. They are known by image and arguments, never by the name of a
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
    /// credentials or lets only listed addresses in guards what is behind it, and so does a NetworkPolicy that lets
    /// nobody in from outside. Products that ask for a login are reported lower, and those that only show something not
    /// at all. Databases are `exposed-database`.
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
        aliases: [kubescape("C-0021"), kube_hunter("KHV049")],
    }
}

fn exposed_console(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(console) = console_of(container).filter(|console| console.harm != Harm::Store) else {
        return;
    };
    let login = console.login(container);
    if login == Login::Closed {
        return;
    }
    let Some(reached) = reached(cx, console) else {
        return;
    };
    let Some(severity) = severity(console.harm, login, reached.reach) else {
        return;
    };
    let asks = match login {
        Login::Asks => "",
        _ => " without a login",
    };
    let message = format!("{} can be reached{asks} {}", console.name, reached.whence());
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
    relate_ways(report, &reached.ways);
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
        (Harm::Code, false, Reach::Node)
        | (Harm::Data, false, Reach::Internet)
        | (Harm::Insight, true, Reach::Node) => Some(Severity::Low),
        // Stores are another check's.
        (Harm::Data | Harm::Insight, false, _) | (Harm::Store, ..) => None,
    }
}
