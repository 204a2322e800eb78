use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists admission webhooks: programs that hear of every request that their rules match, and may change or refuse
    /// it.
    ///
    /// ## Why is this bad?
    /// A webhook that an intruder has left sees Secrets as they are written and may put a container of its own into
    /// every pod. Each one should be known to somebody.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: MutatingWebhookConfiguration
    /// metadata:
    ///   name: helper
    /// webhooks:
    /// - name: helper.example.com
    ///   rules:
    ///   - apiGroups: ["*"]
    ///     apiVersions: ["*"]
    ///     operations: ["*"]
    ///     resources: ["*"]
    /// ```
    ///
    /// ## Use instead
    /// Rules for what the webhook needs to see, and no more:
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: MutatingWebhookConfiguration
    /// metadata:
    ///   name: helper
    /// webhooks:
    /// - name: helper.example.com
    ///   rules:
    ///   - apiGroups: [apps]
    ///     apiVersions: [v1]
    ///     operations: [CREATE]
    ///     resources: [deployments]
    /// ```
    ///
    /// ## Exceptions
    /// It is an inventory. `low` where the webhook hears of Secrets.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/>
    pub static ADMISSION_WEBHOOK_PRESENT = {
        code: "GOV011",
        name: "admission-webhook-present",
        severity: Info,
        since: "0.1.0",
        summary: "admission webhook to review",
        profile: All,
        run: Object(WEBHOOKS, admission_webhook_present),
        frameworks: [mitre("T1546"), ms("MS-TA9015")],
        aliases: [kubescape("C-0036"), kubescape("C-0039")],
    }
}

const WEBHOOKS: &[(&str, &str)] = &[
    (
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
    ),
    (
        "admissionregistration.k8s.io",
        "MutatingWebhookConfiguration",
    ),
];

fn admission_webhook_present(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    let webhooks = root.get("webhooks").into_iter().flat_map(Node::items);
    let mut rules = webhooks
        .filter_map(|webhook| webhook.get("rules"))
        .flat_map(Node::items);
    let sees_secrets = rules.any(|rule| {
        let has = |key: &str, words: &[&str]| {
            let mut items = rule.get(key).into_iter().flat_map(Node::items);
            items.any(|item| words.contains(&item.scalar_text()))
        };
        has("resources", &["*", "*/*", "secrets"]) && has("apiGroups", &["", "*"])
    });
    let verb = match cx.object.kind() {
        "MutatingWebhookConfiguration" => "change",
        _ => "refuse",
    };
    let (what, severity) = if sees_secrets {
        (", Secrets among them", Severity::Low)
    } else {
        ("", Severity::Info)
    };
    let node = root.at(&["metadata", "name"]).unwrap_or(root);
    let message = format!(
        "webhooks of `{}` may {verb} requests{what}",
        cx.object.name()
    );
    cx.report(&ADMISSION_WEBHOOK_PRESENT, node, message)
        .severity(severity)
        .help("make sure that somebody knows what it is for");
}
