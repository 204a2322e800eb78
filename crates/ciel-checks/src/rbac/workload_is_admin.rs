use ciel_core::Severity;

use super::{takeover, workload_takes_over::WORKLOAD_TAKES_OVER};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads that mount the token of a service account with cluster-admin, or with every verb on every resource
    /// of the core group (which is enough for all the rest), in the whole cluster or in kube-system.
    ///
    /// ## Why is this bad?
    /// A hole in the application is then the cluster: the token lies in its pods.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       serviceAccountName: cluster-admin-of-the-shop
    /// ```
    ///
    /// ## Use instead
    /// A role with the objects that the workload uses, bound in its namespace.
    ///
    /// ## Exceptions
    /// Pods that mount no token. With the default profile cluster-admin-bound and wildcard-role tell it, and name the
    /// workloads in `related`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege>
    pub static WORKLOAD_IS_ADMIN = {
        code: "RBAC043",
        name: "workload-is-admin",
        severity: Critical,
        severity_reason: "tools say medium to critical; nothing is left to win for whoever takes the workload over",
        since: "0.1.0",
        summary: "workload's service account may do everything",
        profile: All,
        run: Pod(workload_is_admin),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1078"), ms("MS-TA9016"),
        ],
        aliases: [kubescape("C-0272")],
    }
}

fn workload_is_admin(cx: &mut PodCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some((reach, binding)) = takeover::reach(rbac, cx.workload) else {
        return;
    };
    if !reach.is_admin {
        return;
    }
    let mut aliases = WORKLOAD_IS_ADMIN.check.aliases.to_vec();
    if cx.options().selects(&WORKLOAD_TAKES_OVER.check) {
        aliases.extend(WORKLOAD_TAKES_OVER.check.aliases);
    }
    let severity = if binding.is_cluster_wide() {
        Severity::Critical
    } else {
        Severity::High
    };
    takeover::report(cx, &WORKLOAD_IS_ADMIN, binding, "which may do everything")
        .severity(severity)
        .aliases(aliases);
}
