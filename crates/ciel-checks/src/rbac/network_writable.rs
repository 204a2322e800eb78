use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow to write Services, Endpoints, EndpointSlices, Ingresses or network policies (Kubernetes',
    /// Cilium's, Calico's) in the whole cluster, without `resourceNames`. One finding a rule; `related` names the bindings
    /// and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// Endpoints and EndpointSlices lead a Service's traffic to any address, also across namespaces (CVE-2021-25740). Who
    /// deletes a network policy opens what it closed. A Service with `externalIPs` draws the traffic for these addresses
    /// (CVE-2020-8554), an Ingress that of a host name.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [networking.k8s.io]
    ///   resources: [networkpolicies]
    ///   verbs: [delete]
    /// ```
    ///
    /// ## Use instead
    /// Give the right in the namespaces where it is used.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: shop
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static NETWORK_WRITABLE = {
        code: "RBAC026",
        name: "network-writable",
        severity: Medium,
        severity_reason: "tools say medium to high; low for Services and Ingresses, which operators write as a matter of course. In one namespace it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role writes what decides where traffic goes",
        run: Object(ROLES, network_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1557"),
            ms("MS-TA9036"),
        ],
        aliases: [
            trivy("KSV-0056"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &NETWORK_WRITABLE,
    power: Power::WriteNetwork,
    does: "write what decides where traffic goes",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &["services", "ingresses"],
    is_verb: false,
    told_by: &[],
    help: "give it by a Role in the namespaces where it is used",
};

fn network_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
