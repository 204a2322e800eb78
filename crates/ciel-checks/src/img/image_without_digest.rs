use super::latest_tag::LATEST_TAG;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds images that are named by a tag alone, or whose digest is no whole digest. Where the tag is `latest`, or
    /// missing, `latest-tag` speaks of it, if it is on.
    ///
    /// ## Why is this bad?
    /// A tag can be pointed to something else at any time, by mistake or by an intruder in the registry, after the image
    /// was tested, scanned and signed. A digest is the content itself.
    ///
    /// ## Example
    /// ```yaml
    /// image: registry.example/web:1.4.2
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// image: registry.example/web:1.4.2@sha256:9b2c…
    /// ```
    ///
    /// ## Exceptions
    /// Registries whose tags cannot be changed: name them in `without-digest` in `ciel.toml`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/containers/images/#image-names>
    pub static IMAGE_WITHOUT_DIGEST = {
        code: "IMG002",
        name: "image-without-digest",
        severity: Low,
        since: "0.1.0",
        summary: "image is not pinned by a digest",
        profile: All,
        run: Container(image_without_digest),
        frameworks: [owasp2022("K02"), mitre("T1525")],
        aliases: [
            kubescape("C-0306"), checkov("CKV_K8S_43"),
            kics("7c81d34c-8e5a-402b-9798-9f442630e678"), datree("CONTAINERS_MISSING_IMAGE_VALUE_DIGEST"),
        ],
    }
}

fn image_without_digest(cx: &mut ContainerCx<'_>) {
    let container = cx.container;
    // A broken digest makes no valid reference, and pins nothing.
    let name = match (cx.image(), container.image()) {
        (Some(image), _) => image.name,
        (None, Some(text)) if text.contains('@') && !text.contains("://") => {
            ciel_core::ImageName::parse(text)
        }
        _ => return,
    };
    let options = &cx.options().images;
    let is_spoken_for = cx.options().gives_way_to(&LATEST_TAG.check);
    let tag_speaks = cx
        .image()
        .is_some_and(|image| image.floating_tag(options).is_some());
    let full = name.full_name();
    if name.is_pinned()
        || (is_spoken_for && tag_speaks)
        || options
            .without_digest
            .iter()
            .any(|place| full.is_below(place))
    {
        return;
    }
    let Some(node) = container.node.get("image") else {
        return;
    };
    let message = if name.digest.is_empty() {
        format!("image of {} is not pinned by a digest", container.display())
    } else {
        format!("image of {} has a broken digest", container.display())
    };
    cx.report(&IMAGE_WITHOUT_DIGEST, node, message)
        .help("add the digest that the registry shows for the tag: `name:tag@sha256:…`");
}
