use super::pull_policy::PullPolicy;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images whose tag moves (`latest`, none, or what `floating-tags` in `ciel.toml` names) and which a node does
    /// not ask the registry for again: `imagePullPolicy` is `IfNotPresent` or `Never`.
    ///
    /// ## Why is this bad?
    /// Each node runs what `latest` meant when it first pulled it. A fix that was pushed since reaches some nodes and not
    /// others, and nothing shows which.
    ///
    /// ## Example
    /// ```yaml
    /// image: web:latest
    /// imagePullPolicy: IfNotPresent
    /// ```
    ///
    /// ## Use instead
    /// A version; or ask each time.
    /// ```yaml
    /// image: web:1.4.2
    /// imagePullPolicy: IfNotPresent
    /// ```
    ///
    /// ## Exceptions
    /// Images that are built on the node itself, for development, need it.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy>
    pub static STALE_LATEST_IMAGE = {
        code: "IMG003",
        name: "stale-latest-image",
        severity: Low,
        since: "0.1.0",
        summary: "nodes keep what a moving tag once meant",
        profile: All,
        run: Container(stale_latest_image),
        frameworks: [],
        aliases: [kubescape("C-0075"), polaris("pullPolicyNotAlways"), checkov("CKV_K8S_15"), kube_score("container-image-pull-policy")],
    }
}

fn stale_latest_image(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(image) = cx.image() else {
        return;
    };
    let Some(tag) = image.floating_tag(&cx.options().images) else {
        return;
    };
    let message = |policy: &str| {
        format!(
            "{} keeps an old `{tag}`: `imagePullPolicy` is `{policy}`",
            container.display()
        )
    };
    let report = match PullPolicy::of(container, &image) {
        PullPolicy::Always | PullPolicy::AlwaysByDefault => return,
        PullPolicy::Otherwise(node) => {
            let message = message(node.as_str().unwrap_or_default());
            cx.report(&STALE_LATEST_IMAGE, node, message)
        }
        PullPolicy::IfNotPresentByDefault => {
            let message = message("IfNotPresent");
            let missing = ".imagePullPolicy";
            cx.report_missing(&STALE_LATEST_IMAGE, container.node, missing, message)
        }
    };
    report
        .help("name a version, or set `imagePullPolicy` to `Always`")
        .fix_set(
            "set imagePullPolicy to Always",
            container.node,
            &["imagePullPolicy"],
            "Always",
        );
}
