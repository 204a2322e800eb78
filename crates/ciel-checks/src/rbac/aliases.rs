//! What other tools call a finding about a role: of the names of its check those that they would give it.

use ciel_core::{Alias, Check, Tool};
use ciel_rbac::{Binding, RoleKind};

use super::rights::{Granted, Right};

/// The names of a check that other tools give to a finding about a role, and those of other rights that it tells.
pub(super) fn of(check: &Check, tells: &[&'static Right], granted: Granted<'_, '_>) -> Vec<Alias> {
    let others = tells.iter().flat_map(|right| right.rule.check.aliases);
    let mut aliases: Vec<Alias> = Vec::new();
    for alias in check.aliases.iter().chain(others) {
        if applies(*alias, granted) && !aliases.contains(alias) {
            aliases.push(*alias);
        }
    }
    aliases
}

/// Whether the name stands for what platforms make for themselves.
pub(super) fn is_of_the_platform(name: &str) -> bool {
    name.starts_with("system:") || name == "gce:podsecuritypolicy:calico-sa"
}

/// Polaris has five names for one right, by the kind of the role and of the binding; kube-linter looks at roles that
/// are bound only; Trivy has names for Roles only.
fn applies(alias: Alias, granted: Granted<'_, '_>) -> bool {
    let kind = granted.role.kind;
    let is_bound_by = |is_kind: fn(&Binding<'_>) -> bool| {
        let mut bindings = granted.rbac.bindings_in(granted.holding);
        bindings.any(|binding| is_kind(binding) && !is_of_the_platform(binding.object.name()))
    };
    match (alias.tool, alias.id) {
        (Tool::Polaris, "clusterrolePodExecAttach") => {
            kind == RoleKind::ClusterRole && !is_of_the_platform(granted.role.name)
        }
        (Tool::Polaris, "rolePodExecAttach") => {
            kind == RoleKind::Role && !is_of_the_platform(granted.role.name)
        }
        (Tool::Polaris, "clusterrolebindingPodExecAttach") => {
            is_bound_by(|binding| binding.is_cluster_wide())
        }
        (Tool::Polaris, "rolebindingClusterRolePodExecAttach") => {
            kind == RoleKind::ClusterRole && is_bound_by(|binding| !binding.is_cluster_wide())
        }
        (Tool::Polaris, "rolebindingRolePodExecAttach") => {
            kind == RoleKind::Role && is_bound_by(|binding| !binding.is_cluster_wide())
        }
        (Tool::KubeLinter, "access-to-secrets" | "access-to-create-pods") => {
            granted.holding.count() > 0
        }
        (Tool::Trivy, "KSV-0112" | "KSV-0113") => kind == RoleKind::Role,
        _ => true,
    }
}
