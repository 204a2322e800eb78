//! Roles and bindings.

mod account_holds_role;
mod admission_writable;
mod aliases;
mod all_urls_allowed;
mod anonymous_binding;
mod any_role_bindable;
mod apis_writable;
mod authenticated_binding;
mod aws_auth_writable;
mod certificates_approvable;
mod cloud_identity;
mod cluster_admin_bound;
mod config_maps_writable;
mod dangling_binding;
mod dashboard_rights_shared;
mod default_account_bound;
mod ephemeral_containers_addable;
mod escalation_allowed;
mod every_role_aggregated;
mod impersonation_allowed;
mod kubelet_api_reachable;
mod leases_writable;
mod masters_bound;
mod namespaces_writable;
mod network_writable;
mod node_files_readable;
mod node_status_writable;
mod nodes_writable;
mod objects_deletable;
mod persistent_volumes_creatable;
mod pod_exec_allowed;
mod port_forward_allowed;
mod rights;
mod roles_writable;
mod secrets_readable;
mod secrets_writable;
mod security_context_constraints_usable;
mod service_account_tokens_issuable;
mod service_proxy_reachable;
mod service_status_writable;
mod strong_role_bound;
mod takeover;
mod traces_deletable;
mod unused_role;
mod unused_service_account;
mod wildcard_role;
mod workload_is_admin;
mod workload_takes_over;
mod workloads_creatable;

use ciel_rbac::{AccountWorkloads, Binding, Rbac, Subject, SubjectKind};

pub(crate) use default_account_bound::DEFAULT_ACCOUNT_BOUND;

use self::rights::Right;
use crate::{Report, Rule};

pub(crate) const RULES: &[&Rule] = &[
    &cluster_admin_bound::CLUSTER_ADMIN_BOUND,
    &wildcard_role::WILDCARD_ROLE,
    &anonymous_binding::ANONYMOUS_BINDING,
    &authenticated_binding::AUTHENTICATED_BINDING,
    &DEFAULT_ACCOUNT_BOUND,
    &dashboard_rights_shared::DASHBOARD_RIGHTS_SHARED,
    &secrets_readable::SECRETS_READABLE,
    &secrets_writable::SECRETS_WRITABLE,
    &service_account_tokens_issuable::SERVICE_ACCOUNT_TOKENS_ISSUABLE,
    &workloads_creatable::WORKLOADS_CREATABLE,
    &pod_exec_allowed::POD_EXEC_ALLOWED,
    &ephemeral_containers_addable::EPHEMERAL_CONTAINERS_ADDABLE,
    &port_forward_allowed::PORT_FORWARD_ALLOWED,
    &kubelet_api_reachable::KUBELET_API_REACHABLE,
    &service_proxy_reachable::SERVICE_PROXY_REACHABLE,
    &impersonation_allowed::IMPERSONATION_ALLOWED,
    &any_role_bindable::ANY_ROLE_BINDABLE,
    &escalation_allowed::ESCALATION_ALLOWED,
    &roles_writable::ROLES_WRITABLE,
    &certificates_approvable::CERTIFICATES_APPROVABLE,
    &admission_writable::ADMISSION_WRITABLE,
    &persistent_volumes_creatable::PERSISTENT_VOLUMES_CREATABLE,
    &config_maps_writable::CONFIG_MAPS_WRITABLE,
    &aws_auth_writable::AWS_AUTH_WRITABLE,
    &service_status_writable::SERVICE_STATUS_WRITABLE,
    &network_writable::NETWORK_WRITABLE,
    &objects_deletable::OBJECTS_DELETABLE,
    &traces_deletable::TRACES_DELETABLE,
    &node_status_writable::NODE_STATUS_WRITABLE,
    &nodes_writable::NODES_WRITABLE,
    &namespaces_writable::NAMESPACES_WRITABLE,
    &node_files_readable::NODE_FILES_READABLE,
    &apis_writable::APIS_WRITABLE,
    &leases_writable::LEASES_WRITABLE,
    &masters_bound::MASTERS_BOUND,
    &workload_takes_over::WORKLOAD_TAKES_OVER,
    &cloud_identity::CLOUD_IDENTITY,
    &account_holds_role::ACCOUNT_HOLDS_ROLE,
    &dangling_binding::DANGLING_BINDING,
    &unused_role::UNUSED_ROLE,
    &unused_service_account::UNUSED_SERVICE_ACCOUNT,
    &strong_role_bound::STRONG_ROLE_BOUND,
    &workload_is_admin::WORKLOAD_IS_ADMIN,
    &every_role_aggregated::EVERY_ROLE_AGGREGATED,
    &all_urls_allowed::ALL_URLS_ALLOWED,
    &security_context_constraints_usable::SECURITY_CONTEXT_CONSTRAINTS_USABLE,
];

/// The rights that have a check of their own.
static RIGHTS: &[&Right] = &[
    &secrets_readable::RIGHT,
    &secrets_writable::RIGHT,
    &service_account_tokens_issuable::RIGHT,
    &workloads_creatable::RIGHT,
    &pod_exec_allowed::RIGHT,
    &ephemeral_containers_addable::RIGHT,
    &port_forward_allowed::RIGHT,
    &kubelet_api_reachable::RIGHT,
    &service_proxy_reachable::RIGHT,
    &impersonation_allowed::RIGHT,
    &any_role_bindable::RIGHT,
    &escalation_allowed::RIGHT,
    &roles_writable::RIGHT,
    &certificates_approvable::RIGHT,
    &admission_writable::RIGHT,
    &persistent_volumes_creatable::RIGHT,
    &config_maps_writable::RIGHT,
    &aws_auth_writable::RIGHT,
    &service_status_writable::RIGHT,
    &network_writable::RIGHT,
    &objects_deletable::RIGHT,
    &traces_deletable::RIGHT,
    &node_status_writable::RIGHT,
    &nodes_writable::RIGHT,
    &namespaces_writable::RIGHT,
    &node_files_readable::RIGHT,
    &apis_writable::RIGHT,
    &leases_writable::RIGHT,
];

/// The kinds that grant.
const ROLES: &[(&str, &str)] = &[
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("rbac.authorization.k8s.io", "Role"),
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
