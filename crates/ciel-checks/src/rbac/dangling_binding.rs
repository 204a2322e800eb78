use ciel_core::{Alias, Check, Tool};
use ciel_rbac::{Binding, RoleKind, Subject, SubjectKind};
use ciel_snapshot::Snapshot;

use super::BINDINGS;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings whose role is not there, and bindings for service accounts that are not there. Only where the
    /// input is complete. The roles that Kubernetes makes for itself are taken to be there, as are the accounts `default`
    /// and those of kube-system.
    ///
    /// ## Why is this bad?
    /// The binding does nothing today. Whoever can create the role, or an account of that name in that namespace, decides
    /// what it does tomorrow: rights come back that nobody has looked at since.
    ///
    /// ## Example
    /// ```yaml
    /// kind: RoleBinding
    /// metadata:
    ///   namespace: shop
    /// roleRef:
    ///   kind: Role
    ///   name: deleted-long-ago
    /// ```
    ///
    /// ## Use instead
    /// Delete the binding together with its role or its account.
    ///
    /// ## Exceptions
    /// Roles and accounts without a namespace count in every namespace: a deployment fills it in.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review>
    pub static DANGLING_BINDING = {
        code: "RBAC039",
        name: "dangling-binding",
        severity: Low,
        severity_reason: "tools say low to high (Polaris reports what it cannot judge): nobody gains by it before the role or the account is made",
        since: "0.1.0",
        summary: "binding names a role or a service account that is not there",
        profile: All,
        run: Object(BINDINGS, dangling_binding),
        frameworks: [nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02")],
        aliases: [
            popeye("POP-1300"), polaris("clusterrolebindingPodExecAttach"),
            polaris("rolebindingClusterRolePodExecAttach"), polaris("rolebindingRolePodExecAttach"),
        ],
    }
}

const GROUP: &str = "rbac.authorization.k8s.io";

fn dangling_binding(cx: &mut ObjectCx<'_>) {
    if !cx.is_complete() {
        return;
    }
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    let snapshot = cx.snapshot();
    if rbac.role_of(binding).is_none() && !is_role_without_namespace(snapshot, binding) {
        let kind = match binding.role_kind {
            RoleKind::Role => "Role",
            RoleKind::ClusterRole => "ClusterRole",
        };
        let message = format!("there is no {kind} `{}`", binding.role_name);
        cx.report(&DANGLING_BINDING, binding.role_ref, message)
            .help("delete the binding, or make the role")
            .aliases(aliases(&DANGLING_BINDING.check, binding));
    }
    for subject in &binding.subjects {
        if let Some((namespace, name)) = missing_account(snapshot, subject) {
            let message = format!("there is no service account `{namespace}/{name}`");
            cx.report(&DANGLING_BINDING, subject.node, message)
                .help("remove the subject, or make the account")
                .aliases(vec![Alias {
                    tool: Tool::Popeye,
                    id: "POP-1300",
                }]);
        }
    }
}

fn is_role_without_namespace(snapshot: &Snapshot, binding: &Binding<'_>) -> bool {
    let role = snapshot.find(GROUP, "Role", "", binding.role_name);
    binding.role_kind == RoleKind::Role
        && !binding.is_cluster_wide()
        && role.is_some_and(|role| role.namespace().is_empty())
}

fn missing_account<'s>(snapshot: &Snapshot, subject: &Subject<'s>) -> Option<(&'s str, &'s str)> {
    let SubjectKind::ServiceAccount(namespace, name) = subject.kind else {
        return None;
    };
    if name == "default" || namespace == "kube-system" {
        return None;
    }
    let account = |namespace| snapshot.find("", "ServiceAccount", namespace, name);
    let is_there = account(namespace).is_some()
        || account("").is_some_and(|account| account.namespace().is_empty());
    (!is_there).then_some((namespace, name))
}

/// Polaris names it by the kinds of the binding and the role.
fn aliases(check: &Check, binding: &Binding<'_>) -> Vec<Alias> {
    let polaris = match (binding.is_cluster_wide(), binding.role_kind) {
        (true, _) => "clusterrolebindingPodExecAttach",
        (false, RoleKind::ClusterRole) => "rolebindingClusterRolePodExecAttach",
        (false, RoleKind::Role) => "rolebindingRolePodExecAttach",
    };
    let aliases = check.aliases.iter().copied();
    aliases
        .filter(|alias| alias.tool != Tool::Polaris || alias.id == polaris)
        .collect()
}
