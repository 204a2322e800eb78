//! When a node asks the registry for an image: `imagePullPolicy`, and what the API server makes of it where it is left out.

use ciel_k8s::Container;
use ciel_yaml::Node;

use super::{Image, image::LATEST};

/// Where the policy comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum PullPolicy<'s> {
    /// It is `Always`.
    Always,
    /// It is `IfNotPresent` or `Never`.
    Otherwise(Node<'s>),
    /// It is left out and becomes `Always`, as the tag is `latest` or left out.
    AlwaysByDefault,
    /// It is left out and becomes `IfNotPresent`.
    IfNotPresentByDefault,
}

impl<'s> PullPolicy<'s> {
    pub(super) fn of(container: Container<'s>, image: &Image<'_>) -> Self {
        let written = container
            .node
            .get("imagePullPolicy")
            .filter(|node| node.as_str().is_some_and(|policy| !policy.is_empty()));
        let name = &image.name;
        match written {
            Some(node) if node.as_str() == Some("Always") => Self::Always,
            Some(node) => Self::Otherwise(node),
            None if name.digest.is_empty() && matches!(name.tag, "" | LATEST) => {
                Self::AlwaysByDefault
            }
            None => Self::IfNotPresentByDefault,
        }
    }
}
