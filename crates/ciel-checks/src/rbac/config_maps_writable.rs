use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow to write ConfigMaps in the whole cluster or in kube-system, without `resourceNames`, or with
    /// the names of ConfigMaps by which the cluster is run. One finding a rule; `related` names the bindings and the
    /// workloads that hold it.
    ///
    /// ## Why is this bad?
    /// In kube-system ConfigMaps configure CoreDNS (whoever changes its Corefile answers every name), kube-proxy, and on
    /// EKS the mapping of AWS identities to users (`aws-auth`). Elsewhere they configure workloads.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Use instead
    /// Give the right in the workload's own namespace, by name.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: shop
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   resourceNames: [web-state]
    ///   verbs: [update]
    /// ```
    ///
    /// ## Exceptions
    /// Rules that name other ConfigMaps. The roles that the API server makes for itself, and roles named `system:…` that
    /// only bindings of that kind hold. Rules with `*` among their verbs or resources are told by wildcard-role, with the
    /// names that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static CONFIG_MAPS_WRITABLE = {
        code: "RBAC023",
        name: "config-maps-writable",
        severity: Medium,
        severity_reason: "tools say medium; in a namespace other than kube-system it is told with `--profile all` only, as low",
        since: "0.1.0",
        summary: "role writes the ConfigMaps that the cluster is run by",
        run: Object(ROLES, config_maps_writable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1557"),
            ms("MS-TA9035"),
        ],
        aliases: [
            kubescape("C-0037"), trivy("KSV-0049"), rbac_police("eks_modify_aws_auth"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &CONFIG_MAPS_WRITABLE,
    power: Power::WriteConfigMaps,
    does: "write ConfigMaps",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[Power::WriteAwsAuth],
    help: "give it by a Role in the workload's own namespace",
};

fn config_maps_writable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
