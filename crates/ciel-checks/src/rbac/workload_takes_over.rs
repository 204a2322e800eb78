use ciel_rbac::PowerSet;

use super::{takeover, workload_is_admin::WORKLOAD_IS_ADMIN};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads that mount the token of a service account which can make the cluster its own: in the whole cluster
    /// or in kube-system it reads Secrets, asks for tokens, runs, enters or changes pods, acts as others, binds or
    /// escalates roles, approves certificates, reaches kubelets or writes admission webhooks.
    ///
    /// ## Why is this bad?
    /// A hole in the application is then a hole in the cluster: the token lies in its pods.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// spec:
    ///   template:
    ///     spec:
    ///       serviceAccountName: reads-all-secrets
    /// ```
    ///
    /// ## Use instead
    /// A role with the objects that the workload uses, bound in its namespace.
    ///
    /// ## Exceptions
    /// Pods that mount no token. With the default profile the checks of roles and bindings tell it, and name the
    /// workloads in `related`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks>
    pub static WORKLOAD_TAKES_OVER = {
        code: "RBAC036",
        name: "workload-takes-over",
        severity: High,
        severity_reason: "tools say medium to critical; the findings on the roles say how bad each right is",
        since: "0.1.0",
        summary: "workload's service account can take the cluster over",
        profile: All,
        run: Pod(workload_takes_over),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1078"), ms("MS-TA9016"),
        ],
        aliases: [kubescape("C-0267")],
    }
}

fn workload_takes_over(cx: &mut PodCx<'_>) {
    let rbac = cx.analyses().rbac();
    let Some((reach, binding)) = takeover::reach(rbac, cx.workload) else {
        return;
    };
    let is_told = reach.is_admin && cx.options().selects(&WORKLOAD_IS_ADMIN.check);
    if !reach.takes_over() || is_told {
        return;
    }
    let powers = reach.powers.intersection(PowerSet::TAKEOVER);
    let what = format!(
        "which can take the cluster over: {}",
        takeover::words(powers)
    );
    takeover::report(cx, &WORKLOAD_TAKES_OVER, binding, &what);
}
