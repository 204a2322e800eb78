use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with `fsGroup` that do not say when the group of their volumes' files is changed
    /// (`fsGroupChangePolicy`), or say it with a word that Kubernetes does not know.
    ///
    /// ## Why is this bad?
    /// Without the field the kubelet walks through every file of every volume at each start of the pod. With many files
    /// that takes minutes, in which the pod does not run. With an unknown word the pod is refused.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Pod
    /// spec:
    ///   securityContext:
    ///     fsGroup: 2000
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Pod
    /// spec:
    ///   securityContext:
    ///     fsGroup: 2000
    ///     fsGroupChangePolicy: OnRootMismatch
    /// ```
    ///
    /// ## Exceptions
    /// Volumes with few files, and volumes into which others write with other groups: `Always` says so.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>
    pub static VOLUME_OWNERSHIP_CHANGED_AT_EVERY_START = {
        code: "POD063",
        name: "volume-ownership-changed-at-every-start",
        severity: Info,
        since: "0.1.0",
        summary: "files of the pod's volumes change their group at every start",
        profile: All,
        run: Pod(volume_ownership_changed_at_every_start),
        frameworks: [],
        aliases: [kubescape("C-0211")],
    }
}

fn volume_ownership_changed_at_every_start(cx: &mut PodCx<'_>) {
    const HELP: &str = "set `fsGroupChangePolicy: OnRootMismatch`, or `Always` where it must be";
    let Some(context) = cx.spec().security_context() else {
        return;
    };
    if context.get("fsGroup").is_none() || cx.spec().is_windows() {
        return;
    }
    match context.get("fsGroupChangePolicy") {
        Some(policy) => {
            let word = policy.scalar_text();
            if matches!(word, "OnRootMismatch" | "Always") {
                return;
            }
            let message = format!("`{word}` is no policy for the group of volumes");
            cx.report(&VOLUME_OWNERSHIP_CHANGED_AT_EVERY_START, policy, message)
                .help(HELP);
        }
        None => {
            let message = "the group of all files of the pod's volumes is set at every start";
            cx.report_missing(
                &VOLUME_OWNERSHIP_CHANGED_AT_EVERY_START,
                context,
                ".fsGroupChangePolicy",
                message,
            )
            .help(HELP)
            .fix_set(
                "change the group only where it is another",
                context,
                &["fsGroupChangePolicy"],
                "OnRootMismatch",
            );
        }
    }
}
