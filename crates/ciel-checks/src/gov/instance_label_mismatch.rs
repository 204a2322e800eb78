use super::labels::{KINDS, report_missing};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads whose label `app.kubernetes.io/instance` is missing, or has nothing to do with the workload's
    /// name.
    ///
    /// ## Why is this bad?
    /// Tools that group by instance show the workload with another application, or with none.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels:
    ///     app.kubernetes.io/instance: shop
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Pod
    /// metadata:
    ///   name: shop-web
    ///   labels:
    ///     app.kubernetes.io/instance: shop
    /// ```
    ///
    /// ## Exceptions
    /// A name that holds the instance's, as charts make it from that of the release, agrees. What a controller has made
    /// is judged where it is made.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/>
    pub static INSTANCE_LABEL_MISMATCH = {
        code: "GOV009",
        name: "instance-label-mismatch",
        severity: Info,
        since: "0.1.0",
        summary: "instance label does not name the workload",
        profile: All,
        run: Object(KINDS, instance_label_mismatch),
        frameworks: [],
        aliases: [polaris("metadataAndInstanceMismatched")],
    }
}

fn instance_label_mismatch(cx: &mut ObjectCx<'_>) {
    const LABEL: &str = "app.kubernetes.io/instance";
    let object = cx.object;
    if object.owner().is_some() {
        return;
    }
    let label = object.root().at(&["metadata", "labels", LABEL]);
    let Some(label) = label.filter(|label| !label.scalar_text().is_empty()) else {
        let message = format!("`{}` has no label `{LABEL}`", object.name());
        let path = format!(".labels[\"{LABEL}\"]");
        report_missing(cx, &INSTANCE_LABEL_MISMATCH, object.root(), &path, message)
            .help("name the instance of the application that it belongs to");
        return;
    };
    let instance = label.scalar_text();
    if object.name().contains(instance) {
        return;
    }
    let message = format!(
        "label `{LABEL}` says `{instance}`, and the workload is called `{}`",
        object.name()
    );
    cx.report(&INSTANCE_LABEL_MISMATCH, label, message)
        .help("let the label and the name agree");
}
