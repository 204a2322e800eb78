use ciel_core::{Severity, Tool};
use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::Node;

use crate::{ClusterCx, declare_check};

declare_check! {
    /// ## What it does
    /// In a complete input, finds Namespaces that no label puts under a Pod Security Standard
    /// (`pod-security.kubernetes.io/enforce`), where no other policy engine judges pods either: Kyverno, Gatekeeper,
    /// Kubewarden, OpenShift's constraints, admission policies or validating webhooks for pods, or a default level in the API
    /// server's configuration.
    ///
    /// ## Why is this bad?
    /// Whoever may create a pod in such a namespace may create a privileged one, and owns the node.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    ///     pod-security.kubernetes.io/warn: restricted
    /// ```
    ///
    /// ## Exceptions
    /// The namespaces of the cluster itself (`kube-system`, `kube-public`, `kube-node-lease`, `openshift-*`) are not
    /// judged. It is `low` where labels warn or audit, but do not enforce. A namespace that says `privileged` has
    /// decided, and is not reported. There is no automatic fix, as the right level depends on the pods.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-admission/>
    pub static NAMESPACE_WITHOUT_POD_SECURITY = {
        code: "POD048",
        name: "namespace-without-pod-security",
        severity: Medium,
        since: "0.1.0",
        summary: "namespace admits any pod",
        run: Cluster(namespace_without_pod_security),
        frameworks: [
            cis("5.2.1"), nsa("pod-security"), owasp2022("K04"), owasp2025("K04"), mitre("T1610"),
        ],
        aliases: [
            kubescape("C-0192"), kubescape("C-0193"), kubescape("C-0194"), kubescape("C-0195"),
            kubescape("C-0196"), kubescape("C-0197"), kubescape("C-0198"), kubescape("C-0199"),
            kubescape("C-0200"), kubescape("C-0201"), kubescape("C-0202"), kubescape("C-0203"),
            kubescape("C-0204"), kube_bench("5.2.1"),
        ],
    }
}

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
const SOFTER: [&str; 2] = [
    "pod-security.kubernetes.io/warn",
    "pod-security.kubernetes.io/audit",
];

fn namespace_without_pod_security(cx: &mut ClusterCx<'_>) {
    if !cx.is_complete() || has_policy_engine(cx.snapshot()) {
        return;
    }
    let snapshot = cx.snapshot();
    // To Kubescape any webhook that hears of pods may be a policy engine.
    let has_webhook = snapshot
        .of_kind(
            "admissionregistration.k8s.io",
            "MutatingWebhookConfiguration",
        )
        .any(judges_new_pods);
    for namespace in snapshot.of_kind("", "Namespace") {
        if is_of_the_cluster(namespace.name()) || namespace.view().label(ENFORCE).is_some() {
            continue;
        }
        let softens = SOFTER
            .iter()
            .any(|label| namespace.view().label(label).is_some());
        let (message, severity) = if softens {
            let message = format!(
                "namespace `{}` warns of dangerous pods and admits them",
                namespace.name()
            );
            (message, Severity::Low)
        } else {
            (
                format!(
                    "namespace `{}` admits any pod, privileged ones too",
                    namespace.name()
                ),
                Severity::Medium,
            )
        };
        let Some(metadata) = namespace.view().metadata() else {
            continue;
        };
        let report = cx.report_missing_on(
            &NAMESPACE_WITHOUT_POD_SECURITY,
            namespace,
            metadata,
            ".labels[\"pod-security.kubernetes.io/enforce\"]",
            message,
        )
        .severity(severity)
        .fix_set(
            "let the namespace enforce baseline",
            metadata,
            &["labels", ENFORCE],
            "baseline",
        )
        .help(
            "label the namespace `pod-security.kubernetes.io/enforce: baseline`, or `restricted`",
        );
        if has_webhook {
            report.not_called(Tool::Kubescape, &["C-0192"]);
        }
    }
}

fn is_of_the_cluster(name: &str) -> bool {
    matches!(
        name,
        "kube-system" | "kube-public" | "kube-node-lease" | "openshift"
    ) || name.starts_with("openshift-")
}

/// Whether something else in the input decides which pods are admitted.
fn has_policy_engine(snapshot: &Snapshot) -> bool {
    const ENGINES: [&str; 6] = [
        "kyverno.io",
        "policies.kyverno.io",
        "constraints.gatekeeper.sh",
        "policies.kubewarden.io",
        "security.openshift.io",
        "jspolicy.com",
    ];
    if snapshot
        .types()
        .iter()
        .any(|types| ENGINES.contains(&types.group()))
    {
        return true;
    }
    let webhooks = |kind| snapshot.of_kind("admissionregistration.k8s.io", kind);
    let default_level = |object: Object<'_>| {
        let level = object.root().str_at(&["defaults", "enforce"]);
        level.is_some_and(|level| level != "privileged")
    };
    webhooks("ValidatingWebhookConfiguration").any(judges_new_pods)
        || webhooks("ValidatingAdmissionPolicy").any(judges_new_pods)
        || webhooks("MutatingWebhookConfiguration")
            .any(|object| is_engines(object.name()) && judges_new_pods(object))
        || snapshot
            .of_kind(
                "pod-security.admission.config.k8s.io",
                "PodSecurityConfiguration",
            )
            .any(default_level)
}

/// Whether a webhook that changes pods belongs to a policy engine. Most others add a container or a label and refuse
/// nothing.
fn is_engines(name: &str) -> bool {
    const PARTS: [&str; 6] = [
        "kyverno",
        "gatekeeper",
        "kubewarden",
        "jspolicy",
        "polaris",
        "policy",
    ];
    PARTS.iter().any(|part| name.contains(part))
}

fn judges_new_pods(object: Object<'_>) -> bool {
    let root = object.root();
    let of_webhooks = root.get("webhooks").into_iter().flat_map(Node::items);
    let of_policy = root.at(&["spec", "matchConstraints"]);
    let rules = of_webhooks
        .filter_map(|webhook| webhook.get("rules"))
        .chain(of_policy.and_then(|constraints| constraints.get("resourceRules")));
    rules.flat_map(Node::items).any(|rule| {
        let has = |key, words: &[&str]| {
            let mut items = rule.get(key).into_iter().flat_map(Node::items);
            items.any(|item| words.contains(&item.scalar_text()))
        };
        has("resources", &["pods", "*", "*/*"])
            && has("operations", &["CREATE", "*"])
            && has("apiGroups", &["", "*"])
            && rule.str_at(&["scope"]) != Some("Cluster")
    })
}
