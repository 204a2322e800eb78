use ciel_core::Severity;
use ciel_rbac::{Binding, PolicyRule, Rbac};

use super::{BINDINGS, scope_of};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds bindings for the group `system:authenticated` that give more than harmless reading.
    ///
    /// ## Why is this bad?
    /// The group is everybody with any credential: each service account, so each pod, and on some clouds every account
    /// of the provider (GKE counts all Google accounts). Who takes over any pod has the role.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRoleBinding
    /// roleRef:
    ///   kind: ClusterRole
    ///   name: edit
    /// subjects:
    /// - kind: Group
    ///   name: system:authenticated
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// subjects:
    /// - kind: Group
    ///   name: developers
    /// ```
    ///
    /// ## Exceptions
    /// Kubernetes' own bindings (`system:basic-user`, `system:discovery`, `system:public-info-viewer`), and roles whose
    /// rules are known and only read what every workload may know: ConfigMaps, Services, namespaces, events, the APIs
    /// themselves.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac#default-roles-groups>
    pub static AUTHENTICATED_BINDING = {
        code: "RBAC004",
        name: "authenticated-binding",
        severity: High,
        severity_reason: "tools say critical; a credential is needed, if any. Critical where it is cluster-admin or writes in the whole cluster",
        since: "0.1.0",
        summary: "everybody with a credential holds a role",
        run: Object(BINDINGS, authenticated_binding),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1098.006"),
        ],
        aliases: [kubescape("C-0265"), trivy("KSV-01011")],
    }
}

fn authenticated_binding(cx: &mut ObjectCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some(binding) = rbac.binding(cx.object) else {
        return;
    };
    let is_of_kubernetes = matches!(
        binding.role_name,
        "system:basic-user" | "system:discovery" | "system:public-info-viewer"
    );
    if is_of_kubernetes || is_harmless(rbac, binding) {
        return;
    }
    let subjects = binding.subjects.iter();
    for subject in subjects.filter(|subject| subject.is_authenticated()) {
        let message = format!(
            "everybody with a credential holds `{}` {}",
            binding.role_name,
            scope_of(binding)
        );
        cx.report(&AUTHENTICATED_BINDING, subject.node, message)
            .help("bind the groups and service accounts that need it")
            .severity(severity(rbac, binding))
            .fix_remove("remove the subject", subject.node);
    }
}

fn severity(rbac: &Rbac<'_>, binding: &Binding<'_>) -> Severity {
    let writes = rbac
        .role_of(binding)
        .is_some_and(|role| rbac.rules(role).any(|rule| !reads_only(rule)));
    match (binding.is_cluster_wide(), writes) {
        (true, true) => Severity::Critical,
        (true, false) | (false, true) => Severity::High,
        (false, false) => Severity::Medium,
    }
}

fn reads_only(rule: &PolicyRule<'_>) -> bool {
    let mut verbs = rule.verbs.iter();
    verbs.all(|verb| matches!(*verb, "get" | "list" | "watch"))
}

/// Whether the role is known and only reads what every workload may know.
fn is_harmless(rbac: &Rbac<'_>, binding: &Binding<'_>) -> bool {
    let is_harmless = |rule: &PolicyRule<'_>| {
        let reviews_itself = rule.verbs == ["create"]
            && rule
                .resources
                .iter()
                .all(|resource| resource.starts_with("selfsubject"));
        let public = |resource: &&str| HARMLESS.contains(resource);
        reviews_itself || (reads_only(rule) && rule.resources.iter().all(public))
    };
    rbac.role_of(binding)
        .is_some_and(|role| rbac.rules(role).all(is_harmless))
}

const HARMLESS: [&str; 18] = [
    "apiservices",
    "componentstatuses",
    "configmaps",
    "csidrivers",
    "customresourcedefinitions",
    "endpoints",
    "endpointslices",
    "events",
    "ingressclasses",
    "leases",
    "limitranges",
    "namespaces",
    "priorityclasses",
    "resourcequotas",
    "runtimeclasses",
    "services",
    "storageclasses",
    "volumeattributesclasses",
];
