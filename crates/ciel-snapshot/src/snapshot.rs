use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Range,
    sync::OnceLock,
};

use ciel_core::{Source, SourceId};
use ciel_k8s::{PodShape, TypeMeta};
use ciel_yaml::{Document, NodeId};

use crate::{Object, ObjectId, Workload};

/// Where an object stands, and of which type it is.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) document: u32,
    pub(crate) root: NodeId,
    pub(crate) types: u32,
    /// Range in [`Snapshot::templates`].
    pub(crate) templates: Range<u32>,
    /// The object that made this one, if it is in the snapshot.
    pub(crate) owner: Option<ObjectId>,
}

/// A pod that an object is or makes.
#[derive(Debug)]
pub(crate) struct TemplateEntry {
    pub(crate) metadata: Option<NodeId>,
    pub(crate) spec: NodeId,
    pub(crate) shape: PodShape,
    pub(crate) partial: bool,
}

/// An immutable, indexed set of Kubernetes objects and the sources that they came from.
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) sources: Vec<Source>,
    pub(crate) documents: Vec<(SourceId, Document)>,
    pub(crate) types: Vec<TypeMeta>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) templates: Vec<TemplateEntry>,
    pub(crate) complete: bool,
    pub(crate) by_kind: HashMap<String, Vec<ObjectId>>,
    /// By hash of kind, namespace and name; made at the first question.
    pub(crate) by_name: OnceLock<HashMap<u64, Vec<ObjectId>>>,
}

impl Snapshot {
    /// The sources, in the order in which they were added.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// A source by its id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// Whether the objects are all there are, so that what is absent can be judged.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Number of objects.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no object.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All types that occur, each once.
    #[must_use]
    pub fn types(&self) -> &[TypeMeta] {
        &self.types
    }

    /// An object by its id.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> Option<Object<'_>> {
        self.entries.get(id.0 as usize).map(|entry| Object {
            snapshot: self,
            id,
            entry,
        })
    }

    /// All objects, in the order of the sources.
    pub fn objects(&self) -> impl Iterator<Item = Object<'_>> {
        self.entries.iter().zip(0..).map(|(entry, id)| Object {
            snapshot: self,
            id: ObjectId(id),
            entry,
        })
    }

    /// Objects of one kind of one group, in any version, in order.
    pub fn of_kind<'s>(&'s self, group: &'s str, kind: &str) -> impl Iterator<Item = Object<'s>> {
        let ids = self.by_kind.get(kind).into_iter().flatten();
        ids.filter_map(|id| self.object(*id))
            .filter(move |object| object.types().group() == group)
    }

    /// An object by group, kind, namespace and name. An absent namespace and `default` are the same; pass an empty
    /// one for kinds that have none. Where several have that name, the first.
    #[must_use]
    pub fn find(&self, group: &str, kind: &str, namespace: &str, name: &str) -> Option<Object<'_>> {
        let wanted = if namespace.is_empty() {
            "default"
        } else {
            namespace
        };
        let names = self.by_name.get_or_init(|| self.index_names());
        let ids = names.get(&name_hash(kind, wanted, name))?;
        ids.iter().filter_map(|id| self.object(*id)).find(|object| {
            object.name() == name
                && object.is(group, kind)
                && object.namespace_or_default() == wanted
        })
    }

    fn index_names(&self) -> HashMap<u64, Vec<ObjectId>> {
        let mut names: HashMap<u64, Vec<ObjectId>> = HashMap::with_capacity(self.entries.len());
        for object in self.objects() {
            let hash = name_hash(object.kind(), object.namespace_or_default(), object.name());
            names.entry(hash).or_default().push(object.id());
        }
        names
    }

    /// Every pod that an object is or makes, in order; pods and replica sets whose maker is here are left out, as
    /// they are judged where they are made.
    pub fn workloads(&self) -> impl Iterator<Item = Workload<'_>> {
        self.objects()
            .filter(|object| object.owner().is_none())
            .flat_map(Object::workloads)
    }
}

fn name_hash(kind: &str, namespace: &str, name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, namespace, name).hash(&mut hasher);
    hasher.finish()
}
