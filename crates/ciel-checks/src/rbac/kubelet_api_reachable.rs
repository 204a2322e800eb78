use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `get`, `create`, `update`, `patch` or `delete` on `nodes/proxy`. One finding a rule;
    /// `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// The kubelet's API runs commands in every container of its node. What is done there is in no audit log of the API
    /// server and passes no admission. `get` is enough: the kubelet takes a WebSocket connection to `/exec` for a GET.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/proxy]
    ///   verbs: [get]
    /// ```
    ///
    /// ## Use instead
    /// For metrics, `nodes/metrics` and `nodes/stats` are enough (the kubelet asks for these first); since Kubernetes 1.33
    /// there are `nodes/pods`, `nodes/healthz` and `nodes/configz`, too.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/metrics, nodes/stats]
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
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/>
    pub static KUBELET_API_REACHABLE = {
        code: "RBAC014",
        name: "kubelet-api-reachable",
        severity: High,
        severity_reason: "tools say medium to high; low where only RoleBindings give it, which cannot: nodes are in no namespace",
        since: "0.1.0",
        summary: "role reaches the API of the kubelets",
        run: Object(ROLES, kubelet_api_reachable),
        frameworks: [
            cis("5.1.10"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1609"),
        ],
        aliases: [
            kubescape("C-0279"), trivy("KSV-0047"), checkov("CKV2_K8S_2"), kube_bench("5.1.10"),
            kubiscan("risky-execute-command-node-proxy"), rbac_police("nodes_proxy"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &KUBELET_API_REACHABLE,
    power: Power::ProxyToNodes,
    does: "use the API of every kubelet",
    cluster: Severity::High,
    namespace: Severity::High,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "give `nodes/metrics` and `nodes/stats` instead",
};

fn kubelet_api_reachable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
