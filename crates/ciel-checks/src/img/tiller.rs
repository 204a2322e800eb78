//! Tiller, the server of Helm 2: what it looks like.

use ciel_core::ImageName;
use ciel_k8s::Container;
use ciel_snapshot::Workload;
use ciel_yaml::Node;

/// Where a container says that it is Tiller: its image, or its only name if the pod's labels say so.
pub(super) fn in_container<'s>(
    workload: Workload<'s>,
    container: Container<'s>,
) -> Option<Node<'s>> {
    let image = container.node.get("image")?;
    let text = image.as_str()?;
    let by_image = text.contains("tiller") && is_tiller(ImageName::parse(text).base());
    let by_name = || {
        container.name() == "tiller"
            && workload
                .template
                .labels()
                .is_some_and(|labels| says_tiller(Some(labels)))
    };
    (by_image || by_name()).then_some(image)
}

/// Whether an image is called like Tiller's, or that for one architecture; others may write about it.
fn is_tiller(base: &str) -> bool {
    const ARCHITECTURES: [&str; 7] = [
        "",
        "-amd64",
        "-arm",
        "-arm64",
        "-multi-arch",
        "-ppc64le",
        "-s390x",
    ];
    base.strip_prefix("tiller")
        .is_some_and(|rest| ARCHITECTURES.contains(&rest))
}

/// Whether labels, or a selector of labels, are those that `helm init` gave Tiller.
pub(super) fn says_tiller(labels: Option<Node<'_>>) -> bool {
    let Some(labels) = labels else {
        return false;
    };
    labels.str_at(&["app"]) == Some("helm") && labels.str_at(&["name"]) == Some("tiller")
}

/// Whether it listens on the pod's own address only, so that nobody else reaches it.
pub(super) fn listens_locally(container: Container<'_>) -> bool {
    const LOCAL: [&str; 3] = ["localhost:", "127.0.0.1:", "[::1]:"];
    let argv = container.argv();
    argv.iter().enumerate().any(|(at, word)| {
        let text = word.scalar_text();
        // In a word of its own, or in a script.
        let Some((_, rest)) = text.split_once("-listen") else {
            return false;
        };
        let value = match rest.trim_start_matches(['=', ' ']) {
            "" => argv.get(at + 1).map_or("", |next| next.scalar_text()),
            value => value,
        };
        LOCAL.iter().any(|local| value.starts_with(local))
    })
}
