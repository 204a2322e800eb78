use super::{pull_policy::PullPolicy, stale_latest_image::STALE_LATEST_IMAGE};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that start from what the node has, without asking the registry: `imagePullPolicy` is
    /// `IfNotPresent` or `Never`, or left out with a tag other than `latest`, which makes it `IfNotPresent`. Where the tag
    /// moves, `stale-latest-image` speaks of it, if it is on.
    ///
    /// ## Why is this bad?
    /// Who asks must show the credentials. Where nobody asks, any pod on the node may start a private image that another
    /// tenant pulled, and a tag that was pushed again stays what it was on each node.
    ///
    /// ## Example
    /// ```yaml
    /// image: registry.example/web:1.4.2
    /// imagePullPolicy: IfNotPresent
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: registry.example/web:1.4.2
    /// imagePullPolicy: Always
    /// ```
    /// Or let the admission plugin AlwaysPullImages do it for all pods.
    ///
    /// ## Exceptions
    /// Images that a digest pins are left alone, as they cannot change. From Kubernetes 1.35 on, the kubelet checks
    /// credentials for images that it already has. Where a registry may be out of reach, `Always` keeps pods from
    /// starting; each asking costs one request, not the image.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy>
    /// - <https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwayspullimages>
    pub static IMAGE_NOT_ALWAYS_PULLED = {
        code: "IMG004",
        name: "image-not-always-pulled",
        severity: Low,
        since: "0.1.0",
        summary: "container starts without asking the registry",
        profile: All,
        run: Container(image_not_always_pulled),
        frameworks: [],
        aliases: [
            polaris("pullPolicyNotAlways"), checkov("CKV_K8S_15"), kube_score("container-image-pull-policy"),
            kics("caa3479d-885d-4882-9aac-95e5e78ef5c2"),
        ],
    }
}

fn image_not_always_pulled(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    let Some(image) = cx.image().filter(|image| !image.name.is_pinned()) else {
        return;
    };
    let floats = image.floating_tag(&cx.options().images).is_some();
    if floats && cx.options().gives_way_to(&STALE_LATEST_IMAGE.check) {
        return;
    }
    let message = |policy: &str| {
        format!(
            "{} starts without asking the registry: `imagePullPolicy` is `{policy}`",
            container.display()
        )
    };
    let report = match PullPolicy::of(container, &image) {
        PullPolicy::Always | PullPolicy::AlwaysByDefault => return,
        PullPolicy::Otherwise(node) => {
            let message = message(node.as_str().unwrap_or_default());
            cx.report(&IMAGE_NOT_ALWAYS_PULLED, node, message)
        }
        PullPolicy::IfNotPresentByDefault => {
            let message = format!("{} by default", message("IfNotPresent"));
            let missing = ".imagePullPolicy";
            cx.report_missing(&IMAGE_NOT_ALWAYS_PULLED, container.node, missing, message)
        }
    };
    report
        .help("set `imagePullPolicy` to `Always`, or pin the image by its digest")
        .fix_set(
            "set imagePullPolicy to Always",
            container.node,
            &["imagePullPolicy"],
            "Always",
        );
}
