use super::pull_policy::PullPolicy;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers without `imagePullPolicy` whose image has the tag `latest` or none, so that the API server makes
    /// it `Always`.
    ///
    /// ## Why is this bad?
    /// The default is taken once, when the object is created, and stays when the tag changes: a Deployment that was made
    /// with `latest` asks the registry for ever, one that was made with a version and then set to `latest` never asks
    /// again.
    ///
    /// ## Example
    /// ```yaml
    /// image: web
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: web:1.4.2
    /// imagePullPolicy: Always
    /// ```
    ///
    /// ## Exceptions
    /// As long as nobody changes the tag it does no harm.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/containers/images/#imagepullpolicy-defaulting>
    pub static PULL_POLICY_LEFT_TO_TAG = {
        code: "IMG005",
        name: "pull-policy-left-to-tag",
        severity: Info,
        severity_reason: "Polaris warns of every policy that is not written; the one that is meant is in force until somebody changes the tag",
        since: "0.1.0",
        summary: "pull policy is what the first tag made it",
        profile: All,
        run: Container(pull_policy_left_to_tag),
        frameworks: [],
        aliases: [polaris("pullPolicyNotAlways")],
    }
}

fn pull_policy_left_to_tag(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(image) = cx.image() else {
        return;
    };
    if !matches!(
        PullPolicy::of(container, &image),
        PullPolicy::AlwaysByDefault
    ) {
        return;
    }
    let message = format!(
        "`imagePullPolicy` of {} is `Always` by default, and stays what it is when the tag changes",
        container.display()
    );
    let missing = ".imagePullPolicy";
    cx.report_missing(&PULL_POLICY_LEFT_TO_TAG, container.node, missing, message)
        .help("write the policy that is meant")
        .fix_set(
            "set imagePullPolicy to Always",
            container.node,
            &["imagePullPolicy"],
            "Always",
        )
        .safe_fix();
}
