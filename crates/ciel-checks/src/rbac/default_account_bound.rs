use ciel_core::Severity;
use ciel_rbac::{Binding, PolicyRule, Rbac, SubjectKind};

use super::{BINDINGS, relate_workloads, scope_of, workloads_of};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings whose subject is the service account `default` of a namespace.
    ///
    /// ## Why is this bad?
    /// Every pod that names no service account runs as `default`, and has its token mounted unless somebody turned that
    /// off. What is bound to it is bound to all of them, those of next year among them.
    ///
    /// ## Example
    /// ```yaml
    /// kind: RoleBinding
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: default
    ///   namespace: shop
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: deployer
    ///   namespace: shop
    /// ```
    ///
    /// ## Exceptions
    /// Bindings that the API server made (`kubernetes.io/bootstrapping: rbac-defaults`).
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts>
    pub static DEFAULT_ACCOUNT_BOUND = {
        code: "RBAC005",
        name: "default-account-bound",
        severity: Medium,
        severity_reason: "tools say medium; high where it is the account of the whole cluster, through a ClusterRoleBinding; low where the role only reads what leads no further",
        since: "0.1.0",
        summary: "the default service account holds a role",
        run: Object(BINDINGS, default_account_bound),
        frameworks: [
            cis("5.1.5"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
        ],
        aliases: [
            kubescape("C-0189"), kubescape("C-0225"), kubescape("C-0239"), checkov("CKV_K8S_42"), popeye("POP-308"), kube_bench("5.1.5"),
            kics("1e749bc9-fde8-471c-af0c-8254efd2dee5"),
        ],
    }
}

fn default_account_bound(cx: &mut ObjectCx<'_>) {
    if cx.object.view().label("kubernetes.io/bootstrapping") == Some("rbac-defaults") {
        return;
    }
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    for subject in &binding.subjects {
        let SubjectKind::ServiceAccount(namespace, "default") = subject.kind else {
            continue;
        };
        let message = format!(
            "service account `default` of namespace `{namespace}` holds `{}` {}",
            binding.role_name,
            scope_of(binding)
        );
        let severity = if is_weak(rbac, binding) {
            Severity::Low
        } else if binding.is_cluster_wide() {
            Severity::High
        } else {
            Severity::Medium
        };
        let report = cx
            .report(&DEFAULT_ACCOUNT_BOUND, subject.node, message)
            .help("make a service account for the workload that needs it, and bind that")
            .severity(severity);
        relate_workloads(report, &[workloads_of(rbac, subject)]);
    }
}

/// Whether the role is known, only reads or names PodSecurityPolicies (which are no more), and is good for nothing that
/// leads further.
fn is_weak(rbac: &Rbac<'_>, binding: &Binding<'_>) -> bool {
    let Some(id) = rbac.role_id_of(binding) else {
        return false;
    };
    let is_weak = |rule: &PolicyRule<'_>| {
        let is_policy = rule.resources == ["podsecuritypolicies"];
        let mut verbs = rule.verbs.iter();
        is_policy || verbs.all(|verb| matches!(*verb, "get" | "list" | "watch"))
    };
    let role = rbac.role_of(binding);
    rbac.powers(id).is_empty() && role.is_some_and(|role| rbac.rules(role).all(is_weak))
}
