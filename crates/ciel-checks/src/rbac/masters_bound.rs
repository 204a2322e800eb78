use ciel_rbac::SubjectKind;

use super::{BINDINGS, aliases::is_of_the_platform};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings for the group `system:masters`.
    ///
    /// ## Why is this bad?
    /// The API server lets members of that group do everything before any role is asked, and nothing takes it from them
    /// but a new certificate authority. So a binding for it gives nothing, and shows that somebody's certificates or
    /// tokens are made out to the group: whoever has one of them is beyond all roles, for as long as it is valid.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// subjects:
    /// - kind: Group
    ///   name: system:masters
    /// ```
    ///
    /// ## Use instead
    /// A group of your own for those who run the cluster, as kubeadm does since 1.29.
    /// ```yaml
    /// subjects:
    /// - kind: Group
    ///   name: cluster-operators
    /// ```
    ///
    /// ## Exceptions
    /// The binding `cluster-admin` that the API server makes for itself, and bindings named `system:…`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege>
    pub static MASTERS_BOUND = {
        code: "RBAC035",
        name: "masters-bound",
        severity: Medium,
        severity_reason: "tools say critical; the binding itself gives nothing, it shows that the group is in use",
        since: "0.1.0",
        summary: "the group system:masters is bound to a role",
        run: Object(BINDINGS, masters_bound),
        frameworks: [
            cis("5.1.7"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
        ],
        aliases: [kubescape("C-0246"), trivy("KSV-0123"), kube_bench("5.1.7")],
    }
}

fn masters_bound(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    let name = binding.object.name();
    let is_default = name == "cluster-admin"
        && binding.role_name == "cluster-admin"
        && binding.is_cluster_wide();
    if is_default || is_of_the_platform(name) {
        return;
    }
    for subject in &binding.subjects {
        if subject.kind == SubjectKind::Group("system:masters") {
            let message = format!(
                "group `system:masters` is bound to `{}`, though it may do everything without any role",
                binding.role_name
            );
            cx.report(&MASTERS_BOUND, subject.node, message)
                .help("make a group for those who run the cluster, and replace credentials of `system:masters`")
                .fix_remove("remove the subject", subject.node);
        }
    }
}
