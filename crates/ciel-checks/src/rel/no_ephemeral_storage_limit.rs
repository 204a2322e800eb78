use super::resources::{self, Missing};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without a limit for `ephemeral-storage`: their logs, `emptyDir` volumes and writable layer. The
    /// default of a LimitRange in the namespace counts.
    ///
    /// ## Why is this bad?
    /// Nothing stops such a container from filling the disk of its node. The kubelet then evicts pods until there is
    /// room, not only the guilty one, and deletes images.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    ///   resources:
    ///     requests: {ephemeral-storage: 1Gi}
    ///     limits: {ephemeral-storage: 1Gi}
    /// ```
    ///
    /// ## Exceptions
    /// Few workloads set it, so the finding is only information.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/ephemeral-storage/>
    pub static NO_EPHEMERAL_STORAGE_LIMIT = {
        code: "REL006",
        name: "no-ephemeral-storage-limit",
        severity: Info,
        severity_reason: "only kube-score asks for it, as a critical finding; the kubelet evicts greedy pods when the disk runs full",
        since: "0.1.0",
        summary: "container may fill its node's disk",
        profile: All,
        run: Container(no_ephemeral_storage_limit),
        frameworks: [],
        aliases: [
            kube_score("container-ephemeral-storage-request-and-limit"),
            kube_score("container-ephemeral-storage-request-equals-limit"),
        ],
    }
}

fn no_ephemeral_storage_limit(cx: &mut ContainerCx<'_>) {
    resources::report_no_limit(
        cx,
        &Missing {
            rule: &NO_EPHEMERAL_STORAGE_LIMIT,
            resource: "ephemeral-storage",
            effect: "it may fill its node's disk",
            help: "set `resources.limits.ephemeral-storage`",
        },
    );
}
