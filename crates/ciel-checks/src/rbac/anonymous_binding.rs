use ciel_rbac::Binding;

use super::{BINDINGS, scope_of};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings for `system:anonymous` and `system:unauthenticated`, beyond those that Kubernetes makes itself.
    ///
    /// ## Why is this bad?
    /// Whoever reaches the API server has the role, without any credential. Scanners find such clusters within hours:
    /// the Dero campaign (2023) and RBAC Buster (2023) came in this way and left miners on every node.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: view
    /// subjects:
    /// - kind: User
    ///   name: system:anonymous
    /// ```
    ///
    /// ## Use instead
    /// Give whoever asks an identity: a service account, a certificate, OpenID Connect. For health checks of the API
    /// server `system:public-info-viewer`, which Kubernetes binds itself, is enough.
    /// ```yaml
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: monitoring
    ///   namespace: monitoring
    /// ```
    ///
    /// ## Exceptions
    /// Kubernetes' own: `system:public-info-viewer`, before 1.14 also `system:discovery` and `system:basic-user`;
    /// kubeadm's `kubeadm:bootstrap-signer-clusterinfo`, by which a new node reads `cluster-info` in kube-public.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests>
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static ANONYMOUS_BINDING = {
        code: "RBAC003",
        name: "anonymous-binding",
        severity: Critical,
        since: "0.1.0",
        summary: "anonymous users hold a role",
        run: Object(BINDINGS, anonymous_binding),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1098.006"),
        ],
        aliases: [kubescape("C-0262"), trivy("KSV-0122"), kubesec("BindingsToSystemAnonymous")],
    }
}

fn anonymous_binding(cx: &mut ObjectCx<'_>) {
    let Some(binding) = cx.analyses().rbac().binding(cx.object) else {
        return;
    };
    if is_of_kubernetes(binding) {
        return;
    }
    for subject in binding
        .subjects
        .iter()
        .filter(|subject| subject.is_anonymous())
    {
        let message = format!(
            "anyone without a credential holds `{}` {}",
            binding.role_name,
            scope_of(binding)
        );
        cx.report(&ANONYMOUS_BINDING, subject.node, message)
            .help("remove the subject, and look in the audit log for who has used it")
            .fix_remove("remove the subject", subject.node);
    }
}

/// Whether the binding is one of those that Kubernetes or kubeadm makes.
fn is_of_kubernetes(binding: &Binding<'_>) -> bool {
    if binding.is_cluster_wide() {
        return matches!(
            binding.role_name,
            "system:public-info-viewer" | "system:discovery" | "system:basic-user"
        );
    }
    binding.namespace == Some("kube-public")
        && binding.role_name == "kubeadm:bootstrap-signer-clusterinfo"
}
