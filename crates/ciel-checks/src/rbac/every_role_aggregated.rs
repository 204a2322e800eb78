use ciel_core::Severity;
use ciel_yaml::Node;

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds ClusterRoles that gather the rules of all others: a selector of `aggregationRule` without labels, and one
    /// for the label that all of Kubernetes' own roles carry (`kubernetes.io/bootstrapping`).
    ///
    /// ## Why is this bad?
    /// `cluster-admin` is a ClusterRole like any other: its rules are gathered, too, and whoever holds the gathering role
    /// is a cluster administrator. Rules of operators that are installed later come by themselves.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///   - matchLabels: {}
    /// ```
    ///
    /// ## Use instead
    /// A label of its own for the roles that are meant:
    /// ```yaml
    /// kind: ClusterRole
    /// aggregationRule:
    ///   clusterRoleSelectors:
    ///   - matchLabels:
    ///       example.org/aggregate-to-auditors: "true"
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles>
    pub static EVERY_ROLE_AGGREGATED = {
        code: "RBAC050",
        name: "every-role-aggregated",
        severity: High,
        since: "0.1.0",
        summary: "ClusterRole gathers the rules of every other",
        run: Object(&[("rbac.authorization.k8s.io", "ClusterRole")], every_role_aggregated),
        frameworks: [cis("5.1.3"), owasp2022("K03"), owasp2025("K02")],
        aliases: [],
    }
}

const BOOTSTRAPPING: &str = "kubernetes.io/bootstrapping";

fn every_role_aggregated(cx: &mut ObjectCx<'_>) {
    let selectors = cx
        .object
        .root()
        .at(&["aggregationRule", "clusterRoleSelectors"]);
    for selector in selectors.into_iter().flat_map(Node::items) {
        let labels = selector
            .get("matchLabels")
            .filter(|labels| !labels.is_empty());
        let expressions = selector
            .get("matchExpressions")
            .filter(|expressions| !expressions.is_empty());
        let message = match (labels, expressions) {
            (None, None) => {
                "role gathers the rules of every ClusterRole, `cluster-admin` among them"
            }
            (Some(labels), None) if is_bootstrapping_only(labels) => {
                "role gathers the rules of all of Kubernetes' own ClusterRoles, `cluster-admin` among them"
            }
            _ => continue,
        };
        cx.report(&EVERY_ROLE_AGGREGATED, selector, message)
            .severity(Severity::High)
            .help("select the roles that are meant by a label of your own");
    }
}

fn is_bootstrapping_only(labels: Node<'_>) -> bool {
    labels.entries().all(|(key, value)| {
        key.scalar_text() == BOOTSTRAPPING && value.scalar_text() == "rbac-defaults"
    })
}
