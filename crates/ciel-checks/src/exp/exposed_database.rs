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
    /// Finds databases, caches, queues and object stores that can be reached from outside of the cluster: PostgreSQL,
    /// MySQL, MongoDB, Redis, Elasticsearch, Kafka, etcd, ClickHouse, Qdrant, MinIO and others. They are known by image
    /// and ports; the way in is followed as for `exposed-console`.
    ///
    /// ## Why is this bad?
    /// The internet is scanned for their ports all day. One without a password is emptied, with a note that asks for
    /// money, within hours; one with a password is tried with all that have leaked, and no firewall stands before the
    /// next hole in its login.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: mongo
    ///   ports:
    ///   - port: 27017
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: mongo
    ///   ports:
    ///   - port: 27017
    /// ```
    ///
    /// ## Exceptions
    /// Internal load balancers, and load balancers or policies that let only listed addresses in.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types>
    /// - <https://microsoft.github.io/Threat-Matrix-for-Kubernetes/techniques/Exposed%20sensitive%20interfaces/>
    pub static EXPOSED_DATABASE = {
        code: "EXP005",
        name: "exposed-database",
        severity: High,
        severity_reason: "critical where it asks for no password and the internet reaches it; medium where it asks and firewalls before the nodes decide",
        since: "0.1.0",
        summary: "database can be reached from outside the cluster",
        run: Container(exposed_database),
        frameworks: [owasp2025("K06"), mitre("T1133"), ms("MS-TA9005")],
        aliases: [],
    }
}

fn exposed_database(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(store) = console_of(container).filter(|store| store.harm == Harm::Store) else {
        return;
    };
    let Some(reached) = reached(cx, store) else {
        return;
    };
    let login = store.login(container);
    let (asks, severity) = match (login, reached.reach) {
        (Login::Closed, _) | (_, Reach::Internal) => return,
        (Login::Asks, Reach::Internet) => ("", Severity::High),
        (Login::Asks, Reach::Node) => ("", Severity::Medium),
        (_, Reach::Internet) => (" without a password", Severity::Critical),
        (_, Reach::Node) => (" without a password", Severity::High),
    };
    let message = format!("{} can be reached{asks} {}", store.name, reached.whence());
    let place = match login {
        Login::Off(node) => Some(node),
        _ => container.node.get("image"),
    };
    let node: Node<'_> = place.unwrap_or(container.node);
    let report = cx
        .report(&EXPOSED_DATABASE, node, message)
        .help("make the Service a ClusterIP, and let clients outside come through a VPN or a proxy")
        .severity(severity)
        .evidence("database", store.name);
    relate_ways(report, &reached.ways);
}
