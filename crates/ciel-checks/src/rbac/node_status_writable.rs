use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `update` or `patch` on `nodes/status` or `pods/status`, in the whole cluster. One finding a
    /// rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Who writes a node's status says how much room it has, and so draws pods to a node that they hold, or empties others.
    /// Who writes a pod's status changes its address and its readiness, and so becomes an endpoint of its Services.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/status]
    ///   verbs: [patch]
    /// ```
    ///
    /// ## Use instead
    /// Leave the status to the kubelet; extra conditions and resources are written by agents that run on the node.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes]
    ///   verbs: [get, list, watch]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static NODE_STATUS_WRITABLE = {
        code: "RBAC029",
        name: "node-status-writable",
        severity: Medium,
        severity_reason: "tools say high; a node under control is needed to win by it, so it is high where the role also deletes or evicts pods in the whole cluster. Low for pods",
        since: "0.1.0",
        summary: "role writes the status of nodes or pods",
        run: Object(ROLES, node_status_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1557"),
        ],
        aliases: [
            rbac_police("steal_pods"), rbac_police("modify_node_status"), rbac_police("modify_pod_status"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &NODE_STATUS_WRITABLE,
    power: Power::WriteStatus,
    does: "write the status of nodes or pods",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &["pods/status"],
    is_verb: false,
    told_by: &[Power::WriteNodes],
    help: "leave the status to the kubelet",
};

fn node_status_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
