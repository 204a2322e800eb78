use super::shared::{self, IdCheck};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers whose group id is below 10,000, or given by nobody but the image.
    ///
    /// ## Why is this bad?
    /// Nodes give ids below 10,000 to their own groups. A process that gets out of a container keeps its group, and
    /// may do what the node's group of the same id may. Where nobody names a group, it is the image's, or root's.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   runAsGroup: 1000
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   runAsGroup: 10001
    /// ```
    ///
    /// ## Exceptions
    /// Most images are built for a low id and own their files by it, so this check is only part of the profile `all`.
    /// With `hostUsers: false` the node gives the pod a range of ids of its own. Windows has no group ids.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/>
    pub static LOW_GID = {
        code: "POD006",
        name: "low-gid",
        severity: Low,
        since: "0.1.0",
        summary: "group id below 10,000, or given by the image",
        profile: All,
        run: Container(low_gid),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0013"), trivy("KSV-0021"), kubesec("RunAsGroup"), kube_score("container-security-context-user-group-id"),
            datree("CONTAINERS_INCORRECT_RUNASGROUP_VALUE_LOWGID"),
        ],
    }
}

fn low_gid(cx: &mut ContainerCx<'_>) {
    let check = IdCheck {
        rule: &LOW_GID,
        field: "runAsGroup",
        noun: "group id",
    };
    shared::report_low_id(cx, &check);
}
