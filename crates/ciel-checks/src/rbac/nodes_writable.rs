use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create`, `update` or `patch` on nodes, without `resourceNames`. One finding a rule;
    /// `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Labels and taints decide where pods run. Who writes them draws pods, with their tokens and Secrets, to a node that
    /// they hold, or away from where isolation wants them.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes]
    ///   verbs: [patch]
    /// ```
    ///
    /// ## Use instead
    /// Let the agent on a node write through the kubelet's configuration, and a controller write what it needs by name.
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
    pub static NODES_WRITABLE = {
        code: "RBAC030",
        name: "nodes-writable",
        severity: Medium,
        severity_reason: "a step on the way: a node under control is needed to win by it; high where the role also deletes or evicts pods, in the whole cluster, and so brings them to that node",
        since: "0.1.0",
        summary: "role writes nodes",
        run: Object(ROLES, nodes_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1578"),
        ],
        aliases: [
            rbac_police("steal_pods"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &NODES_WRITABLE,
    power: Power::WriteNodes,
    does: "write nodes, with their labels and taints",
    cluster: Severity::Medium,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "leave nodes to the kubelet and to who runs the cluster",
};

fn nodes_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
