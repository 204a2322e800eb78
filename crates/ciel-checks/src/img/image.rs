use ciel_core::ImageName;
use ciel_k8s::Container;
use ciel_yaml::Node;

use crate::ImageOptions;

/// What a container's `image` says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Image<'s> {
    /// Where it says it.
    pub(crate) node: Node<'s>,
    /// Its parts.
    pub(crate) name: ImageName<'s>,
}

impl<'s> Image<'s> {
    /// `None` for no image, and for what only stands in for one until something fills it in: a template, a parameter,
    /// a source that a build makes an image of (`ko://…`).
    pub(crate) fn of(container: Container<'s>) -> Option<Self> {
        let node = container.node.get("image")?;
        let text = node.as_str()?;
        let name = ImageName::parse(text);
        (name.is_valid() && !text.contains("://")).then_some(Self { node, name })
    }

    /// The tag, if it moves: `latest`, which is also what no tag means, or one that the project calls so. An image that
    /// is pinned by a digest does not move.
    pub(crate) fn floating_tag(&self, options: &ImageOptions) -> Option<&'s str> {
        let name = &self.name;
        let tag = if name.tag.is_empty() {
            LATEST
        } else {
            name.tag
        };
        let floats = tag == LATEST || options.floating_tags.iter().any(|other| other == tag);
        (floats && name.digest.is_empty()).then_some(tag)
    }

    /// Whether some place on a list is where it comes from: the longest such place.
    pub(crate) fn place<'l>(&self, list: &'l [String]) -> Option<&'l str> {
        let name = self.name.full_name();
        let places = list.iter().map(String::as_str);
        places
            .filter(|place| name.is_below(place))
            .max_by_key(|place| place.len())
    }
}

/// The tag that is meant where none is written.
pub(super) const LATEST: &str = "latest";
