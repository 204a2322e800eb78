use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow to write Leases in the whole cluster or in kube-system, without `resourceNames`, or with the
    /// names of those of the control plane. One finding a rule; `related` names the bindings and the workloads that hold
    /// it.
    ///
    /// ## Why is this bad?
    /// By leases of kube-system the scheduler and the controllers agree on a leader, by those of kube-node-lease nodes say
    /// that they live. Who holds the former stops the control plane; who stops renewing the latter empties nodes.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [coordination.k8s.io]
    ///   resources: [leases]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Use instead
    /// Give leader election a Role in the workload's own namespace.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: shop
    /// rules:
    /// - apiGroups: [coordination.k8s.io]
    ///   resources: [leases]
    ///   verbs: [get, create, update]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static LEASES_WRITABLE = {
        code: "RBAC034",
        name: "leases-writable",
        severity: Low,
        severity_reason: "no tool has it; it stops things and opens none, so it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role writes the leases of the control plane",
        profile: All,
        run: Object(ROLES, leases_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1499"),
        ],
        aliases: [],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &LEASES_WRITABLE,
    power: Power::WriteLeases,
    does: "write leases",
    cluster: Severity::Low,
    namespace: Severity::Low,
    is_mild_in_namespace: false,
    is_void_in_namespace: true,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "give leader election a Role in the workload's own namespace",
};

fn leases_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
