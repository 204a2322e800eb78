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
    let is_cluster_role = granted.role.kind == RoleKind::ClusterRole;
    let has_any = |words: &[&str], any: &[&str]| words.iter().any(|word| any.contains(word));
    let every_verb = rule.verbs.contains(&"*");
    let every_resource = rule.resources.contains(&"*");
    match (alias.tool, alias.id) {
        (Tool::Polaris, id) => is_of_polaris(id, granted),
        // It looks at bindings.
        (Tool::KubeLinter, "access-to-secrets" | "access-to-create-pods") => {
            granted.holding.count() > 0
        }
        (Tool::KubeLinter, "wildcard-resource-verb-combo") => every_verb && every_resource,
        (Tool::KubeLinter, "cluster-wide-secrets-access") => is_cluster_role,
        (Tool::KubeLinter, "deletecollection-verb-in-role") => {
            rule.verbs.contains(&"deletecollection")
        }
        (Tool::Trivy, "KSV-0044") => every_verb && every_resource,
        (Tool::Trivy, "KSV-0045") => every_verb,
        (Tool::Trivy, "KSV-0046") => every_resource && is_cluster_role,
        (Tool::Trivy, "KSV-0112") => every_resource && !is_cluster_role,
        (Tool::Trivy, "KSV-0113") => !is_cluster_role,
        (Tool::Kubescape, "C-0035" | "C-0187") => every_verb && every_resource,
        (Tool::Kubiscan, "risky-any-verb") => every_verb && every_resource,
        (Tool::Kubiscan, id) if id.starts_with("risky-any-verb-") => {
            let resource = id.trim_start_matches("risky-any-verb-");
            every_verb && rule.has_resource(resource, "")
        }
        (Tool::Kubiscan, id) if id.starts_with("risky-any-resource-") => every_resource,
        (Tool::Checkov, "CKV_K8S_155") => is_cluster_role,
        (Tool::Checkov, "CKV_K8S_156") => {
            is_cluster_role && granted.is_whole(Power::ApproveCertificates) == Some(true)
        }
        // Checkov looks for `bind` on bindings, where Kubernetes does not.
        (Tool::Checkov, "CKV_K8S_157") => has_any(
            &rule.resources,
            &["*", "rolebindings", "clusterrolebindings"],
        ),
        (Tool::RbacPolice, "steal_pods") => granted.is_whole(Power::WriteNodes) == Some(true),
        (Tool::RbacPolice, "modify_node_status") => rule.has_resource("nodes", "status"),
        (Tool::RbacPolice, "modify_pod_status") => rule.has_resource("pods", "status"),
        _ => true,
    }
}

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
