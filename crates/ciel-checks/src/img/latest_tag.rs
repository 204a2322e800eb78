use ciel_core::Severity;

use super::image::Image;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images with the tag `latest`, with no tag, which means `latest`, or with another tag that the project calls
    /// floating (`floating-tags` in `ciel.toml`); `low`, those with the tag of a branch or channel (`main`, `nightly`,
    /// `stable`).
    ///
    /// ## Why is this bad?
    /// The tag points to something else tomorrow. Two pods of one Deployment run different programs, a rollback brings
    /// nothing back, and whoever may push to the repository runs code in the cluster with the next pod that starts.
    ///
    /// ## Example
    /// ```yaml
    /// image: registry.example/web:latest
    /// ```
    ///
    /// ## Use instead
    /// A version, best with its digest.
    /// ```yaml
    /// image: registry.example/web:1.4.2@sha256:9b2c…
    /// ```
    ///
    /// ## Exceptions
    /// A digest settles it, whatever the tag. What is no reference to an image (`$(params.image)`, `ko://…`) is left
    /// alone.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/containers/images/#image-names>
    pub static LATEST_TAG = {
        code: "IMG001",
        name: "latest-tag",
        severity: Medium,
        since: "0.1.0",
        summary: "image has a tag that moves",
        run: Container(latest_tag),
        frameworks: [owasp2022("K02"), mitre("T1525")],
        aliases: [
            kubescape("C-0304"), trivy("KSV-0013"), kube_linter("latest-tag"), polaris("tagNotSpecified"),
            checkov("CKV_K8S_14"), kube_score("container-image-tag"), kubeaudit("ImageTagMissing"),
            kubeaudit("ImageTagIncorrect"), popeye("POP-100"), popeye("POP-101"),
            kics("583053b7-e632-46f0-b989-f81ff8045385"), datree("CONTAINERS_MISSING_IMAGE_VALUE_VERSION"),
        ],
    }
}

fn latest_tag(cx: &mut ContainerCx<'_>) {
    let Some(image) = cx.image() else {
        return;
    };
    let Some(tag) = image.floating_tag(&cx.options().images) else {
        branch_tag(cx, image);
        return;
    };
    let whose = cx.container.display();
    let message = if image.name.tag.is_empty() {
        format!("image of {whose} has no tag, which means `latest`")
    } else {
        format!("image of {whose} has the tag `{tag}`, which moves")
    };
    cx.report(&LATEST_TAG, image.node, message)
        .help("name the version, and its digest if nobody else may decide what runs");
}

/// Tags that are called after a branch or a channel, and move with it. Other tools do not ask for these.
fn branch_tag<'s>(cx: &mut ContainerCx<'s>, image: Image<'s>) {
    const CHANNELS: [&str; 19] = [
        "latest",
        "main",
        "master",
        "trunk",
        "head",
        "HEAD",
        "mainline",
        "develop",
        "development",
        "dev",
        "edge",
        "nightly",
        "canary",
        "snapshot",
        "SNAPSHOT",
        "unstable",
        "rolling",
        "staging",
        "stable",
    ];
    // With a digit in it, it names one build of the branch.
    let tag = image.name.tag;
    let names_branch = !tag.bytes().any(|byte| byte.is_ascii_digit())
        && tag.split('-').any(|word| CHANNELS.contains(&word));
    if !image.name.digest.is_empty() || !names_branch {
        return;
    }
    let message = format!(
        "image of {} has the tag `{tag}`, which moves",
        cx.container.display()
    );
    cx.report(&LATEST_TAG, image.node, message)
        .severity(Severity::Low)
        .help("name the version, and its digest if nobody else may decide what runs")
        .aliases(Vec::new());
}
