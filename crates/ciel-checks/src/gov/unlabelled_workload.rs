use super::labels::{KINDS, holders, labels, report_missing, speaker};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads, and templates of their pods, without any label.
    ///
    /// ## Why is this bad?
    /// Services, network policies, budgets and people select by labels. What has none cannot be selected, and nobody
    /// sees what it belongs to.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels:
    ///     app.kubernetes.io/name: web
    ///     app.kubernetes.io/part-of: shop
    /// ```
    ///
    /// ## Exceptions
    /// Which labels there should be is for their owner to say; any counts. What a controller has made is judged where
    /// it is made.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/>
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/>
    pub static UNLABELLED_WORKLOAD = {
        code: "GOV005",
        name: "unlabelled-workload",
        severity: Info,
        since: "0.1.0",
        summary: "workload has no label",
        profile: All,
        run: Object(KINDS, unlabelled_workload),
        frameworks: [],
        aliases: [kubescape("C-0076")],
    }
}

fn unlabelled_workload(cx: &mut ObjectCx<'_>) {
    if cx.object.owner().is_some() {
        return;
    }
    for holder in holders(cx.object) {
        if labels(holder).next().is_some() {
            continue;
        }
        let message = format!("{} has no label", speaker(cx.object, holder));
        report_missing(cx, &UNLABELLED_WORKLOAD, holder, ".labels", message)
            .help("say with labels what it is and what it belongs to");
    }
}
