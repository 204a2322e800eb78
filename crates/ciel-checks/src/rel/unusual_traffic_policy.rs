use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Services of type LoadBalancer that say `externalTrafficPolicy: Cluster`, and of type NodePort that say
    /// `Local`.
    ///
    /// ## Why is this bad?
    /// With `Cluster`, pods see the address of a node instead of the client's, and traffic takes a step more. With
    /// `Local` on a NodePort, nodes without such a pod drop the traffic, and no load balancer knows which they are.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: NodePort
    ///   externalTrafficPolicy: Local
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: LoadBalancer
    ///   externalTrafficPolicy: Local
    /// ```
    ///
    /// ## Exceptions
    /// `Cluster` is the default, and right where the client's address does not matter; it is reported only where it is
    /// written.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/>
    pub static UNUSUAL_TRAFFIC_POLICY = {
        code: "REL056",
        name: "unusual-traffic-policy",
        severity: Info,
        since: "0.1.0",
        summary: "external traffic policy does not fit the type of the Service",
        profile: All,
        run: Object(&[("", "Service")], unusual_traffic_policy),
        frameworks: [],
        aliases: [popeye("POP-1107"), popeye("POP-1108")],
    }
}

fn unusual_traffic_policy(cx: &mut ObjectCx<'_>) {
    let Some(spec) = cx.object.root().get("spec") else {
        return;
    };
    let Some(node) = spec.get("externalTrafficPolicy") else {
        return;
    };
    let (message, help) = match (spec.str_at(&["type"]), node.as_str()) {
        (Some("LoadBalancer"), Some("Cluster")) => (
            "with `Cluster`, pods do not see the addresses of clients",
            "use `externalTrafficPolicy: Local` where the client's address matters",
        ),
        (Some("NodePort"), Some("Local")) => (
            "with `Local`, nodes without such a pod drop the traffic to this port",
            "use `externalTrafficPolicy: Cluster`, or a load balancer",
        ),
        _ => return,
    };
    cx.report(&UNUSUAL_TRAFFIC_POLICY, node, message).help(help);
}
