use super::shared::{self, IdCheck};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose user id is below 10,000, or given by nobody but the image.
    ///
    /// ## Why is this bad?
    /// Nodes give ids below 10,000 to their own users. A process that gets out of a container keeps its id, and owns
    /// what the node's user of the same id owns.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   runAsUser: 1000
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   runAsUser: 10001
    /// ```
    ///
    /// ## Exceptions
    /// Most images are built for a low id and own their files by it, so this check is only part of the profile `all`.
    /// With `hostUsers: false` the node gives the pod a range of ids of its own. Windows has no user ids.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/>
    pub static LOW_UID = {
        code: "POD005",
        name: "low-uid",
        severity: Low,
        since: "0.1.0",
        summary: "user id below 10,000, or given by the image",
        profile: All,
        run: Container(low_uid),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            trivy("KSV-0020"), checkov("CKV_K8S_40"), kubesec("RunAsUser"),
            kube_score("container-security-context-user-group-id"),
            kics("02323c00-cdc3-4fdc-a310-4f2b3e7a1660"), datree("CONTAINERS_INCORRECT_RUNASUSER_VALUE_LOWUID"),
        ],
    }
}

fn low_uid(cx: &mut ContainerCx<'_>) {
    let check = IdCheck {
        rule: &LOW_UID,
        field: "runAsUser",
        noun: "user id",
    };
    shared::report_low_id(cx, &check);
}
