use super::labels::{KINDS, report_missing, says};
use crate::{ObjectCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds workloads without a label or annotation that says whom to write to about it: one whose key ends in a word
    /// such as `email`.
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
    ///   annotations:
    ///     email: shop@example.com
    /// ```
    ///
    /// ## Exceptions
    /// Where another place says it, such as an annotation of the namespace or a catalogue. What a controller has made
    /// is judged where it is made.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/>
    pub static NO_CONTACT_ANNOTATION = {
        code: "GOV008",
        name: "no-contact-annotation",
        severity: Info,
        since: "0.1.0",
        summary: "nothing says whom to write to about the workload",
        profile: All,
        run: Object(KINDS, no_contact_annotation),
        frameworks: [],
        aliases: [kube_linter("required-annotation-email")],
    }
}

const WORDS: &[&str] = &[
    "email", "e-mail", "mail", "contact", "slack", "on-call", "oncall",
];

fn no_contact_annotation(cx: &mut ObjectCx<'_>) {
    let object = cx.object;
    if object.owner().is_some() || says(object.root(), WORDS) {
        return;
    }
    let message = format!(
        "nothing says of `{}` whom to write to about it",
        object.name()
    );
    let root = object.root();
    report_missing(
        cx,
        &NO_CONTACT_ANNOTATION,
        root,
        ".annotations.email",
        message,
    )
    .help("add the annotation `email`, to the object or by the tool that applies it");
}
