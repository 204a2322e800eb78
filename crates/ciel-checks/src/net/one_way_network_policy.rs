use super::{isolation, place};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads whose pods are selected by network policies for what comes in, and by none for what goes out, or
    /// the other way round. Judged only where the input is complete.
    ///
    /// ## Why is this bad?
    /// A policy without `Egress` leaves the way out open: a pod that is taken over loads its tools, talks to a mining
    /// pool and reads the cloud's metadata service. One without `Ingress` lets every pod of the cluster in.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: NetworkPolicy
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress, Egress]
    /// ```
    ///
    /// ## Exceptions
    /// As for `no-network-policy`. A policy that lists `Egress` and has no rule for it restricts: it forbids all.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies>
    pub static ONE_WAY_NETWORK_POLICY = {
        code: "NET003",
        name: "one-way-network-policy",
        severity: Low,
        severity_reason: "half of the door is shut, mostly the one that matters more",
        since: "0.1.0",
        summary: "network policies select the pods in one direction only",
        run: Pod(one_way_network_policy),
        frameworks: [
            cis("5.3.2"), nsa("network-separation"), owasp2022("K07"), owasp2025("K05"),
        ],
        aliases: [
            polaris("missingNetworkPolicy"), kube_score("pod-networkpolicy"), popeye("POP-1204"), popeye("POP-1205"),
            kubeaudit("MissingDefaultDenyIngressNetworkPolicy"),
            kubeaudit("MissingDefaultDenyEgressNetworkPolicy"),
        ],
    }
}

fn one_way_network_policy(cx: &mut PodCx<'_>) {
    let Some(isolation) = isolation(cx) else {
        return;
    };
    let (missing, policy) = match (isolation.ingress, isolation.egress) {
        (Some(policy), None) => ("egress", policy.object),
        (None, Some(policy)) => ("ingress", policy.object),
        _ => return,
    };
    let message = format!("no network policy restricts {missing} of these pods");
    let node = place(cx.object());
    cx.report(&ONE_WAY_NETWORK_POLICY, node, message)
        .help(format!("select the pods by a policy for {missing} too"))
        .evidence("direction", missing)
        .related(
            policy,
            place(policy),
            "selects them for the other direction",
        );
}
