use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `get` on `nodes/log` or `create` on `nodes/checkpoint`. One finding a rule; `related` names
    /// the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// `nodes/log` serves `/var/log` of the node, and with it what a pod that mounts that folder writable puts there, links
    /// to other files of the node among them. A checkpoint is a file with the whole memory of a container: keys, tokens,
    /// passwords.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/log]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Use instead
    /// Collect logs by an agent, and give metrics only.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/metrics]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    /// - <https://kubernetes.io/docs/reference/node/kubelet-checkpoint-api/>
    pub static NODE_FILES_READABLE = {
        code: "RBAC032",
        name: "node-files-readable",
        severity: Medium,
        severity_reason: "no tool has it; the audit of 2019 shows the way through `/var/log` to files of the node",
        since: "0.1.0",
        summary: "role reads logs of nodes or memory of containers",
        run: Object(ROLES, node_files_readable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1005"),
        ],
        aliases: [],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &NODE_FILES_READABLE,
    power: Power::ReadNodes,
    does: "read logs of nodes or memory of containers",
    cluster: Severity::Medium,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "collect logs by an agent, and give `nodes/metrics` only",
};

fn node_files_readable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
