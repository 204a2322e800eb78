use ciel_yaml::Node;
use serde_json::json;

use super::ConfigurationCx;
use super::audit_policy::{POLICY_KINDS, Request, rule_for};
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds audit policies that record Secrets, token reviews or token requests with their contents: `Request` where
    /// the request holds them, `RequestResponse` where the answer does.
    ///
    /// ## Why is this bad?
    /// Every Secret that is written or read stands in the audit log then, in plain text, and logs are read, shipped and
    /// kept by more than may read Secrets.
    ///
    /// ## Example
    /// ```yaml
    /// rules:
    /// - level: RequestResponse
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// rules:
    /// - level: Metadata
    ///   resources:
    ///   - group: ""
    ///     resources: [secrets, configmaps, serviceaccounts/token]
    ///   - group: authentication.k8s.io
    ///     resources: [tokenreviews]
    /// - level: RequestResponse
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy>
    pub static AUDIT_POLICY_LOGS_SECRETS = {
        code: "NODE094",
        name: "audit-policy-logs-secrets",
        severity: Medium,
        since: "0.1.0",
        summary: "audit policy writes the contents of Secrets or tokens to the log",
        run: Configuration(POLICY_KINDS, audit_policy_logs_secrets),
        frameworks: [nsa("audit-logging"), owasp2022("K08"), owasp2025("K03")],
        aliases: [],
    }
}

/// Requests that hold something secret, whether their answer does instead, and how messages name it.
const SECRET: [(Request, bool, &str); 4] = [
    (Request::new("get", "", "secrets"), true, "Secrets"),
    (Request::new("create", "", "secrets"), false, "Secrets"),
    (
        Request::new("create", "", "serviceaccounts/token"),
        true,
        "tokens of service accounts",
    ),
    (
        Request::new("create", "authentication.k8s.io", "tokenreviews"),
        false,
        "tokens under review",
    ),
];

fn audit_policy_logs_secrets(cx: &mut ConfigurationCx<'_>) {
    let root = cx.root;
    let mut found: Vec<(Node<'_>, Vec<&str>)> = Vec::new();
    for (request, in_answer, what) in &SECRET {
        let Some(rule) = rule_for(root, request) else {
            continue;
        };
        let is_logged = match rule.level {
            "RequestResponse" => true,
            "Request" => !in_answer,
            _ => false,
        };
        if !is_logged {
            continue;
        }
        match found.iter_mut().find(|(node, _)| *node == rule.node) {
            Some((_, names)) if names.contains(what) => {}
            Some((_, names)) => names.push(what),
            None => found.push((rule.node, vec![what])),
        }
    }
    for (node, names) in found {
        let message = format!("this rule writes to the audit log: {}", names.join(", "));
        let report = cx
            .report(&AUDIT_POLICY_LOGS_SECRETS, node, message)
            .help("put a rule `level: Metadata` for Secrets and tokens before it");
        if let Some(rules) = root.get("rules") {
            let before = json!({
                "level": "Metadata",
                "resources": [
                    {"group": "", "resources": ["secrets", "serviceaccounts/token"]},
                    {"group": "authentication.k8s.io", "resources": ["tokenreviews"]},
                ],
            });
            report.fix_insert_before(
                "record no contents of Secrets and tokens",
                rules,
                node,
                before,
            );
        }
    }
}
