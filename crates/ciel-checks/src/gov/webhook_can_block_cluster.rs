use super::webhooks::{KINDS, has_wildcard, name, rules, webhooks};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds admission webhooks that are asked about everything (all groups, all resources) in every namespace, and
    /// refuse it when they do not answer.
    ///
    /// ## Why is this bad?
    /// When its pods are gone, nothing can be created or changed any more, its own pods, the leases of the control
    /// plane and the nodes' status among it: the cluster cannot mend itself.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ValidatingWebhookConfiguration
    /// webhooks:
    /// - name: all.example.com
    ///   failurePolicy: Fail
    ///   rules: [{apiGroups: ["*"], apiVersions: ["*"], resources: ["*"], operations: ["*"]}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// webhooks:
    /// - name: all.example.com
    ///   namespaceSelector:
    ///     matchExpressions:
    ///     - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, example-system]}
    /// ```
    ///
    /// ## Exceptions
    /// Selectors and match conditions narrow it; whether enough is not judged.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#avoid-broad-
    /// matching>
    pub static WEBHOOK_CAN_BLOCK_CLUSTER = {
        code: "GOV052",
        name: "webhook-can-block-cluster",
        severity: Medium,
        since: "0.1.0",
        summary: "admission webhook refuses everything when it does not answer",
        profile: All,
        run: Object(KINDS, webhook_can_block_cluster),
        frameworks: [],
        aliases: [],
    }
}

fn webhook_can_block_cluster(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let ignores_by_default = object.types().api_version.ends_with("/v1beta1");
    for webhook in webhooks(object) {
        let refuses = match webhook.str_at(&["failurePolicy"]) {
            Some(policy) => policy == "Fail",
            None => !ignores_by_default,
        };
        let is_narrowed = ["namespaceSelector", "objectSelector", "matchConditions"]
            .iter()
            .any(|key| {
                webhook
                    .get(key)
                    .is_some_and(|selector| !selector.is_empty())
            });
        if !refuses || is_narrowed {
            continue;
        }
        let broad = rules(webhook)
            .find(|rule| has_wildcard(*rule, "apiGroups") && has_wildcard(*rule, "resources"));
        if let Some(rule) = broad {
            let message = format!(
                "webhook `{}` is asked about everything, and refuses it when it does not answer",
                name(webhook)
            );
            cx.report(
                &WEBHOOK_CAN_BLOCK_CLUSTER,
                rule.get("resources").unwrap_or(rule),
                message,
            )
            .help("leave out `kube-system` and its own namespace, and name the resources");
        }
    }
}
