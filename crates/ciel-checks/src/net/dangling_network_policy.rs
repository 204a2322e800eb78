use ciel_core::Severity;
use ciel_k8s::LabelSelector;
use ciel_network::{POLICY_KINDS, Policy, Selected, policies};
use ciel_yaml::Node;

use super::wanted_labels;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds network policies that select no pod: those of Kubernetes, Cilium, Calico, Antrea and of administrators,
    /// each rule set of an object by itself. Cilium's policies for nodes are compared with the nodes, if the input has
    /// any. Judged only where the input is complete.
    ///
    /// ## Why is this bad?
    /// Somebody wrote the policy for pods that it does not reach: a label was renamed, the namespace is another one. The
    /// pods are as open as before, and the list of policies looks as if they were not.
    ///
    /// ## Example
    /// ```yaml
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: database
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: postgress
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: database
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: postgres
    /// ```
    ///
    /// ## Exceptions
    /// An empty selector is for whatever comes. Pods that controllers make of custom resources are not called missing:
    /// where a custom resource, a Helm release or an Argo CD application of the namespace may bring them, or where the
    /// label's domain is a controller's. Pods that have the node's network do not count, since network plugins do not
    /// apply policies to them.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors>
    /// - <https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods>
    pub static DANGLING_NETWORK_POLICY = {
        code: "NET005",
        name: "dangling-network-policy",
        severity: Low,
        severity_reason: "tools say low or medium: whether the pods lack a policy is another check's finding",
        since: "0.1.0",
        summary: "network policy selects no pod",
        run: Object(POLICY_KINDS, dangling_network_policy),
        frameworks: [nsa("network-separation"), owasp2022("K07"), owasp2025("K05")],
        aliases: [
            kubescape("C-0299"), kube_linter("dangling-networkpolicy"), kube_score("networkpolicy-targets-pod"),
            popeye("POP-1200"), popeye("POP-1700"), popeye("POP-1701"),
            kics("85ab1c5b-014e-4352-b5f8-d7dea3bb4fd3"),
        ],
    }
}

fn dangling_network_policy(cx: &mut ObjectCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    for policy in policies(cx.object) {
        judge(cx, &policy);
    }
    if cx.object.types().group() == "cilium.io" {
        judge_nodes(cx);
    }
}

fn judge<'s>(cx: &mut ObjectCx<'s>, policy: &Policy<'s>) {
    let wanted = wanted_labels(&policy.selection);
    if wanted.is_empty() && policy.selection.namespace().is_some() {
        return;
    }
    let analyses = cx.analyses();
    let all = analyses.network_policies();
    let selected = all.selected(&policy.selection, analyses.pods());
    let (message, severity) = match selected {
        Selected::Pods => return,
        Selected::HostNetworkOnly => (
            "policy selects only pods with `hostNetwork`, to which network plugins do not apply it"
                .to_owned(),
            Severity::Info,
        ),
        Selected::Nothing if analyses.pod_makers().may_make(all, &policy.selection) => return,
        Selected::Nothing => {
            let place = match policy.selection.namespace() {
                Some(namespace) => format!("in namespace `{namespace}`"),
                None => "in its namespaces".to_owned(),
            };
            let labels = match wanted.as_str() {
                "" => String::new(),
                wanted => format!(" with {wanted}"),
            };
            (
                format!("policy selects no pod: there is none{labels} {place}"),
                Severity::Low,
            )
        }
    };
    cx.report(&DANGLING_NETWORK_POLICY, policy.selector, message)
        .help("correct the selector or the namespace, or remove the policy")
        .severity(severity);
}

/// Policies for nodes, where the nodes are known.
fn judge_nodes(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let specs = root.get("specs").into_iter().flat_map(Node::items);
    for spec in root.get("spec").into_iter().chain(specs) {
        let Some(node) = spec.get("nodeSelector") else {
            continue;
        };
        let selector = LabelSelector::from_selector(node);
        let mut nodes = cx.snapshot().of_kind("", "Node").peekable();
        let is_known = nodes.peek().is_some();
        let matches = nodes.any(|node| selector.matches(node.root().at(&["metadata", "labels"])));
        if is_known && !matches {
            let message = "policy selects no node";
            cx.report(&DANGLING_NETWORK_POLICY, node, message)
                .help("correct the selector, or remove the policy");
        }
    }
}
