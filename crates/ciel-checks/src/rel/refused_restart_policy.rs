use ciel_snapshot::Object;

use super::restart_policy_never::RESTART_POLICY_NEVER;
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Jobs and CronJobs whose pods are restarted always, which is also what Kubernetes takes where nothing is
    /// said; and controllers of pods that run on with another policy than `Always`.
    ///
    /// ## Why is this bad?
    /// The API server refuses them.
    ///
    /// ## Example
    /// ```yaml
    /// kind: CronJob
    /// spec:
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           containers: [{name: a, image: "a:1"}]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: CronJob
    /// spec:
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           restartPolicy: OnFailure
    ///           containers: [{name: a, image: "a:1"}]
    /// ```
    ///
    /// ## Exceptions
    /// `Never` for what runs on is spoken of by `restart-policy-never`, where that is asked for.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/job/>
    pub static REFUSED_RESTART_POLICY = {
        code: "REL068",
        name: "refused-restart-policy",
        severity: Low,
        severity_reason: "kube-score calls it critical; the API server refuses the object, so nothing runs",
        since: "0.1.0",
        summary: "restart policy that the API server refuses",
        profile: All,
        run: Pod(refused_restart_policy),
        frameworks: [],
        aliases: [
            kube_score("cronjob-restartpolicy"),
            datree("WORKLOAD_INCORRECT_RESTARTPOLICY_VALUE_ALWAYS"),
        ],
    }
}

fn refused_restart_policy(cx: &mut PodCx<'_>) {
    let object = cx.object();
    let spec = cx.spec().node;
    let node = spec.get("restartPolicy");
    let policy = node.map_or("Always", ciel_yaml::Node::scalar_text);
    let is_job = object.types().group() == "batch";
    let kind = object.kind();
    let help = if is_job {
        "set `restartPolicy` to `OnFailure` or `Never`"
    } else {
        "leave `restartPolicy` out"
    };
    let is_refused = (is_job && !matches!(policy, "OnFailure" | "Never"))
        || (is_of_controller(object) && policy != "Always");
    let is_spoken_of = policy == "Never" && cx.options().selects(&RESTART_POLICY_NEVER.check);
    if !is_refused || is_spoken_of {
        return;
    }
    let message = format!("the pods of a {kind} cannot have the restart policy `{policy}`");
    match node {
        Some(node) if is_job => cx.report(&REFUSED_RESTART_POLICY, node, message),
        Some(node) => cx
            .report(&REFUSED_RESTART_POLICY, node, message)
            .fix_remove("leave restartPolicy to its default, Always", node)
            .safe_fix(),
        None => {
            let message = format!("{message}, which is the default");
            cx.report_missing(&REFUSED_RESTART_POLICY, spec, ".restartPolicy", message)
        }
    }
    .help(help);
}

/// Whether an object keeps pods that run on.
pub(super) fn is_of_controller(object: Object<'_>) -> bool {
    matches!(
        (object.types().group(), object.kind()),
        (
            "apps" | "extensions",
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet"
        ) | ("", "ReplicationController")
            | ("apps.openshift.io", "DeploymentConfig")
    )
}
