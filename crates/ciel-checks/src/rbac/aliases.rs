//! What other tools call a finding about a role: of the names of its check those that they would give it.

use ciel_core::{Alias, Check, Tool};
use ciel_rbac::{PolicyRule, Power, RoleKind};

use super::rights::{Granted, Right};

/// The names of a check that other tools give to a finding about a role, and those of other rights that it tells.
pub(super) fn of(
    check: &Check,
    tells: &[&'static Right],
    granted: Granted<'_, '_>,
    rule: &PolicyRule<'_>,
) -> Vec<Alias> {
    let others = tells.iter().flat_map(|right| right.rule.check.aliases);
    let mut aliases: Vec<Alias> = Vec::new();
    for alias in check.aliases.iter().chain(others) {
        if applies(*alias, granted, rule) && !aliases.contains(alias) {
            aliases.push(*alias);
        }
    }
    aliases
}

/// Whether the name stands for what platforms make for themselves.
pub(super) fn is_of_the_platform(name: &str) -> bool {
    name.starts_with("system:") || name == "gce:podsecuritypolicy:calico-sa"
}

/// Whether the tool would give the name to a finding about the rule.
fn applies(alias: Alias, granted: Granted<'_, '_>, rule: &PolicyRule<'_>) -> bool {
    match alias.tool {
        Tool::Polaris => is_of_polaris(alias.id, granted),
        Tool::KubeLinter => is_of_kube_linter(alias.id, granted, rule),
        Tool::Trivy => is_of_trivy(alias.id, granted, rule),
        Tool::Kubescape => is_of_kubescape(alias.id, rule),
        Tool::Kubiscan => is_of_kubiscan(alias.id, rule),
        Tool::Checkov => is_of_checkov(alias.id, granted, rule),
        Tool::RbacPolice => is_of_rbac_police(alias.id, granted, rule),
        _ => true,
    }
}

fn has_any_verb(rule: &PolicyRule<'_>, verbs: &[&str]) -> bool {
    verbs.iter().any(|verb| rule.has_verb(verb))
}

fn has_any_resource(rule: &PolicyRule<'_>, resources: &[&str]) -> bool {
    resources.iter().any(|resource| {
        let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
        rule.has_resource(resource, subresource)
    })
}

fn is_every_verb(rule: &PolicyRule<'_>) -> bool {
    rule.verbs.contains(&"*")
}

fn is_every_resource(rule: &PolicyRule<'_>) -> bool {
    rule.resources.contains(&"*")
}

/// It looks at bindings for some, at ClusterRoles for others.
fn is_of_kube_linter(id: &str, granted: Granted<'_, '_>, rule: &PolicyRule<'_>) -> bool {
    match id {
        "access-to-secrets" => granted.holding.count() > 0,
        "access-to-create-pods" => granted.holding.count() > 0 && rule.has_verb("create"),
        "cluster-wide-secrets-access" => granted.role.kind == RoleKind::ClusterRole,
        "deletecollection-verb-in-role" => rule.verbs.contains(&"deletecollection"),
        "wildcard-resource-verb-combo" => is_every_verb(rule) && is_every_resource(rule),
        _ => true,
    }
}

fn is_of_trivy(id: &str, granted: Granted<'_, '_>, rule: &PolicyRule<'_>) -> bool {
    let is_cluster_role = granted.role.kind == RoleKind::ClusterRole;
    match id {
        "KSV-0044" => is_every_verb(rule) && is_every_resource(rule),
        "KSV-0045" => is_every_verb(rule),
        "KSV-0046" => is_every_resource(rule) && is_cluster_role,
        "KSV-0048" => has_any_resource(rule, &WORKLOADS),
        "KSV-0112" => is_every_resource(rule) && !is_cluster_role,
        "KSV-0113" => !is_cluster_role,
        _ => true,
    }
}

/// Its controls are about fewer verbs and resources than the powers.
fn is_of_kubescape(id: &str, rule: &PolicyRule<'_>) -> bool {
    let has = |resources: &[&str], verbs: &[&str]| {
        has_any_resource(rule, resources) && has_any_verb(rule, verbs)
    };
    match id {
        "C-0035" | "C-0187" => is_every_verb(rule) && is_every_resource(rule),
        "C-0002" => has(&["pods/exec"], &["create"]),
        "C-0007" => {
            has_any_resource(rule, &WORKLOADS) || has_any_resource(rule, &["secrets", "services"])
        }
        "C-0031" => has_any_resource(rule, &["events"]),
        "C-0037" => has_any_verb(rule, &["update", "patch"]),
        "C-0063" => rule.has_verb("create"),
        "C-0065" => has_any_resource(rule, &["users", "groups", "serviceaccounts"]),
        "C-0188" => has(&["pods"], &["create"]),
        "C-0191" => has_any_resource(
            rule,
            &[
                "roles",
                "clusterroles",
                "users",
                "groups",
                "serviceaccounts",
            ],
        ),
        "C-0280" => has_any_resource(rule, &["certificatesigningrequests/approval"]),
        "C-0281" => has(
            &[
                "mutatingwebhookconfigurations",
                "validatingwebhookconfigurations",
            ],
            &["create", "update", "patch"],
        ),
        _ => true,
    }
}

/// `risky-any-verb-RESOURCE`, `risky-any-resource-VERB`, `risky-VERB-RESOURCE`.
fn is_of_kubiscan(id: &str, rule: &PolicyRule<'_>) -> bool {
    let id = id.trim_start_matches("risky-");
    if id == "any-verb" {
        return is_every_verb(rule) && is_every_resource(rule);
    }
    if let Some(resource) = id.strip_prefix("any-verb-") {
        return is_every_verb(rule) && rule.has_resource(resource, "");
    }
    if id.starts_with("any-resource-") {
        return is_every_resource(rule);
    }
    match id.split_once('-') {
        Some((verb @ ("create" | "update"), "pod")) => {
            rule.has_verb(verb) && rule.has_resource("pods", "")
        }
        Some((verb @ ("create" | "update"), resource)) if WORKLOADS.contains(&resource) => {
            rule.has_verb(verb) && rule.has_resource(resource, "")
        }
        Some(("exec", "pods")) => rule.has_resource("pods", "exec"),
        Some(("attach", "pods")) => rule.has_resource("pods", "attach"),
        _ => true,
    }
}

fn is_of_checkov(id: &str, granted: Granted<'_, '_>, rule: &PolicyRule<'_>) -> bool {
    let is_cluster_role = granted.role.kind == RoleKind::ClusterRole;
    match id {
        "CKV_K8S_155" => is_cluster_role,
        "CKV_K8S_156" => {
            is_cluster_role && granted.is_whole(Power::ApproveCertificates) == Some(true)
        }
        // It looks for `bind` on bindings, where Kubernetes does not.
        "CKV_K8S_157" => has_any_resource(rule, &["rolebindings", "clusterrolebindings"]),
        "CKV_K8S_158" => has_any_resource(rule, &["roles", "clusterroles"]),
        _ => true,
    }
}

fn is_of_rbac_police(id: &str, granted: Granted<'_, '_>, rule: &PolicyRule<'_>) -> bool {
    match id {
        "steal_pods" => granted.is_whole(Power::WriteNodes) == Some(true),
        "modify_node_status" => rule.has_resource("nodes", "status"),
        "modify_pod_status" => rule.has_resource("pods", "status"),
        _ => true,
    }
}

/// Pods, and what makes them.
const WORKLOADS: [&str; 8] = [
    "pods",
    "deployments",
    "daemonsets",
    "statefulsets",
    "replicasets",
    "replicationcontrollers",
    "jobs",
    "cronjobs",
];

/// Polaris has five names for one right, by the kinds of the role and the binding.
fn is_of_polaris(id: &str, granted: Granted<'_, '_>) -> bool {
    let kind = granted.role.kind;
    let is_own = !is_of_the_platform(granted.role.name);
    let is_bound = |is_cluster_wide: bool| {
        let mut bindings = granted.rbac.bindings_in(granted.holding);
        bindings.any(|binding| {
            binding.is_cluster_wide() == is_cluster_wide
                && !is_of_the_platform(binding.object.name())
        })
    };
    match id {
        "clusterrolePodExecAttach" => kind == RoleKind::ClusterRole && is_own,
        "rolePodExecAttach" => kind == RoleKind::Role && is_own,
        "clusterrolebindingPodExecAttach" => is_bound(true),
        "rolebindingClusterRolePodExecAttach" => kind == RoleKind::ClusterRole && is_bound(false),
        "rolebindingRolePodExecAttach" => kind == RoleKind::Role && is_bound(false),
        _ => true,
    }
}
