use super::labels::{KINDS, report_missing, says};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads without a label or annotation that says who owns it: one whose key ends in a word such as
    /// `owner`.
    ///
    /// ## Why is this bad?
    /// When a workload misbehaves or is broken into at night, somebody has to be found who knows what it may do.
    ///
    /// ## Example
    /// ```yaml
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// kind: Deployment
    /// metadata:
    ///   name: web
    ///   labels:
    ///     owner: team-shop
    /// ```
    ///
    /// ## Exceptions
    /// Where another place says it, such as an annotation of the namespace or a catalogue. What a controller has made
    /// is judged where it is made.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/>
    pub static NO_OWNER_LABEL = {
        code: "GOV007",
        name: "no-owner-label",
        severity: Info,
        since: "0.1.0",
        summary: "nothing says who owns the workload",
        profile: All,
        run: Object(KINDS, no_owner_label),
        frameworks: [],
        aliases: [
            kube_linter("required-label-owner"),
            datree("WORKLOAD_MISSING_LABEL_OWNER_VALUE"),
        ],
    }
}

const WORDS: &[&str] = &[
    "owner",
    "owned-by",
    "team",
    "squad",
    "maintainer",
    "department",
];

fn no_owner_label(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.owner().is_some() || says(object.root(), WORDS) {
        return;
    }
    let message = format!("nothing says of `{}` who owns it", object.name());
    let root = object.root();
    report_missing(cx, &NO_OWNER_LABEL, root, ".labels.owner", message)
        .help("add the label `owner`, to the object or by the tool that applies it");
}
