use ciel_exposure::Reach;

use super::{from_where, open_ways, relate_ways, through};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads whose pods can be reached from outside of the cluster, and names the way: from an Ingress, a route
    /// of a Gateway, an Istio VirtualService, an OpenShift Route, a Traefik IngressRoute, a Contour HTTPProxy and the like
    /// to the Service, or from a Service of type `LoadBalancer` or `NodePort`, to the pods that it selects. Knative and
    /// KServe open pods without a Service that somebody wrote: unless a label says `cluster-local`.
    ///
    /// ## Why is this bad?
    /// This is where attackers begin. Each weakness of these pods (root, rights, secrets, old images) weighs more than
    /// the same in pods that only the cluster reaches.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: LoadBalancer
    ///   selector:
    ///     app: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Service
    /// spec:
    ///   type: ClusterIP
    ///   selector:
    ///     app: web
    /// ```
    ///
    /// ## Exceptions
    /// Workloads that are for the world: ignore the finding there. Ways that ask for credentials or let only some
    /// addresses in, internal load balancers, Knative Services that are `cluster-local` (by label, or since
    /// `config-domain` in the input knows no other domain), Ingresses of internal classes, and pods that NetworkPolicies close to
    /// strangers are not reported.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/>
    /// - <https://microsoft.github.io/Threat-Matrix-for-Kubernetes/techniques/Application%20Vulnerability/>
    pub static EXPOSED_WORKLOAD = {
        code: "EXP004",
        name: "exposed-workload",
        severity: Low,
        severity_reason: "one tool says 7 of 10; to be reached is what many workloads are for, so this is an inventory",
        since: "0.1.0",
        summary: "workload can be reached from outside the cluster",
        profile: All,
        run: Pod(exposed_workload),
        frameworks: [owasp2025("K06"), mitre("T1190")],
        aliases: [
            kubescape("C-0256"), kubescape("C-0266"),
            kics("69bbc5e3-0818-4150-89cc-1e989b48f23b"),
        ],
    }
}

fn exposed_workload(cx: &mut PodCx<'_>) {
    let ways = open_ways(cx);
    let Some(first) = ways.first() else {
        return;
    };
    let message = format!(
        "pods can be reached {}{}",
        from_where(first.reach),
        through(first)
    );
    let reach = match first.reach {
        Reach::Internet => "internet",
        Reach::Node => "node",
        Reach::Internal => "internal",
    };
    // What the Service selects them by.
    let labels = cx.workload.template.labels();
    let node = labels.unwrap_or(cx.spec().node);
    let report = cx
        .report(&EXPOSED_WORKLOAD, node, message)
        .help("make the Service a ClusterIP, or ask for a login where the way in begins")
        .evidence("reach", reach);
    relate_ways(report, &ways);
}
