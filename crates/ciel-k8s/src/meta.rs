use ciel_yaml::Node;

/// The group of an `apiVersion`: `apps` of `apps/v1`, empty for the core group.
#[must_use]
pub fn group_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The version of an `apiVersion`: `v1` of `apps/v1` and of `v1`.
#[must_use]
pub fn version_of(api_version: &str) -> &str {
    api_version
        .split_once('/')
        .map_or(api_version, |(_, version)| version)
}

/// `apiVersion` and `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeMeta {
    /// `apps/v1`
    pub api_version: String,
    /// `Deployment`
    pub kind: String,
}

impl TypeMeta {
    /// The group; empty for core.
    #[must_use]
    pub fn group(&self) -> &str {
        group_of(&self.api_version)
    }

    /// Whether it is this kind of this group, in any version.
    #[must_use]
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.kind == kind && self.group() == group
    }
}

/// The metadata of any object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectView<'a> {
    /// The object's outermost mapping.
    pub root: Node<'a>,
}

impl<'a> ObjectView<'a> {
    /// `metadata`.
    #[must_use]
    pub fn metadata(self) -> Option<Node<'a>> {
        self.root.get("metadata")
    }

    /// `metadata.name`, or `metadata.generateName` where only that is given; empty for neither. A name that YAML takes
    /// for something else than a string (`y`, `0644`) is given as it is understood, though no cluster would take it.
    #[must_use]
    pub fn name(self) -> &'a str {
        let field = |key| self.root.at(&["metadata", key]).map(Node::scalar_text);
        field("name")
            .or_else(|| field("generateName"))
            .unwrap_or_default()
    }

    /// `metadata.namespace` as written; empty where it is not.
    #[must_use]
    pub fn namespace(self) -> &'a str {
        self.root
            .str_at(&["metadata", "namespace"])
            .unwrap_or_default()
    }

    /// The value of a label.
    #[must_use]
    pub fn label(self, key: &str) -> Option<&'a str> {
        self.root.str_at(&["metadata", "labels", key])
    }

    /// The node of an annotation's value.
    #[must_use]
    pub fn annotation(self, key: &str) -> Option<Node<'a>> {
        self.root.at(&["metadata", "annotations", key])
    }
}
