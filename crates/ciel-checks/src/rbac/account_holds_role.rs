use ciel_core::Severity;
use ciel_rbac::SubjectKind;

use super::{BINDINGS, aliases::is_of_the_platform, relate_workloads, scope_of, workloads_of};
use crate::{ObjectCx, declare_check, pod::has_token};

declare_check! {
    /// ## What it does
    /// Lists the roles that service accounts hold, with the workloads that mount their tokens.
    ///
    /// ## Why is this bad?
    /// It is what roles are for. But whoever gets into a pod that mounts the token has these rights: the list says where
    /// to look first.
    ///
    /// ## Example
    /// ```yaml
    /// kind: RoleBinding
    /// roleRef:
    ///   kind: Role
    ///   name: web
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: web
    /// ```
    ///
    /// ## Use instead
    /// Nothing, where the workload uses what the role allows; else no binding, and `automountServiceAccountToken: false`.
    ///
    /// ## Exceptions
    /// Bindings named `system:…`, and accounts of kube-system.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/service-accounts/>
    pub static ACCOUNT_HOLDS_ROLE = {
        code: "RBAC038",
        name: "account-holds-role",
        severity: Info,
        severity_reason: "Kubescape says medium; it is an inventory, low where a workload here mounts the token. What is wrong with a role is said by the checks of roles",
        since: "0.1.0",
        summary: "service account holds a role",
        profile: All,
        run: Object(BINDINGS, account_holds_role),
        frameworks: [nsa("authentication-authorization"), mitre("T1528"), ms("MS-TA9016")],
        aliases: [kubescape("C-0053"), kube_hunter("KHV050")],
    }
}

fn account_holds_role(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    if is_of_the_platform(binding.object.name()) {
        return;
    }
    for subject in &binding.subjects {
        let SubjectKind::ServiceAccount(namespace, _) = subject.kind else {
            continue;
        };
        if namespace == "kube-system" {
            continue;
        }
        let workloads = workloads_of(rbac, subject);
        let severity = if workloads.iter().any(has_token) {
            Severity::Low
        } else {
            Severity::Info
        };
        let message = format!(
            "{} holds `{}` {}",
            subject.display(),
            binding.role_name,
            scope_of(binding)
        );
        let report = cx
            .report(&ACCOUNT_HOLDS_ROLE, subject.node, message)
            .help("take the binding away if no workload uses what the role allows")
            .severity(severity);
        relate_workloads(report, &[workloads]);
    }
}
