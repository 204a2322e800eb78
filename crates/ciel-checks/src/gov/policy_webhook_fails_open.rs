use ciel_core::Severity;
use ciel_yaml::Node;

use super::webhooks::{KINDS, asks_about, enforces_policy, name, rules, webhooks};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds admission webhooks that enforce policy (Gatekeeper, Kyverno, Kubewarden, the policy controller of Sigstore
    /// and their like, by name) with `failurePolicy: Ignore`.
    ///
    /// ## Why is this bad?
    /// When the webhook does not answer, what it would refuse is let in. An attacker makes it not answer: by a load of
    /// requests, a NetworkPolicy, or a request that takes it too long. Each of them can be had with little right.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ValidatingWebhookConfiguration
    /// webhooks:
    /// - name: validation.gatekeeper.sh
    ///   failurePolicy: Ignore
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// webhooks:
    /// - name: validation.gatekeeper.sh
    ///   failurePolicy: Fail
    /// ```
    /// with several replicas, and the namespaces that the cluster needs to come up left out.
    ///
    /// ## Exceptions
    /// Webhooks that set defaults or inject sidecars may be left out. Where a webhook is known to enforce policy by its
    /// name only, it is so here.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/>
    /// - <https://open-policy-agent.github.io/gatekeeper/website/docs/failing-closed/>
    pub static POLICY_WEBHOOK_FAILS_OPEN = {
        code: "GOV050",
        name: "policy-webhook-fails-open",
        severity: Medium,
        severity_reason: "low where it does not judge pods, or only changes them",
        since: "0.1.0",
        summary: "admission policy is passed over when its webhook does not answer",
        run: Object(KINDS, policy_webhook_fails_open),
        frameworks: [owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

fn policy_webhook_fails_open(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    // Before v1, a missing policy was `Ignore`.
    let ignores_by_default = object.types().api_version.ends_with("/v1beta1");
    for webhook in webhooks(object) {
        if !enforces_policy(object, webhook) || is_about_own_kinds(webhook) {
            continue;
        }
        let is_validating = object.kind().starts_with("Validating");
        let severity = if is_validating && asks_about(webhook, "", &["pods"]) {
            Severity::Medium
        } else {
            Severity::Low
        };
        let message = format!(
            "webhook `{}` enforces policy, and is passed over when it does not answer",
            name(webhook)
        );
        let help = "set `failurePolicy: Fail`, run several replicas, and leave out `kube-system`";
        match webhook.get("failurePolicy") {
            Some(node) if node.as_str() == Some("Ignore") => {
                cx.report(&POLICY_WEBHOOK_FAILS_OPEN, node, message)
                    .severity(severity)
                    .help(help)
                    .fix_replace("fail closed", node, "Fail");
            }
            None if ignores_by_default => {
                cx.report_missing(
                    &POLICY_WEBHOOK_FAILS_OPEN,
                    webhook,
                    ".failurePolicy",
                    message,
                )
                .severity(severity)
                .help(help)
                .fix_set("fail closed", webhook, &["failurePolicy"], "Fail");
            }
            _ => {}
        }
    }
}

/// Whether a webhook is asked only about its product's own kinds, such as the policies themselves.
fn is_about_own_kinds(webhook: Node<'_>) -> bool {
    let mut groups = rules(webhook)
        .filter_map(|rule| rule.get("apiGroups"))
        .flat_map(Node::items)
        .map(Node::scalar_text)
        .peekable();
    // The groups of Kubernetes itself; a webhook without rules gets them when it runs.
    let is_foreign = |group: &str| {
        !group.is_empty() && group != "*" && group.contains('.') && !group.ends_with(".k8s.io")
    };
    groups.peek().is_some() && groups.all(is_foreign)
}
