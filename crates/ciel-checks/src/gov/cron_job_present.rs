use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Lists CronJobs.
    ///
    /// ## Why is this bad?
    /// A job that comes back by itself is a way to stay: a miner or a way in that is deleted today runs again in an
    /// hour. Each one should be known to somebody.
    ///
    /// ## Example
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata:
    ///   name: cleanup
    /// spec:
    ///   schedule: "*/5 * * * *"
    /// ```
    ///
    /// ## Use instead
    /// A job that nobody needs any more is suspended, or deleted:
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata:
    ///   name: cleanup
    /// spec:
    ///   schedule: "*/5 * * * *"
    ///   suspend: true
    /// ```
    ///
    /// ## Exceptions
    /// It is an inventory. Suspended jobs are not listed.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/>
    pub static CRON_JOB_PRESENT = {
        code: "GOV012",
        name: "cron-job-present",
        severity: Info,
        since: "0.1.0",
        summary: "cron job to review",
        profile: All,
        run: Object(&[("batch", "CronJob")], cron_job_present),
        frameworks: [mitre("T1053.007"), ms("MS-TA9014")],
        aliases: [kubescape("C-0026")],
    }
}

fn cron_job_present(cx: &mut ObjectCx<'_>) {
    let root = cx.object.root();
    if root.bool_at(&["spec", "suspend"]) == Some(true) {
        return;
    }
    let name = root.at(&["metadata", "name"]);
    let node = root.at(&["spec", "schedule"]).or(name).unwrap_or(root);
    let message = format!("`{}` runs again and again", cx.object.name());
    cx.report(&CRON_JOB_PRESENT, node, message)
        .help("make sure that somebody knows what it is for");
}
