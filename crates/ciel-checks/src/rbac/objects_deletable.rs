use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `delete` or `deletecollection` on what workloads and data are made of: pods and their
    /// controllers, Secrets, ConfigMaps, Services, volumes and claims, namespaces, nodes, CustomResourceDefinitions. One
    /// finding a rule; `related` names the bindings and the workloads that hold it.
    ///
    /// ## Why is this bad?
    /// One request deletes all objects of a kind; with a namespace or a CustomResourceDefinition goes all that is in it.
    /// Extortion begins with that.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [namespaces]
    ///   verbs: [delete]
    /// ```
    ///
    /// ## Use instead
    /// Let workloads delete what they made, by name or in a namespace of its own.
    /// ```yaml
    /// kind: Role
    /// metadata:
    ///   namespace: ci
    /// rules:
    /// - apiGroups: [batch]
    ///   resources: [jobs]
    ///   verbs: [delete]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static OBJECTS_DELETABLE = {
        code: "RBAC027",
        name: "objects-deletable",
        severity: Medium,
        severity_reason: "tools say medium; nearly every operator deletes what it made, so it is told with `--profile all` only",
        since: "0.1.0",
        summary: "role deletes workloads or data",
        profile: All,
        run: Object(ROLES, objects_deletable),
        frameworks: [
            nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"), mitre("T1485"),
            ms("MS-TA9038"),
        ],
        aliases: [
            kubescape("C-0007"), trivy("KSV-0048"), kube_linter("deletecollection-verb-in-role"),
            kubiscan("risky-any-resource-delete"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &OBJECTS_DELETABLE,
    power: Power::Delete,
    does: "delete workloads or data",
    cluster: Severity::Medium,
    namespace: Severity::Low,
    is_mild_in_namespace: true,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "give it by a Role in the namespaces where it is used",
};

fn objects_deletable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
