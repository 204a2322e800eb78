use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules of ClusterRoles for all URLs of the API server that are no resources (`nonResourceURLs: ["*"]`),
    /// where the role may not do everything with every resource as well.
    ///
    /// ## Why is this bad?
    /// Among these URLs are `/logs`, which are files of the control plane's node, `/debug/pprof`, which shows what the API
    /// server is doing, and `/metrics`, with names of resources and users.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - nonResourceURLs: ["*"]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - nonResourceURLs: [/livez, /readyz, /metrics]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Exceptions
    /// `cluster-admin` and its like: what else they allow is worse. Rules of a Role grant no URLs.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources>
    pub static ALL_URLS_ALLOWED = {
        code: "RBAC051",
        name: "all-urls-allowed",
        severity: Low,
        severity_reason: "medium where more than reading is allowed",
        since: "0.1.0",
        summary: "role may use every URL of the API server",
        run: Object(&[("rbac.authorization.k8s.io", "ClusterRole")], all_urls_allowed),
        frameworks: [cis("5.1.3"), owasp2022("K03"), owasp2025("K02")],
        aliases: [],
    }
}

fn items<'s>(node: Node<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    node.get(key).into_iter().flat_map(Node::items)
}

fn has_star(rule: Node<'_>, key: &str) -> bool {
    items(rule, key).any(|item| item.scalar_text() == "*")
}

fn all_urls_allowed(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let root = object.root();
    let rules = || items(root, "rules");
    let urls = rules().find_map(|rule| {
        let all =
            items(rule, "nonResourceURLs").find(|url| matches!(url.scalar_text(), "*" | "/*"));
        all.map(|url| (rule, url))
    });
    let Some((rule, url)) = urls else { return };
    let may_do_everything =
        rules().any(|rule| has_star(rule, "resources") && has_star(rule, "verbs"));
    if may_do_everything || ciel_rbac::is_default_role(object.name()) {
        return;
    }
    let only_reads =
        items(rule, "verbs").all(|verb| matches!(verb.scalar_text(), "get" | "head" | "options"));
    let (does, severity) = if only_reads {
        ("read", Severity::Low)
    } else {
        ("use", Severity::Medium)
    };
    let message = format!(
        "ClusterRole `{}` allows to {does} every URL of the API server",
        object.name()
    );
    cx.report(&ALL_URLS_ALLOWED, url, message)
        .severity(severity)
        .help("name the URLs that are needed, such as `/metrics`");
}
