use ciel_core::ImageName;
use ciel_rbac::{Binding, Rbac, SubjectKind};

use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads other than the Kubernetes dashboard that run as its service account `kubernetes-dashboard`, and
    /// bindings that give its role `kubernetes-dashboard` to others.
    ///
    /// ## Why is this bad?
    /// The dashboard's account is often given more rights than its chart gives it, so that people see more; whoever
    /// shares it gets them all. Its own role reads and changes the Secrets by which the dashboard signs its sessions.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       serviceAccountName: kubernetes-dashboard
    ///       containers:
    ///       - image: shop/web:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       serviceAccountName: web
    /// ```
    ///
    /// ## Exceptions
    /// The dashboard itself and the scraper of metrics that is deployed with it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/>
    pub static DASHBOARD_RIGHTS_SHARED = {
        code: "RBAC006",
        name: "dashboard-rights-shared",
        severity: Medium,
        since: "0.1.0",
        summary: "others hold the rights of the Kubernetes dashboard",
        run: AnyObject(dashboard_rights_shared),
        frameworks: [nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02")],
        aliases: [kubescape("C-0014")],
    }
}

const DASHBOARD: &str = "kubernetes-dashboard";

fn dashboard_rights_shared(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if matches!(object.kind(), "RoleBinding" | "ClusterRoleBinding") {
        let rbac = cx.analyses().rbac();
        if let Some(binding) = rbac
            .binding(object)
            .filter(|own| own.role_name == DASHBOARD)
        {
            bound_to_others(cx, rbac, binding);
        }
        return;
    }
    if object.owner().is_some() {
        return;
    }
    for workload in object.workloads() {
        let spec = workload.spec();
        let Some(account) = spec
            .service_account()
            .filter(|account| account.as_str() == Some(DASHBOARD))
        else {
            continue;
        };
        let is_dashboard = spec.containers().iter().any(|container| {
            let image = ImageName::parse(container.image().unwrap_or_default());
            image.repository.contains("dashboard") || image.base().contains("scraper")
        });
        if !is_dashboard {
            cx.report(
                &DASHBOARD_RIGHTS_SHARED,
                account,
                "runs as the service account of the Kubernetes dashboard",
            )
            .help("make a service account of its own for it");
        }
    }
}

fn bound_to_others<'s>(cx: &mut ObjectCx<'s>, rbac: &Rbac<'_>, binding: &Binding<'s>) {
    for subject in &binding.subjects {
        let is_dashboard = matches!(
            subject.kind,
            SubjectKind::ServiceAccount(_, name) if name.starts_with(DASHBOARD)
        );
        if is_dashboard {
            continue;
        }
        let message = format!("{} holds the dashboard's role", subject.display());
        let report = cx
            .report(&DASHBOARD_RIGHTS_SHARED, subject.node, message)
            .help("bind a role that says what they need, as `view`");
        if let Some(role) = rbac.role_of(binding).and_then(|role| role.object) {
            report.related(role, role.root(), "the role");
        }
    }
}
