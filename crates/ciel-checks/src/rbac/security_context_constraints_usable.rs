use ciel_core::Severity;
use ciel_yaml::Node;

use super::ROLES;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds roles that allow to use OpenShift's security context constraints beyond the restricted ones: all of them, or
    /// `privileged`, `anyuid`, `hostaccess`, `hostmount-anyuid`, `hostnetwork`, `node-exporter` by name.
    ///
    /// ## Why is this bad?
    /// Whoever holds the role runs pods that the named constraints admit. With `privileged` that is root on every node.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Role
    /// rules:
    /// - apiGroups: [security.openshift.io]
    ///   resources: [securitycontextconstraints]
    ///   resourceNames: [privileged]
    ///   verbs: [use]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// rules:
    /// - apiGroups: [security.openshift.io]
    ///   resources: [securitycontextconstraints]
    ///   resourceNames: [restricted-v2]
    ///   verbs: [use]
    /// ```
    ///
    /// ## Exceptions
    /// OpenShift's own roles (`system:openshift:scc:…`). Rules with `*` for verbs or resources are `wildcard-role`'s.
    ///
    /// ## References
    /// - <https://docs.redhat.com/en/documentation/openshift_container_platform/4.16/html/authentication_and_authorization/managing-pod-security-policies>
    pub static SECURITY_CONTEXT_CONSTRAINTS_USABLE = {
        code: "RBAC052",
        name: "security-context-constraints-usable",
        severity: High,
        severity_reason: "medium for those that do not give root on the node by themselves",
        since: "0.1.0",
        summary: "role may run pods under weak constraints of OpenShift",
        run: Object(ROLES, security_context_constraints_usable),
        frameworks: [nsa("pod-security"), owasp2022("K03"), owasp2025("K02")],
        aliases: [],
    }
}

/// Constraints that come with OpenShift and admit what the restricted ones do not.
const WEAK: [(&str, Severity); 7] = [
    ("privileged", Severity::High),
    ("hostaccess", Severity::High),
    ("hostmount-anyuid", Severity::High),
    ("node-exporter", Severity::High),
    ("hostnetwork", Severity::Medium),
    ("hostnetwork-v2", Severity::Medium),
    ("anyuid", Severity::Medium),
];

fn items<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn security_context_constraints_usable(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.name().starts_with("system:") {
        return;
    }
    for rule in items(object.root(), "rules") {
        let has =
            |key, words: &[&str]| items(rule, key).any(|item| words.contains(&item.scalar_text()));
        let is_about = has("resources", &["securitycontextconstraints"])
            && has("apiGroups", &["security.openshift.io", "*"])
            && has("verbs", &["use"]);
        if !is_about {
            continue;
        }
        let named: Vec<Node<'_>> = items(rule, "resourceNames").collect();
        let worst = named
            .iter()
            .filter_map(|name| {
                let found = WEAK.iter().find(|(weak, _)| *weak == name.scalar_text())?;
                Some((*name, found.1))
            })
            .max_by_key(|(_, severity)| *severity);
        let (node, which, severity) = match worst {
            Some((node, severity)) => (
                node,
                format!("the constraints `{}`", node.scalar_text()),
                severity,
            ),
            None if named.is_empty() => {
                let node = items(rule, "resources").next().unwrap_or(rule);
                (node, "any constraints".to_owned(), Severity::High)
            }
            None => continue,
        };
        let message = format!(
            "{} `{}` allows to run pods under {which}",
            object.kind(),
            object.name()
        );
        cx.report(&SECURITY_CONTEXT_CONSTRAINTS_USABLE, node, message)
            .severity(severity)
            .help("name constraints that admit no more than the pods need");
    }
}
