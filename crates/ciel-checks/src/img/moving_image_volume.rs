use ciel_core::ImageName;
use ciel_yaml::Node;

use super::{Image, untrusted_registry::objection};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds volumes that are images (`volumes[].image`) with a tag that moves, or from a place that is not trusted: what
    /// `latest-tag` and `untrusted-registry` find in containers.
    ///
    /// ## Why is this bad?
    /// What is mounted is run or believed as much as the container's own image: plugins, models, configuration. Who may push
    /// to the repository decides what it is with the next pod that starts.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: model
    ///   image: {reference: registry.example/model}
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// volumes:
    /// - name: model
    ///   image: {reference: "registry.example/model:2.1@sha256:9b2c…"}
    /// ```
    ///
    /// ## Exceptions
    /// A digest settles the tag, not the place.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#image>
    pub static MOVING_IMAGE_VOLUME = {
        code: "IMG017",
        name: "moving-image-volume",
        severity: Medium,
        since: "0.1.0",
        summary: "volume is an image that others may exchange",
        run: Pod(moving_image_volume),
        frameworks: [owasp2022("K02"), mitre("T1525")],
        aliases: [],
    }
}

fn moving_image_volume(cx: &mut PodCx<'_>) {
    for volume in cx.spec().volumes() {
        let Some(node) = volume.at(&["image", "reference"]) else {
            continue;
        };
        let name = ImageName::parse(node.scalar_text());
        if !name.is_valid() {
            continue;
        }
        judge(cx, volume, Image { node, name });
    }
}

fn judge<'s>(cx: &mut PodCx<'s>, volume: Node<'s>, image: Image<'s>) {
    let options = &cx.options().images;
    let volume = volume.str_at(&["name"]).unwrap_or_default();
    if let Some((why, severity)) = objection(&image, options) {
        let message = format!("image of volume `{volume}` comes from {why}");
        cx.report(&MOVING_IMAGE_VOLUME, image.node, message)
            .severity(severity)
            .help("use the image of a registry that you trust, or copy it to your own");
    } else if let Some(tag) = image.floating_tag(options) {
        let message = format!("image of volume `{volume}` has the tag `{tag}`, which moves");
        cx.report(&MOVING_IMAGE_VOLUME, image.node, message)
            .help("name the version, and its digest if nobody else may decide what is mounted");
    }
}
