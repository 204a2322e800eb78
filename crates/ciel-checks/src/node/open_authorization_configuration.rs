use ciel_core::Severity;
use ciel_yaml::Node;
use serde_json::json;

use super::ConfigurationCx;
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds structured authorization configurations of the API server with an authorizer that allows everything, with a
    /// webhook whose refusal is lost when it does not answer (`failurePolicy: NoOpinion`), or without RBAC or Node.
    ///
    /// ## Why is this bad?
    /// With `AlwaysAllow` in the chain nobody is refused anything that those before it do not refuse. A webhook is mostly
    /// there to refuse what RBAC allows: with `NoOpinion`, RBAC decides alone when the webhook is down, or is made to be.
    ///
    /// ## Example
    /// ```yaml
    /// kind: AuthorizationConfiguration
    /// authorizers:
    /// - {type: AlwaysAllow, name: all}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: AuthorizationConfiguration
    /// authorizers:
    /// - {type: Node, name: node}
    /// - {type: RBAC, name: rbac}
    /// ```
    ///
    /// ## Exceptions
    /// A webhook behind RBAC can only add rights, so that nothing is lost when it is down.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authorization/#using-configuration-file-for-authorization>
    pub static OPEN_AUTHORIZATION_CONFIGURATION = {
        code: "NODE101",
        name: "open-authorization-configuration",
        severity: Critical,
        severity_reason: "critical for AlwaysAllow, medium for a webhook that is passed over, low for a chain without RBAC or Node",
        since: "0.1.0",
        summary: "authorization configuration allows too much",
        run: Configuration(&[("apiserver.config.k8s.io", "AuthorizationConfiguration")], open_authorization_configuration),
        frameworks: [
            cis("1.2.6"), cis("1.2.7"), cis("1.2.8"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
        ],
        aliases: [],
    }
}

fn open_authorization_configuration(cx: &mut ConfigurationCx<'_>) {
    let Some(authorizers) = cx.root.get("authorizers") else {
        return;
    };
    let mut allows_before = false;
    for authorizer in authorizers.items() {
        let Some(kind) = authorizer.get("type") else {
            continue;
        };
        match kind.as_str() {
            Some("AlwaysAllow") => {
                cx.report(
                    &OPEN_AUTHORIZATION_CONFIGURATION,
                    kind,
                    "API server allows whatever no authorizer before refuses",
                )
                .help("take `AlwaysAllow` out of the chain")
                .fix_remove("take it out of the chain", authorizer);
            }
            Some("Webhook") if !allows_before => judge_webhook(cx, authorizer),
            Some("RBAC" | "ABAC") => allows_before = true,
            _ => {}
        }
    }
    for (wanted, lost) in [
        ("RBAC", "roles and bindings have no effect"),
        ("Node", "kubelets are not held to their own node's objects"),
    ] {
        let mut kinds = authorizers
            .items()
            .filter_map(|authorizer| authorizer.str_at(&["type"]));
        if !kinds.any(|kind| kind == wanted) {
            let message = format!("no authorizer of type {wanted}: {lost}");
            cx.report(&OPEN_AUTHORIZATION_CONFIGURATION, authorizers, message)
                .severity(Severity::Low)
                .help("have Node and RBAC in the chain")
                .fix_append(
                    "add it to the chain",
                    authorizers,
                    json!({"type": wanted, "name": wanted.to_ascii_lowercase()}),
                );
        }
    }
}

fn judge_webhook<'s>(cx: &mut ConfigurationCx<'s>, authorizer: Node<'s>) {
    let policy = authorizer.at(&["webhook", "failurePolicy"]);
    if let Some(node) = policy.filter(|policy| policy.as_str() == Some("NoOpinion")) {
        let name = authorizer.str_at(&["name"]).unwrap_or_default();
        let message = format!("what webhook `{name}` refuses is allowed when it does not answer");
        cx.report(&OPEN_AUTHORIZATION_CONFIGURATION, node, message)
            .severity(Severity::Medium)
            .help("set `failurePolicy: Deny`, and narrow it by `matchConditions`")
            .fix_replace("refuse when the webhook does not answer", node, "Deny");
    }
}
