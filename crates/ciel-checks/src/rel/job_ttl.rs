use super::shared;
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds Jobs of their own without `ttlSecondsAfterFinished`, and CronJobs whose Jobs have it.
    ///
    /// ## Why is this bad?
    /// A finished Job and its pods stay until somebody deletes them, and fill the cluster's storage. A CronJob deletes
    /// old ones itself by its history limits; with both, whichever comes first decides, and logs of failed runs are
    /// gone too early.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Job
    /// spec:
    ///   template: {}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Job
    /// spec:
    ///   ttlSecondsAfterFinished: 86400
    ///   template: {}
    /// ```
    ///
    /// ## Exceptions
    /// Jobs that a CronJob or a tool (Helm, Argo CD) has made are deleted by it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/>
    pub static JOB_TTL = {
        code: "REL066",
        name: "job-ttl",
        severity: Info,
        since: "0.1.0",
        summary: "finished Jobs stay, or go too early",
        profile: All,
        run: Object(&[("batch", "Job"), ("batch", "CronJob")], job_ttl),
        frameworks: [],
        aliases: [kube_linter("job-ttl-seconds-after-finished")],
    }
}

const FIELD: &str = "ttlSecondsAfterFinished";

fn job_ttl(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.kind() == "CronJob" {
        let ttl = ["spec", "jobTemplate", "spec", FIELD];
        if let Some(node) = object.root().at(&ttl) {
            let message = "finished Jobs may go before the CronJob's history limits say so";
            cx.report(&JOB_TTL, node, message)
                .help("leave `ttlSecondsAfterFinished` out and set the history limits");
        }
        return;
    }
    let owners = object.root().at(&["metadata", "ownerReferences"]);
    let is_made = owners.is_some_and(|owners| !owners.is_empty()) || shared::is_hook(object);
    if is_made || object.root().at(&["spec", FIELD]).is_some() {
        return;
    }
    let (parent, path) = shared::spec_or_root(object, ".ttlSecondsAfterFinished");
    let message = "nothing deletes the Job when it has finished";
    cx.report_missing(&JOB_TTL, parent, &path, message)
        .help("set `ttlSecondsAfterFinished`");
}
