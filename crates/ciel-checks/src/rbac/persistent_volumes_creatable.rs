use ciel_core::Severity;
use ciel_rbac::Power;

use super::{
    ROLES,
    rights::{Right, judge},
};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds rules that allow `create` on PersistentVolumes. One finding a rule; `related` names the bindings and the
    /// workloads that hold it.
    ///
    /// ## Why is this bad?
    /// A PersistentVolume with `hostPath` or `local` is a folder of a node. Pod Security looks at what a pod mounts, and a
    /// claim looks harmless: so the volume brings the node's disk past it.
    ///
    /// ## Example
    /// ```yaml
    /// kind: ClusterRole
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [persistentvolumes]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Use instead
    /// Let a provisioner create volumes, and give everybody else claims.
    /// ```yaml
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [persistentvolumeclaims]
    ///   verbs: [create]
    /// ```
    ///
    /// ## Exceptions
    /// The roles that the API server makes for itself, and roles named `system:…` that only bindings of that kind hold.
    /// Rules with `*` among their verbs or resources are told by wildcard-role, with the names that other tools have for
    /// this check.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>
    pub static PERSISTENT_VOLUMES_CREATABLE = {
        code: "RBAC022",
        name: "persistent-volumes-creatable",
        severity: Medium,
        severity_reason: "tools say medium; low where only RoleBindings give it, which cannot: volumes are in no namespace",
        since: "0.1.0",
        summary: "role creates PersistentVolumes",
        run: Object(ROLES, persistent_volumes_creatable),
        frameworks: [
            cis("5.1.9"), nsa("authentication-authorization"), owasp2022("K03"), owasp2025("K02"),
            mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0278"), kube_bench("5.1.9"),
        ],
    }
}

pub(super) static RIGHT: Right = Right {
    rule: &PERSISTENT_VOLUMES_CREATABLE,
    power: Power::CreateVolumes,
    does: "create PersistentVolumes",
    cluster: Severity::Medium,
    namespace: Severity::Medium,
    is_mild_in_namespace: false,
    is_void_in_namespace: false,
    lesser: &[],
    is_verb: false,
    told_by: &[],
    help: "give PersistentVolumeClaims instead",
};

fn persistent_volumes_creatable(cx: &mut ObjectCx<'_>) {
    judge(cx, &RIGHT);
}
