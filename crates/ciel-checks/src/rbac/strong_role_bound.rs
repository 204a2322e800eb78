use ciel_core::Severity;
use ciel_rbac::{Holder, PowerSet, RoleKind, Subject, SubjectKind, is_default_role};

use super::{
    BINDINGS, aliases::is_of_the_platform, relate_workloads, scope_of, takeover, workloads_of,
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings that give one of the strong roles of Kubernetes (`admin`, `edit`, `system:node`, those of its
    /// controllers) in the whole cluster or in kube-system to a service account, to everybody, or, but for `admin` and
    /// `edit`, to anyone whom the role is not made for. cluster-admin has a check of its own.
    ///
    /// ## Why is this bad?
    /// `edit` sounds like less than cluster-admin. In the whole cluster it is the same in two steps: it reads every Secret
    /// and runs pods as every service account, among them those that may do everything.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: ci
    ///   namespace: ci
    /// ```
    ///
    /// ## Use instead
    /// The same role in the namespaces where it is used.
    /// ```yaml
    /// kind: RoleBinding
    /// metadata:
    ///   namespace: shop
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// ```
    ///
    /// ## Exceptions
    /// Bindings named `system:…` for identities of the platform (users and groups `system:…`, accounts of kube-system),
    /// and groups of people who hold `admin` or `edit`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles>
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static STRONG_ROLE_BOUND = {
        code: "RBAC042",
        name: "strong-role-bound",
        severity: High,
        severity_reason: "as for rights of roles of one's own that lead as far; critical where everybody holds it",
        since: "0.1.0",
        summary: "a strong role of Kubernetes is bound in the whole cluster",
        run: Object(BINDINGS, strong_role_bound),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1098.006"), ms("MS-TA9019"),
        ],
        aliases: [],
    }
}

fn strong_role_bound(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    let name = binding.role_name;
    let is_wide = matches!(binding.namespace, None | Some("kube-system"));
    let is_default = binding.role_kind == RoleKind::ClusterRole
        && is_default_role(name)
        && name != "cluster-admin";
    if !is_wide || !is_default {
        return;
    }
    let Some(id) = rbac.role_id_of(binding) else {
        return;
    };
    let dangerous = if binding.is_cluster_wide() {
        PowerSet::TAKEOVER
    } else {
        PowerSet::IN_NAMESPACES
    };
    let powers = rbac.powers(id).intersection(dangerous);
    if powers.is_empty() {
        return;
    }
    let is_for_people = matches!(name, "admin" | "edit");
    let is_named_so = is_of_the_platform(binding.object.name());
    for subject in &binding.subjects {
        let holder = rbac.holder(subject);
        if is_platform(subject) && (is_named_so || !is_for_people)
            || holder == Holder::Person && is_for_people
        {
            continue;
        }
        let message = format!(
            "{} holds `{name}` {}: {}",
            subject.display(),
            scope_of(binding),
            takeover::words(powers)
        );
        let severity = if holder == Holder::Everybody {
            Severity::Critical
        } else {
            Severity::High
        };
        let report = cx
            .report(&STRONG_ROLE_BOUND, subject.node, message)
            .help("bind it in the namespaces where it is used")
            .severity(severity);
        relate_workloads(report, &[workloads_of(rbac, subject)]);
    }
}

/// Whether Kubernetes or the platform made the identity.
fn is_platform(subject: &Subject<'_>) -> bool {
    match subject.kind {
        SubjectKind::ServiceAccount(namespace, _) => namespace == "kube-system",
        SubjectKind::User(name) | SubjectKind::Group(name) => {
            let is_everybody = subject.is_anonymous() || subject.is_authenticated();
            let is_own = name.starts_with("system:") || name.starts_with("kubeadm:");
            is_own && !is_everybody && !subject.is_service_account()
        }
    }
}
