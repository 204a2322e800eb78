use ciel_core::Severity;
use ciel_k8s::PodShape;

use super::{isolation, place};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads whose pods no network policy selects. NetworkPolicies of Kubernetes, Cilium, Calico and Antrea
    /// count, and the cluster-wide policies of administrators as far as they deny. Judged only where the input is
    /// complete.
    ///
    /// ## Why is this bad?
    /// By default every pod may talk to every pod, to the cloud's metadata service and to the internet. One that is
    /// taken over scans the cluster, reaches databases and dashboards that were never meant for it, loads a miner and
    /// reports to its pool; nothing stands in the way.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// ```
    ///
    /// ## Use instead
    /// Forbid everything in the namespace, then allow what each workload needs.
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: default-deny
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    ///   policyTypes: [Ingress, Egress]
    /// ```
    ///
    /// ## Exceptions
    /// Pods with `hostNetwork: true` have the node's network: policies do not apply to them. Whether the network plugin
    /// enforces policies cannot be seen in manifests.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/>
    pub static NO_NETWORK_POLICY = {
        code: "NET001",
        name: "no-network-policy",
        severity: Medium,
        since: "0.1.0",
        summary: "no network policy selects the pods",
        run: Pod(no_network_policy),
        frameworks: [
            cis("5.3.2"), nsa("network-separation"), owasp2022("K07"), owasp2025("K05"),
        ],
        aliases: [
            kubescape("C-0030"), kubescape("C-0260"), kubescape("C-0049"), kubescape("C-0054"),
            kubescape("C-0206"), kube_linter("non-isolated-pod"), polaris("missingNetworkPolicy"),
            checkov("CKV2_K8S_6"), kube_score("pod-networkpolicy"), popeye("POP-1204"), popeye("POP-1205"),
            kubeaudit("MissingDefaultDenyIngressAndEgressNetworkPolicy"),
            kubeaudit("MissingDefaultDenyIngressNetworkPolicy"),
            kubeaudit("MissingDefaultDenyEgressNetworkPolicy"), kube_bench("5.3.2"),
            kics("0401f71b-9c1e-4821-ab15-a955caa621be"),
        ],
    }
}

fn no_network_policy(cx: &mut PodCx<'_>) {
    if !isolation(cx).is_some_and(|isolation| isolation.is_none()) {
        return report_on_node_network(cx);
    }
    // One that was meant for them and says nothing is `empty-network-policy`.
    if cx
        .analyses()
        .network_policies()
        .empty_for(cx.workload)
        .is_some()
    {
        return;
    }
    let namespace = cx.workload.namespace();
    let message = format!(
        "no network policy in namespace `{namespace}` selects these pods, for ingress or egress"
    );
    let node = place(cx.object());
    cx.report(&NO_NETWORK_POLICY, node, message)
        .help("add a NetworkPolicy that denies by default, and allow what the pods need");
}

/// Says of pods in the node's network, to which no policy applies, that none could: for those who ask for everything.
fn report_on_node_network(cx: &mut PodCx<'_>) {
    let is_asked = cx.options().asks_for_hardening(&NO_NETWORK_POLICY.check);
    let spec = cx.spec();
    let is_judged = is_asked && cx.is_complete() && !spec.partial && spec.shape == PodShape::Pod;
    let namespace = cx.workload.namespace();
    if !is_judged || cx.analyses().network_policies().has_policy(namespace) {
        return;
    }
    let Some(flag) = spec.node.get("hostNetwork") else {
        return;
    };
    if flag.as_bool() == Some(true) {
        cx.report(
            &NO_NETWORK_POLICY,
            flag,
            "no network policy holds for pods in the node's network",
        )
        .severity(Severity::Info)
        .help("leave the node's network, so that policies apply");
    }
}
