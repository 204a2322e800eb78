use super::labels::{KINDS, holders, labels, report_missing, speaker};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads, and templates of their pods, without one of the labels that Kubernetes recommends for all
    /// tools: `app.kubernetes.io/name`, `instance`, `version`, `component`, `part-of`, `managed-by`.
    ///
    /// ## Why is this bad?
    /// Dashboards, cost reports and audits group by these labels; what lacks them falls out of the picture.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels:
    ///     app: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels:
    ///     app.kubernetes.io/name: web
    /// ```
    ///
    /// ## Exceptions
    /// Whoever has labels of their own for the purpose. What a controller has made is judged where it is made.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/>
    pub static NO_COMMON_LABELS = {
        code: "GOV006",
        name: "no-common-labels",
        severity: Info,
        since: "0.1.0",
        summary: "workload has none of the common labels",
        profile: All,
        run: Object(KINDS, no_common_labels),
        frameworks: [],
        aliases: [kubescape("C-0077")],
    }
}

fn no_common_labels(cx: &mut ObjectCx<'_>) {
    const PREFIX: &str = "app.kubernetes.io/";
    if cx.object.owner().is_some() {
        return;
    }
    for holder in holders(cx.object) {
        if labels(holder).any(|(key, _)| key.scalar_text().starts_with(PREFIX)) {
            continue;
        }
        let message = format!(
            "{} has none of the labels `{PREFIX}…`",
            speaker(cx.object, holder)
        );
        let path = ".labels[\"app.kubernetes.io/name\"]";
        report_missing(cx, &NO_COMMON_LABELS, holder, path, message)
            .help("add `app.kubernetes.io/name`, and what else of them applies");
    }
}
