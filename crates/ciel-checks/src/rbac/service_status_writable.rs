use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `update` or `patch` on `services/status`, without `resourceNames`. One finding a rule;
    /// `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Who sets `status.loadBalancer.ingress.ip` of a Service draws the cluster's traffic for that address to pods of their
    /// own (CVE-2020-8554, which Kubernetes cannot mend).
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services/status]
    ///   verbs: [patch]
    /// ```
    ///
    /// ## Use instead
    /// Leave it to the controller of load balancers.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services]
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
    /// - <https://github.com/kubernetes/kubernetes/issues/97076>
    pub static SERVICE_STATUS_WRITABLE = {
        code: "RBAC025",
        name: "service-status-writable",
        severity: Medium,
        severity_reason: "tools say medium; in one namespace it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role writes the status of Services",
        run: Object(ROLES, service_status_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1557"),
        ],
        aliases: [
            checkov("CKV2_K8S_4"), rbac_police("modify_service_status_cve_2020_8554"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &SERVICE_STATUS_WRITABLE,
    power: Power::WriteServiceStatus,
    does: "write the status of Services",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "leave it to the controller of load balancers",
};

fn service_status_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
