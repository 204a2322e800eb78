use ciel_yaml::Node;

use super::webhooks::{KINDS, enforces_policy, name, webhooks};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds admission webhooks that enforce policy, but not for objects with a label that whoever writes the object
    /// may set (`objectSelector` with `DoesNotExist` or `NotIn`).
    ///
    /// ## Why is this bad?
    /// Whoever wants to be left alone sets the label.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ValidatingWebhookConfiguration
    /// webhooks:
    /// - name: validate.policy.example
    ///   objectSelector:
    ///     matchExpressions:
    ///     - {key: policy.example/skip, operator: DoesNotExist}
    /// ```
    ///
    /// ## Use instead
    /// `namespaceSelector` with `kubernetes.io/metadata.name`, which nobody can set, or `matchConditions` that name the
    /// users who may pass.
    ///
    /// ## Exceptions
    /// Labels of namespaces are for those to set who may write namespaces, mostly administrators.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-
    /// objectselector>
    pub static POLICY_WEBHOOK_CAN_BE_LEFT = {
        code: "GOV051",
        name: "policy-webhook-can-be-left",
        severity: Medium,
        since: "0.1.0",
        summary: "admission policy does not hold for objects with a certain label",
        run: Object(KINDS, policy_webhook_can_be_left),
        frameworks: [owasp2022("K04"), owasp2025("K04")],
        aliases: [],
    }
}

fn policy_webhook_can_be_left(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    for webhook in webhooks(object) {
        if !enforces_policy(object, webhook) {
            continue;
        }
        let expressions = webhook.at(&["objectSelector", "matchExpressions"]);
        for expression in expressions.into_iter().flat_map(Node::items) {
            let operator = expression.str_at(&["operator"]);
            let key = expression.str_at(&["key"]).unwrap_or_default();
            // Objects of the product itself, so that it can come up.
            let is_own = key.starts_with("app.kubernetes.io/")
                || matches!(key, "app" | "control-plane" | "component" | "k8s-app");
            if is_own || !matches!(operator, Some("DoesNotExist" | "NotIn")) {
                continue;
            }
            let message = format!(
                "whoever sets label `{key}` on an object leaves webhook `{}`",
                name(webhook)
            );
            cx.report(&POLICY_WEBHOOK_CAN_BE_LEFT, expression, message)
                .help("select by namespace name, or by user in `matchConditions`");
        }
    }
}
