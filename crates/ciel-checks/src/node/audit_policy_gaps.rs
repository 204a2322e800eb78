use ciel_yaml::Node;
use serde_json::json;

use super::ConfigurationCx;
use super::audit_policy::{POLICY_KINDS, Request, Rule as PolicyRule, rule_for};
use crate::declare_check;

declare_check! {
    /// ## What it does
    /// Finds audit policies that record nothing of reading Secrets and ConfigMaps, of token reviews, of changes to pods
    /// and Deployments, or of exec, port-forward and the proxies to pods and Services. As in the API server, the first
    /// rule that matches a request decides; a request that none matches is not recorded.
    ///
    /// ## Why is this bad?
    /// These are what an intruder uses. Where the log does not show them, nobody sees who did it, nor what is lost.
    ///
    /// ## Example
    /// ```yaml
    /// rules:
    /// - level: None
    ///   verbs: [get, list, watch]
    /// - level: Metadata
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// rules:
    /// - level: None
    ///   users: [system:kube-proxy]
    ///   verbs: [watch]
    /// - level: RequestResponse
    ///   resources:
    ///   - group: ""
    ///     resources: [pods]
    /// - level: Metadata
    /// ```
    ///
    /// ## Exceptions
    /// Rules for some users, namespaces or objects only are passed over: they say nothing about the rest.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy>
    pub static AUDIT_POLICY_GAPS = {
        code: "NODE093",
        name: "audit-policy-gaps",
        severity: Medium,
        since: "0.1.0",
        summary: "audit policy leaves out what break-ins are seen by",
        run: Configuration(POLICY_KINDS, audit_policy_gaps),
        frameworks: [cis("3.2.2"), nsa("audit-logging"), owasp2022("K05"), owasp2025("K10")],
        aliases: [kubescape("C-0161"), kube_bench("3.2.2")],
    }
}

/// What has to be recorded, and how messages name it.
const WATCHED: [(Request, &str); 9] = [
    (Request::new("get", "", "secrets"), "reading Secrets"),
    (Request::new("get", "", "configmaps"), "reading ConfigMaps"),
    (
        Request::new("create", "authentication.k8s.io", "tokenreviews"),
        "token reviews",
    ),
    (Request::new("create", "", "pods"), "changes to pods"),
    (
        Request::new("update", "apps", "deployments"),
        "changes to Deployments",
    ),
    (Request::new("create", "", "pods/exec"), "exec"),
    (
        Request::new("create", "", "pods/portforward"),
        "port-forward",
    ),
    (Request::new("get", "", "pods/proxy"), "the proxy to pods"),
    (
        Request::new("get", "", "services/proxy"),
        "the proxy to Services",
    ),
];

const RECORD: &str = "record what no rule matches";

fn audit_policy_gaps(cx: &mut ConfigurationCx<'_>) {
    let root = cx.root;
    let mut gaps: Vec<(Option<Node<'_>>, Vec<&str>)> = Vec::new();
    for (request, what) in &WATCHED {
        let place = match rule_for(root, request) {
            None => None,
            Some(PolicyRule {
                level: "None",
                node,
            }) => Some(node),
            Some(_) => continue,
        };
        match gaps.iter_mut().find(|(at, _)| *at == place) {
            Some((_, names)) => names.push(what),
            None => gaps.push((place, vec![what])),
        }
    }
    for (place, names) in gaps {
        let names = names.join(", ");
        let message = match place {
            Some(_) => format!("this rule keeps from the audit log: {names}"),
            None => format!("no rule of the audit policy matches: {names}"),
        };
        let rules = root.get("rules").filter(|rules| !rules.is_null());
        let report = match place.or(rules) {
            Some(node) => cx.report(&AUDIT_POLICY_GAPS, node, message),
            None => cx.report_missing(&AUDIT_POLICY_GAPS, root, ".rules", message),
        }
        .help(
            "end the policy with a rule `level: Metadata`, and narrow the rules with `level: None`",
        );
        let last = json!({"level": "Metadata"});
        match (place, rules) {
            (Some(_), _) => {}
            (None, Some(rules)) => drop(report.fix_append(RECORD, rules, last)),
            (None, None) => drop(report.fix_set(RECORD, root, &["rules"], json!([last]))),
        }
    }
}
