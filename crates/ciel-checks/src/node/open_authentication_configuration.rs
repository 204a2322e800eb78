use ciel_core::Severity;
use ciel_yaml::Node;
use serde_json::json;

use super::ConfigurationCx;
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds structured authentication configurations of the API server that let anonymous requests in, other than for
    /// the health endpoints, and such that take users or groups from tokens without a prefix: an empty one, or an
    /// expression that is the claim as it stands. Issuers without TLS are found too.
    ///
    /// ## Why is this bad?
    /// Anonymous requests reach whatever is bound to `system:anonymous` and `system:unauthenticated`, and everything that
    /// a mistake in the API server leaves open. Groups without a prefix let the identity provider, or whoever may name
    /// groups there, hand out `system:masters`.
    ///
    /// ## Example
    /// ```yaml
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: true
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: AuthenticationConfiguration
    /// anonymous:
    ///   enabled: true
    ///   conditions:
    ///   - path: /livez
    ///   - path: /readyz
    ///   - path: /healthz
    /// ```
    ///
    /// ## Exceptions
    /// Expressions that do something with the claim, and rules that validate users, are taken to keep the system's names
    /// out.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-authenticator-configuration>
    pub static OPEN_AUTHENTICATION_CONFIGURATION = {
        code: "NODE100",
        name: "open-authentication-configuration",
        severity: High,
        severity_reason: "medium for conditions that are wider than the health endpoints, and for names without a prefix",
        since: "0.1.0",
        summary: "authentication configuration lets strangers in",
        run: Configuration(&[("apiserver.config.k8s.io", "AuthenticationConfiguration")], open_authentication_configuration),
        frameworks: [cis("1.2.1"), nsa("authentication-authorization"), owasp2022("K06"), owasp2025("K09")],
        aliases: [],
    }
}

/// Paths that say whether the API server is well, and its version.
const HARMLESS: [&str; 4] = ["/livez", "/readyz", "/healthz", "/version"];

fn open_authentication_configuration(cx: &mut ConfigurationCx<'_>) {
    let root = cx.root;
    if let Some(anonymous) = root.get("anonymous") {
        judge_anonymous(cx, anonymous);
    }
    for issuer in root.get("jwt").into_iter().flat_map(Node::items) {
        judge_issuer(cx, issuer);
    }
}

fn judge_anonymous<'s>(cx: &mut ConfigurationCx<'s>, anonymous: Node<'s>) {
    let Some(enabled) = anonymous
        .get("enabled")
        .filter(|node| node.as_bool() == Some(true))
    else {
        return;
    };
    let conditions = anonymous.get("conditions").filter(|list| !list.is_empty());
    let Some(conditions) = conditions else {
        cx.report(
            &OPEN_AUTHENTICATION_CONFIGURATION,
            enabled,
            "API server takes anonymous requests for every path",
        )
        .help("list the health endpoints in `conditions`, or set it to false")
        .fix_set(
            "let strangers ask for its health only",
            anonymous,
            &["conditions"],
            json!([{"path": "/livez"}, {"path": "/readyz"}, {"path": "/healthz"}]),
        );
        return;
    };
    for condition in conditions.items() {
        let Some(path) = condition.get("path") else {
            continue;
        };
        let is_harmless = HARMLESS.iter().any(|known| {
            let rest = path.scalar_text().strip_prefix(known);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if !is_harmless {
            let message = format!(
                "API server takes anonymous requests for `{}`",
                path.scalar_text()
            );
            let report = cx
                .report(&OPEN_AUTHENTICATION_CONFIGURATION, path, message)
                .severity(Severity::Medium)
                .help("leave only the health endpoints");
            // Without any condition every path would be open.
            if conditions.len() > 1 {
                report.fix_remove("open the path no more", condition);
            }
        }
    }
}

fn judge_issuer<'s>(cx: &mut ConfigurationCx<'s>, issuer: Node<'s>) {
    for key in ["url", "discoveryURL"] {
        let url = issuer.at(&["issuer", key]);
        if let Some(url) = url.filter(|url| url.scalar_text().starts_with("http://")) {
            let message = format!("`{key}` of the issuer is not https: the API server refuses it");
            cx.report(&OPEN_AUTHENTICATION_CONFIGURATION, url, message)
                .severity(Severity::Low)
                .help("use the https address of the identity provider");
        }
    }
    let is_validated = issuer
        .get("userValidationRules")
        .is_some_and(|rules| !rules.is_empty());
    if is_validated {
        return;
    }
    for (claim, whom) in [("groups", "groups"), ("username", "users")] {
        let mapping = issuer.at(&["claimMappings", claim]);
        let field = |key| mapping.and_then(|mapping: Node<'s>| mapping.get(key));
        let is_empty = |prefix: &Node<'_>| prefix.as_str() == Some("");
        let expression = || field("expression").filter(|node| is_plain_claim(node.scalar_text()));
        if let Some(node) = field("prefix").filter(is_empty).or_else(expression) {
            let message =
                format!("tokens name {whom} without a prefix, those of the system among them");
            cx.report(&OPEN_AUTHENTICATION_CONFIGURATION, node, message)
                .severity(Severity::Medium)
                .help("set a prefix such as `oidc:`");
        }
    }
}

/// Whether an expression gives a claim as it stands: `claims.groups`, `claims['groups']`.
fn is_plain_claim(expression: &str) -> bool {
    let is_word = |text: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"_-:/.".contains(&byte);
        !text.is_empty() && text.bytes().all(is_part)
    };
    let Some(rest) = expression.trim().strip_prefix("claims") else {
        return false;
    };
    let quoted = |quote: &str| {
        let rest = rest.strip_prefix('[')?.strip_prefix(quote)?;
        rest.strip_suffix(']')?.strip_suffix(quote)
    };
    let name = rest
        .strip_prefix('.')
        .or_else(|| quoted("'"))
        .or_else(|| quoted("\""));
    name.is_some_and(|name| {
        is_word(name) && (rest.starts_with('[') || !name.contains(['.', '-', '/', ':']))
    })
}
