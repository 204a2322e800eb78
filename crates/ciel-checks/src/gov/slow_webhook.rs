use ciel_yaml::Node;

use super::webhooks::{KINDS, name, webhooks};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds admission webhooks that the API server waits for longer than the default of 10 seconds.
    ///
    /// ## Why is this bad?
    /// Each request waits for each webhook. When one hangs, clients give up first, requests heap up in the API server,
    /// and the whole cluster slows down.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ValidatingWebhookConfiguration
    /// webhooks:
    /// - name: slow.example.com
    ///   timeoutSeconds: 30
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// webhooks:
    /// - name: slow.example.com
    ///   timeoutSeconds: 5
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#use-small-
    /// timeouts>
    pub static SLOW_WEBHOOK = {
        code: "GOV053",
        name: "slow-webhook",
        severity: Low,
        since: "0.1.0",
        summary: "API server waits long for an admission webhook",
        profile: All,
        run: Object(KINDS, slow_webhook),
        frameworks: [],
        aliases: [],
    }
}

/// Seconds that the API server waits by default.
const DEFAULT: i64 = 10;

fn slow_webhook(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    for webhook in webhooks(object) {
        let timeout = webhook.get("timeoutSeconds");
        let Some(node) = timeout.filter(|node| node.as_i64().is_some_and(|it| it > DEFAULT)) else {
            continue;
        };
        let message = format!(
            "API server waits {} seconds for webhook `{}`",
            Node::scalar_text(node),
            name(webhook)
        );
        cx.report(&SLOW_WEBHOOK, node, message)
            .help("answer within a few seconds, and set the timeout to that")
            .fix_replace("wait no longer than the default", node, DEFAULT);
    }
}
