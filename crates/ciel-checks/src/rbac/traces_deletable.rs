use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `delete` or `deletecollection` on events, in the whole cluster or in kube-system. One finding
    /// a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Events tell what happened to pods and nodes in the last hour. Who clears them covers what they did.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [events]
    ///   verbs: [delete]
    /// ```
    ///
    /// ## Use instead
    /// Workloads write events; nothing has to delete them, they expire.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [events]
    ///   verbs: [create, patch]
    /// ```
    ///
    /// ## Exceptions
    /// `delete` on `pods/log` is named with `--profile all` only, since the API server has no such operation. The roles
    /// that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold. Rules with
    /// `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static TRACES_DELETABLE = {
        code: "RBAC028",
        name: "traces-deletable",
        severity: Low,
        severity_reason: "tools say medium; the audit log, which counts, is out of reach of RBAC. In one namespace it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role deletes events",
        run: Object(ROLES, traces_deletable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1070"),
            ms("MS-TA9022"),
        ],
        aliases: [
            kubescape("C-0031"), trivy("KSV-0042"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &TRACES_DELETABLE,
    power: Power::DeleteTraces,
    does: "delete events",
    cluster: Severity::Low,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "leave `create` and `patch`: events expire by themselves",
};

fn traces_deletable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
