use ciel_core::{Location, ObjectRef, SourceId};
use ciel_k8s::{ObjectView, PodSpec, PodTemplate, TypeMeta};
use ciel_yaml::Node;

use crate::{Snapshot, snapshot::Entry};

/// Index of an object in its [`Snapshot`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub u32);

/// An object of a snapshot: cheap to copy.
#[derive(Clone, Copy)]
pub struct Object<'s> {
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) id: ObjectId,
    pub(crate) entry: &'s Entry,
}

impl std::fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}/{}", self.kind(), self.namespace(), self.name())
    }
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.snapshot, other.snapshot)
    }
}

impl Eq for Object<'_> {}

impl<'s> Object<'s> {
    /// Its index.
    #[must_use]
    pub fn id(self) -> ObjectId {
        self.id
    }

    /// The snapshot that it is part of.
    #[must_use]
    pub fn snapshot(self) -> &'s Snapshot {
        self.snapshot
    }

    /// Its outermost mapping.
    #[must_use]
    pub fn root(self) -> Node<'s> {
        // Entries are made by the builder from documents of the same snapshot.
        #[expect(clippy::indexing_slicing, reason = "the builder made the index")]
        self.snapshot.documents[self.entry.document as usize]
            .1
            .node(self.entry.root)
    }

    /// The source that it stands in.
    #[must_use]
    pub fn source(self) -> SourceId {
        self.snapshot
            .documents
            .get(self.entry.document as usize)
            .map_or(SourceId(0), |(source, _)| *source)
    }

    /// The location of a node of this object's document.
    #[must_use]
    pub fn location(self, node: Node<'_>) -> Location {
        Location {
            source: self.source(),
            span: node.span(),
        }
    }

    /// `apiVersion` and `kind`. For items of a typed list that do not say them, those of the list.
    #[must_use]
    pub fn types(self) -> &'s TypeMeta {
        #[expect(clippy::indexing_slicing, reason = "the builder made the index")]
        &self.snapshot.types[self.entry.types as usize]
    }

    /// Index of its type in [`Snapshot::types`].
    #[must_use]
    pub fn type_index(self) -> usize {
        self.entry.types as usize
    }

    /// `kind`
    #[must_use]
    pub fn kind(self) -> &'s str {
        &self.types().kind
    }

    /// Whether it is this kind of this group, in any version.
    #[must_use]
    pub fn is(self, group: &str, kind: &str) -> bool {
        self.types().is(group, kind)
    }

    /// Its metadata.
    #[must_use]
    pub fn view(self) -> ObjectView<'s> {
        ObjectView { root: self.root() }
    }

    /// `metadata.name`, or `metadata.generateName`; empty for neither.
    #[must_use]
    pub fn name(self) -> &'s str {
        self.view().name()
    }

    /// `metadata.namespace` as written; empty where it is not.
    #[must_use]
    pub fn namespace(self) -> &'s str {
        self.view().namespace()
    }

    /// The namespace that it would land in if applied as it is: `default` where none is written. For kinds without
    /// namespaces it means nothing.
    #[must_use]
    pub fn namespace_or_default(self) -> &'s str {
        match self.namespace() {
            "" => "default",
            namespace => namespace,
        }
    }

    /// The object whose pod template made this one (its controller, or else its first owner), if it is in the
    /// snapshot. A node is not the owner of its static pods in this sense.
    #[must_use]
    pub fn owner(self) -> Option<Object<'s>> {
        self.entry.owner.and_then(|id| self.snapshot.object(id))
    }

    /// Its name for findings.
    #[must_use]
    pub fn to_ref(self) -> ObjectRef {
        ObjectRef {
            api_version: self.types().api_version.clone(),
            kind: self.kind().to_owned(),
            namespace: self.namespace().to_owned(),
            name: self.name().to_owned(),
        }
    }

    /// The pods that it is or makes.
    pub fn workloads(self) -> impl Iterator<Item = Workload<'s>> {
        let range = self.entry.templates.start as usize..self.entry.templates.end as usize;
        let templates = self.snapshot.templates.get(range).unwrap_or_default();
        let document = self.root().document();
        templates.iter().map(move |template| Workload {
            object: self,
            template: PodTemplate {
                metadata: template.metadata.map(|id| document.node(id)),
                spec: PodSpec {
                    node: document.node(template.spec),
                    shape: template.shape,
                    partial: template.partial,
                },
            },
        })
    }
}

/// A pod that an object is or makes, with that object.
#[derive(Clone, Copy, Debug)]
pub struct Workload<'s> {
    /// The object as written.
    pub object: Object<'s>,
    /// The pod.
    pub template: PodTemplate<'s>,
}

impl<'s> Workload<'s> {
    /// The pod's spec.
    #[must_use]
    pub fn spec(self) -> PodSpec<'s> {
        self.template.spec
    }

    /// The namespace that its pods land in.
    #[must_use]
    pub fn namespace(self) -> &'s str {
        self.object.namespace_or_default()
    }
}
