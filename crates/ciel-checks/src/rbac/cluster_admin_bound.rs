use ciel_core::{Severity, Tool};
use ciel_rbac::{AccountWorkloads, Binding, Rbac, RoleKind, Subject, SubjectKind};

use super::{BINDINGS, relate_workloads, scope_of, workloads_of};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings to `cluster-admin`, and to any role that equals it: every verb on every resource of every API
    /// group, in one rule or in several, by its own rules or by aggregation. The workloads that run as a bound service
    /// account are named.
    ///
    /// ## Why is this bad?
    /// Whoever holds it owns the cluster: every secret, every node through a privileged pod, every other account by
    /// impersonation. A service account's token lies in each of its pods, so a hole in the application is enough. At
    /// Tesla (2018) the Kubernetes dashboard stood open and its account could do everything; the RBAC Buster campaign
    /// (2023) made itself a service account with such a role to stay.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: cluster-admin
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: dashboard
    ///   namespace: dashboard
    /// ```
    ///
    /// ## Use instead
    /// A role with the verbs and resources that the workload uses, bound in the namespaces where it works.
    /// ```yaml
    /// kind: RoleBinding
    /// roleRef:
    ///   kind: Role
    ///   name: dashboard-reader
    /// ```
    ///
    /// ## Exceptions
    /// Bindings of the platform are left alone: whatever is for `system:masters` (it may do everything without RBAC),
    /// kubeadm's `kubeadm:cluster-admins`, the users `eks:…` and those of `aks-…` bindings, and bindings named `system:…` or `gce:podsecuritypolicy:calico-sa` whose
    /// subjects are users and groups. A service account is found whatever the binding is called: attackers like names
    /// that begin with `system:`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles>
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://www.aquasec.com/blog/leveraging-kubernetes-rbac-to-backdoor-clusters/>
    pub static CLUSTER_ADMIN_BOUND = {
        code: "RBAC001",
        name: "cluster-admin-bound",
        severity: High,
        severity_reason: "tools say medium to critical; critical where a workload holds it for the whole cluster, since the token is in its pods; medium where it ends at the borders of a namespace other than kube-system",
        since: "0.1.0",
        summary: "cluster-admin, or a role equal to it, is bound",
        run: Object(BINDINGS, cluster_admin_bound),
        frameworks: [
            cis("5.1.1"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1098.006"), ms("MS-TA9019"),
        ],
        aliases: [
            kubescape("C-0035"), kubescape("C-0185"), trivy("KSV-0111"),
            kube_linter("cluster-admin-role-binding"), polaris("clusterrolebindingClusterAdmin"),
            polaris("rolebindingClusterAdminClusterRole"), polaris("rolebindingClusterAdminRole"),
            kube_bench("5.1.1"), rbac_police("cluster_admin"),
            kics("249328b8-5f0f-409f-b1dd-029f07882e11"),
        ],
    }
}

fn cluster_admin_bound(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    let Some(what) = what_is_bound(rbac, binding) else {
        return;
    };
    let holders: Vec<&Subject<'_>> = binding
        .subjects
        .iter()
        .filter(|subject| !is_of_the_platform(binding, subject))
        .collect();
    let Some(worst) = holders
        .iter()
        .max_by_key(|subject| (rank(rbac, subject), std::cmp::Reverse(subject.node.id())))
    else {
        return;
    };
    let workloads: Vec<AccountWorkloads<'_, '_>> = holders
        .iter()
        .map(|subject| workloads_of(rbac, subject))
        .filter(|workloads| !workloads.is_empty())
        .collect();
    let message = message(binding, &what, worst, &holders, &workloads);
    let role = rbac.role_of(binding).and_then(|role| role.object);
    let report = cx
        .report(&CLUSTER_ADMIN_BOUND, binding.role_ref, message)
        .help("bind a role with the verbs and resources that are used, in the namespaces where they are used")
        .severity(severity(binding, worst, &workloads))
        .evidence("subjects", holders.iter().map(|subject| subject.display()).collect::<Vec<_>>());
    let report = match role {
        Some(role) => report.related(
            role,
            role.root().get("rules").unwrap_or(role.root()),
            "allows everything",
        ),
        None => report,
    };
    // That control is about bindings of the whole cluster.
    let report = if binding.is_cluster_wide() {
        report
    } else {
        report.not_called(Tool::Kubescape, &["C-0185"])
    };
    relate_workloads(report, &workloads);
}

/// How messages name the bound role, if it is cluster-admin or equals it.
fn what_is_bound(rbac: &Rbac<'_>, binding: &Binding<'_>) -> Option<String> {
    if binding.names_cluster_admin() {
        return Some("`cluster-admin`".to_owned());
    }
    let role = rbac.role_of(binding)?;
    let kind = match role.kind {
        RoleKind::Role => "Role",
        RoleKind::ClusterRole => "ClusterRole",
    };
    role.is_everything()
        .then(|| format!("{kind} `{}`, which equals cluster-admin,", role.name))
}

fn is_of_the_platform(binding: &Binding<'_>, subject: &Subject<'_>) -> bool {
    let name = binding.object.name();
    match subject.kind {
        SubjectKind::Group("system:masters" | "kubeadm:cluster-admins") => true,
        // Identities of the managed clusters of AWS and Azure, which only the provider can take on.
        SubjectKind::User(user) if user.starts_with("eks:") => true,
        SubjectKind::User("clusterAdmin" | "aks-support") if name.starts_with("aks-") => true,
        _ if subject.is_service_account()
            || subject.is_anonymous()
            || subject.is_authenticated() =>
        {
            false
        }
        _ => name.starts_with("system:") || name == "gce:podsecuritypolicy:calico-sa",
    }
}

fn rank(rbac: &Rbac<'_>, subject: &Subject<'_>) -> u8 {
    match subject.kind {
        _ if subject.is_anonymous() || subject.is_authenticated() => 4,
        SubjectKind::ServiceAccount(..) if !workloads_of(rbac, subject).is_empty() => 3,
        _ if subject.is_service_account() => 2,
        SubjectKind::Group(_) => 1,
        _ => 0,
    }
}

fn severity(
    binding: &Binding<'_>,
    worst: &Subject<'_>,
    workloads: &[AccountWorkloads<'_, '_>],
) -> Severity {
    let is_open = worst.is_anonymous() || worst.is_authenticated();
    match binding.namespace {
        None if is_open || !workloads.is_empty() => Severity::Critical,
        // Pods of kube-system hold the keys of the cluster.
        None | Some("kube-system") => Severity::High,
        Some(_) if is_open => Severity::High,
        Some(_) => Severity::Medium,
    }
}

fn message(
    binding: &Binding<'_>,
    what: &str,
    worst: &Subject<'_>,
    holders: &[&Subject<'_>],
    workloads: &[AccountWorkloads<'_, '_>],
) -> String {
    let mut message = format!("{what} is bound to {}", worst.display());
    match holders.len() {
        1 => {}
        many => message.push_str(&format!(" and {} more", many - 1)),
    }
    message.push(' ');
    message.push_str(&scope_of(binding));
    if let Some(first) = workloads
        .iter()
        .find_map(|workloads| workloads.iter().next())
    {
        let object = first.object;
        message.push_str(&format!(
            ", and {} `{}` runs as it",
            object.kind(),
            object.name()
        ));
    }
    message
}
