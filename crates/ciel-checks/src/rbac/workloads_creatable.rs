use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create`, `update` or `patch` on pods, on the kinds of Kubernetes that make them
    /// (Deployments, DaemonSets, StatefulSets, ReplicaSets, ReplicationControllers, Jobs, CronJobs), or `create` on kinds
    /// of well-known operators that do (Argo's Workflows and Rollouts, Tekton's runs, Ray, Spark, Knative). One finding a
    /// rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// A new pod runs as any service account of its namespace and mounts any Secret of it. Unless Pod Security or another
    /// admission forbids it, it is privileged and mounts the node's disk. In the whole cluster that is every account and
    /// every node.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Give the right in the namespaces where it is used, hold these to the restricted level of Pod Security, and keep
    /// accounts with more rights elsewhere.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: ci
    /// rules:
    /// - apiGroups: [batch]
    ///   resources: [jobs]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Exceptions
    /// Rules with `resourceNames`. The roles that the API server makes for itself, and roles named `system:…` that only
    /// bindings of that kind hold. Rules with `*` among their verbs or resources are told by wildcard-role, with the names
    /// that other tools have for this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static WORKLOADS_CREATABLE = {
        code: "RBAC010",
        name: "workloads-creatable",
        severity: High,
        severity_reason: "tools say medium to high; medium in a namespace other than kube-system; one less for people, two less where nothing binds the role",
        since: "0.1.0",
        summary: "role creates or changes pods or what makes pods",
        run: Object(ROLES, workloads_creatable),
        frameworks: [
            cis("5.1.4"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1610"), ms("MS-TA9008"),
        ],
        aliases: [
            kubescape("C-0188"), trivy("KSV-0048"), kube_linter("access-to-create-pods"),
            kube_bench("5.1.4"), kubiscan("risky-create-pod"), kubiscan("risky-any-resource-create"),
            kubiscan("risky-create-deployments"), kubiscan("risky-update-deployments"),
            kubiscan("risky-create-daemonsets"), kubiscan("risky-update-daemonsets"),
            kubiscan("risky-create-statefulsets"), kubiscan("risky-update-statefulsets"),
            kubiscan("risky-create-replicationcontrollers"),
            kubiscan("risky-update-replicationcontrollers"), kubiscan("risky-create-replicasets"),
            kubiscan("risky-update-replicasets"), kubiscan("risky-create-jobs"),
            kubiscan("risky-update-jobs"), rbac_police("assign_sa"), rbac_police("modify_pods"),
            rbac_police("rce_weak_ns"),
            kics("592ad21d-ad9b-46c6-8d2d-fad09d62a942"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &WORKLOADS_CREATABLE,
    power: Power::RunPods,
    does: "run pods",
    cluster: Severity::High,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "give it by a Role in the namespaces where it is used",
};

fn workloads_creatable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
