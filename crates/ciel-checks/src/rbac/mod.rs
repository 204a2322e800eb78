//! Roles and bindings.

mod anonymous_binding;
mod authenticated_binding;
mod cluster_admin_bound;
mod dashboard_rights_shared;
mod default_account_bound;
mod wildcard_role;

use ciel_rbac::{AccountWorkloads, Binding, Rbac, Subject, SubjectKind};

pub(crate) use default_account_bound::DEFAULT_ACCOUNT_BOUND;

use crate::{Report, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &cluster_admin_bound::CLUSTER_ADMIN_BOUND,
    &wildcard_role::WILDCARD_ROLE,
    &anonymous_binding::ANONYMOUS_BINDING,
    &authenticated_binding::AUTHENTICATED_BINDING,
    &DEFAULT_ACCOUNT_BOUND,
    &dashboard_rights_shared::DASHBOARD_RIGHTS_SHARED,
];

/// The kinds that bind.
const BINDINGS: &[(&str, &str)] = &[
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
];

/// Workloads and bindings named in `related` by one finding; evidence has the full number.
const RELATED: usize = 10;

/// The workloads that run as a subject, if it is one service account.
fn workloads_of<'r, 's>(rbac: &'r Rbac<'s>, subject: &Subject<'_>) -> AccountWorkloads<'r, 's> {
    match subject.kind {
        SubjectKind::ServiceAccount(namespace, name) => rbac.workloads_of(namespace, name),
        _ => AccountWorkloads::default(),
    }
}

/// Names the first workloads in a report, with the field that makes them run as the account, and says how many there
/// are.
fn relate_workloads<'f, 's>(
    mut report: Report<'f, 's>,
    workloads: &[AccountWorkloads<'_, '_>],
) -> Report<'f, 's> {
    let all = workloads.iter().flat_map(AccountWorkloads::iter);
    for workload in all.take(RELATED) {
        let spec = workload.spec();
        let node = spec.service_account().unwrap_or(spec.node);
        let message = format!("runs as `{}`", spec.service_account_name());
        report = report.related(workload.object, node, message);
    }
    match workloads.iter().map(AccountWorkloads::len).sum::<usize>() {
        0 => report,
        count => report.evidence("workloads", count),
    }
}

/// Where a binding grants, for messages.
fn scope_of(binding: &Binding<'_>) -> String {
    match binding.namespace {
        None => "in the whole cluster".to_owned(),
        Some(namespace) => format!("in namespace `{namespace}`"),
    }
}
