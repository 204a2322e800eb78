use super::refused_restart_policy::is_of_controller;
use ciel_core::Severity;

use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds pods with `restartPolicy: Never`.
    ///
    /// ## Why is this bad?
    /// A program that fails once (its database was not ready yet) stays down. A Job makes a new pod each time instead,
    /// and keeps the failed ones. Controllers of pods that run on cannot have it.
    ///
    /// ## Example
    /// ```yaml
    /// spec:
    ///   restartPolicy: Never
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// spec:
    ///   restartPolicy: OnFailure
    /// ```
    ///
    /// ## Exceptions
    /// Where the logs of each attempt matter, `Never` is right for a Job; the finding is only information.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/>
    pub static RESTART_POLICY_NEVER = {
        code: "REL067",
        name: "restart-policy-never",
        severity: Info,
        severity_reason: "only kube-linter asks; the API server refuses it for controllers",
        since: "0.1.0",
        summary: "pods are not restarted when they fail",
        profile: All,
        run: Pod(restart_policy_never),
        frameworks: [],
        aliases: [kube_linter("restart-policy")],
    }
}

fn restart_policy_never(cx: &mut PodCx<'_>) {
    let Some(node) = cx.spec().node.get("restartPolicy") else {
        return;
    };
    if node.as_str() != Some("Never") {
        return;
    }
    let object = cx.object();
    let (severity, message) = if is_of_controller(object) {
        let kind = object.kind();
        let message = format!("the pods of a {kind} cannot have `restartPolicy: Never`");
        (Severity::Low, message)
    } else {
        let message = "the containers are not restarted when they fail";
        (Severity::Info, message.to_owned())
    };
    cx.report(&RESTART_POLICY_NEVER, node, message)
        .severity(severity)
        .help("use `OnFailure` for jobs and `Always` for what runs on");
}
