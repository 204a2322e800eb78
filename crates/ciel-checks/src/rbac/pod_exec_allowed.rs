use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create` or `get` on `pods/exec` or `pods/attach`, without `resourceNames`. `get` counts: a
    /// connection through WebSockets is a GET. One finding a rule; `related` names the bindings and the workloads that hold
    /// it.
    ///
    /// ## Why is this bad?
    /// Who may run commands in a pod is that pod: they have its token, its Secrets and its network. In the whole cluster
    /// that includes the pods that can do everything.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Role
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/exec]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Give it to people, for a time, in the namespaces that they look after; a workload has seldom a reason to have it.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: shop
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/log]
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
    pub static POD_EXEC_ALLOWED = {
        code: "RBAC011",
        name: "pod-exec-allowed",
        severity: High,
        severity_reason: "tools say medium to high; medium in a namespace other than kube-system; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role runs commands in any pod",
        run: Object(ROLES, pod_exec_allowed),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1609"),
            ms("MS-TA9006"),
        ],
        aliases: [
            kubescape("C-0002"), trivy("KSV-0053"), trivy("KSV-0054"), polaris("clusterrolePodExecAttach"),
            polaris("rolePodExecAttach"), polaris("clusterrolebindingPodExecAttach"),
            polaris("rolebindingClusterRolePodExecAttach"), polaris("rolebindingRolePodExecAttach"),
            checkov("CKV2_K8S_2"), kubiscan("risky-exec-pods"), kubiscan("risky-attach-pods"),
            rbac_police("pods_exec"), rbac_police("rce_weak_ns"),
            datree("CONTAINERS_INCORRECT_RESOURCES_VERBS_VALUE"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &POD_EXEC_ALLOWED,
    power: Power::ExecInPods,
    does: "run commands in any pod",
    cluster: Severity::High,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "give it to people, in the namespaces that they look after",
};

fn pod_exec_allowed(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
