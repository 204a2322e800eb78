use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds CronJobs without `startingDeadlineSeconds`.
    ///
    /// ## Why is this bad?
    /// Without it, a run that was missed (the control plane was down, the previous run still went on) is started
    /// however late. After more than 100 missed runs the CronJob is not started any more.
    ///
    /// ## Example
    /// ```yaml
    /// kind: CronJob
    /// spec:
    ///   schedule: "*/5 * * * *"
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: CronJob
    /// spec:
    ///   schedule: "*/5 * * * *"
    ///   startingDeadlineSeconds: 200
    /// ```
    ///
    /// ## Exceptions
    /// A suspended CronJob does not run at all.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/>
    pub static CRON_JOB_WITHOUT_DEADLINE = {
        code: "REL065",
        name: "cron-job-without-deadline",
        severity: Info,
        severity_reason: "kube-score warns; without it a CronJob only loses runs after a long break",
        since: "0.1.0",
        summary: "CronJob catches up, or gives up, after a break",
        profile: All,
        run: Object(&[("batch", "CronJob")], cron_job_without_deadline),
        frameworks: [],
        aliases: [
            kube_score("cronjob-has-deadline"),
            kics("192fe40b-b1c3-448a-aba2-6cc19a300fe3"), datree("CRONJOB_MISSING_STARTINGDEADLINESECOND_KEY"),
        ],
    }
}

fn cron_job_without_deadline(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    let said = |key| object.root().at(&["spec", key]);
    let is_suspended = said("suspend").and_then(ciel_yaml::Node::as_bool) == Some(true);
    if is_suspended || said("startingDeadlineSeconds").is_some() {
        return;
    }
    let (parent, path) = shared::spec_or_root(object, ".startingDeadlineSeconds");
    let message = "the CronJob does not say how late a run may start";
    cx.report_missing(&CRON_JOB_WITHOUT_DEADLINE, parent, &path, message)
        .help("set `startingDeadlineSeconds` to less than the time between two runs");
}
