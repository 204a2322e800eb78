use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `get`, `create`, `update`, `patch` or `delete` on `services/proxy` or `pods/proxy`, without
    /// `resourceNames`. One finding a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// The API server makes the request, so NetworkPolicies see it and not the caller, and it does not check the
    /// certificate of what it calls. Consoles without a password are open to whoever holds the right.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services/proxy]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Use instead
    /// Name the Services that are meant.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services/proxy]
    ///   resourceNames: ["https:dashboard:"]
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
    pub static SERVICE_PROXY_REACHABLE = {
        code: "RBAC015",
        name: "service-proxy-reachable",
        severity: Medium,
        severity_reason: "no tool has it; the audit of Kubernetes 1.24 names the API server's proxy as a way around TLS and network policies. In one namespace it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role reaches Services and pods through the API server",
        run: Object(ROLES, service_proxy_reachable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1090"),
        ],
        aliases: [],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &SERVICE_PROXY_REACHABLE,
    power: Power::ProxyToServices,
    does: "reach Services and pods through the API server",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[Power::ProxyToNodes],
    help: "name the Services with `resourceNames`",
};

fn service_proxy_reachable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
