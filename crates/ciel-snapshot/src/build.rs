use std::collections::HashMap;

use ciel_core::{Source, SourceId};
use ciel_k8s::{TypeMeta, group_of, pod_templates};
use ciel_yaml::{Document, Node};

use crate::{
    Object, ObjectId, Snapshot,
    snapshot::{Entry, TemplateEntry},
};

/// Collects sources and documents, then builds a [`Snapshot`].
#[derive(Debug, Default)]
pub struct SnapshotBuilder {
    sources: Vec<Source>,
    documents: Vec<(SourceId, Document)>,
    types: Vec<TypeMeta>,
    type_ids: HashMap<TypeMeta, u32>,
    entries: Vec<Entry>,
    templates: Vec<TemplateEntry>,
    complete: bool,
}

impl SnapshotBuilder {
    /// Nothing yet. `complete`: whether the input is all there is, so that absences can be judged.
    #[must_use]
    pub fn new(complete: bool) -> Self {
        Self {
            complete,
            ..Self::default()
        }
    }

    /// Adds a source and the documents read from it. Lists are unfolded; what has no `apiVersion` and `kind` is no
    /// object and is passed over. Counts the objects into the source.
    pub fn add(&mut self, mut source: Source, documents: Vec<Document>) -> SourceId {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let before = self.entries.len();
        for document in documents {
            let index = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
            let found = self.entries.len();
            self.add_value(index, document.root(), None, 0);
            if self.entries.len() > found {
                self.documents.push((id, document));
            }
        }
        source.objects = self.entries.len() - before;
        self.sources.push(source);
        id
    }

    fn add_value(
        &mut self,
        document: u32,
        node: Node<'_>,
        inherited: Option<&TypeMeta>,
        depth: usize,
    ) {
        // A list within a list within a list is somebody's joke.
        if depth > 3 {
            return;
        }
        if node.is_sequence() {
            for item in node.items() {
                self.add_value(document, item, inherited, depth + 1);
            }
            return;
        }
        let own = |key| node.str_at(&[key]).filter(|text| !text.is_empty());
        let types = match (own("apiVersion"), own("kind")) {
            (Some(api_version), Some(kind)) => TypeMeta {
                api_version: api_version.to_owned(),
                kind: kind.to_owned(),
            },
            _ => match inherited {
                Some(types) if node.get("metadata").is_some() => types.clone(),
                _ => return,
            },
        };
        if let Some(items) = node
            .get("items")
            .filter(|items| items.is_sequence() && types.kind.ends_with("List"))
        {
            let item_types = item_types(&types);
            for item in items.items() {
                self.add_value(document, item, item_types.as_ref(), depth + 1);
            }
            return;
        }
        self.add_object(document, node, types);
    }

    fn add_object(&mut self, document: u32, root: Node<'_>, types: TypeMeta) {
        let start = self.templates.len();
        self.templates
            .extend(
                pod_templates(&types, root)
                    .into_iter()
                    .map(|template| TemplateEntry {
                        metadata: template.metadata.map(Node::id),
                        spec: template.spec.node.id(),
                        shape: template.spec.shape,
                        partial: template.spec.partial,
                    }),
            );
        let range = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let types = self.intern(types);
        self.entries.push(Entry {
            document,
            root: root.id(),
            types,
            templates: range(start)..range(self.templates.len()),
            owner: None,
        });
    }

    fn intern(&mut self, types: TypeMeta) -> u32 {
        if let Some(&id) = self.type_ids.get(&types) {
            return id;
        }
        let id = u32::try_from(self.types.len()).unwrap_or(u32::MAX);
        self.type_ids.insert(types.clone(), id);
        self.types.push(types);
        id
    }

    /// The finished snapshot.
    #[must_use]
    pub fn build(self) -> Snapshot {
        let mut by_kind: HashMap<String, Vec<ObjectId>> = HashMap::new();
        for (entry, id) in self.entries.iter().zip(0..) {
            let Some(types) = self.types.get(entry.types as usize) else {
                continue;
            };
            match by_kind.get_mut(&types.kind) {
                Some(ids) => ids.push(ObjectId(id)),
                None => {
                    by_kind.insert(types.kind.clone(), vec![ObjectId(id)]);
                }
            }
        }
        let mut snapshot = Snapshot {
            sources: self.sources,
            documents: self.documents,
            types: self.types,
            entries: self.entries,
            templates: self.templates,
            complete: self.complete,
            by_kind,
            by_name: std::sync::OnceLock::new(),
        };
        let owners = owners(&snapshot);
        for (&id, &owner) in &owners {
            if runs_in_a_circle(&owners, id) {
                continue;
            }
            if let Some(entry) = snapshot.entries.get_mut(id.0 as usize) {
                entry.owner = Some(owner);
            }
        }
        snapshot
    }
}

/// The type of the items of a typed list (`PodList`), for dumps whose items do not say it; none for a plain `List`.
fn item_types(list: &TypeMeta) -> Option<TypeMeta> {
    let kind = list
        .kind
        .strip_suffix("List")
        .filter(|kind| !kind.is_empty())?;
    Some(TypeMeta {
        api_version: list.api_version.clone(),
        kind: kind.to_owned(),
    })
}

/// Which object made which, as far as both are in the snapshot and the maker holds the template.
fn owners(snapshot: &Snapshot) -> HashMap<ObjectId, ObjectId> {
    let owned: Vec<(Object<'_>, Node<'_>)> = snapshot
        .objects()
        .filter_map(|object| {
            let references = object.root().at(&["metadata", "ownerReferences"])?;
            let is_controller = |node: &Node<'_>| node.bool_at(&["controller"]) == Some(true);
            let reference = references
                .items()
                .find(is_controller)
                .or_else(|| references.item(0))?;
            Some((object, reference))
        })
        .collect();
    if owned.is_empty() {
        return HashMap::new();
    }
    let mut by_name: HashMap<(&str, &str, &str, &str), ObjectId> = HashMap::new();
    for object in snapshot.objects() {
        by_name
            .entry((
                object.types().group(),
                object.kind(),
                object.namespace(),
                object.name(),
            ))
            .or_insert(object.id());
    }
    owned
        .into_iter()
        .filter_map(|(object, reference)| {
            let group = group_of(reference.str_at(&["apiVersion"])?);
            let kind = reference.str_at(&["kind"])?;
            let name = reference.str_at(&["name"])?;
            // Owners of namespaced objects live in the same namespace, or in none.
            let owner = [object.namespace(), ""]
                .into_iter()
                .find_map(|namespace| by_name.get(&(group, kind, namespace, name)))?;
            let same_uid = snapshot
                .object(*owner)
                .and_then(|owner| owner.root().str_at(&["metadata", "uid"]))
                .zip(reference.str_at(&["uid"]))
                .is_none_or(|(real, wanted)| real == wanted);
            (same_uid && *owner != object.id() && makes_pods(snapshot, *owner))
                .then_some((object.id(), *owner))
        })
        .collect()
}

/// Whether the chain of owners of an object has no end. Each of them would be judged by another, and so by none.
fn runs_in_a_circle(owners: &HashMap<ObjectId, ObjectId>, start: ObjectId) -> bool {
    let mut at = start;
    for _ in 0..OWNER_CHAIN {
        match owners.get(&at) {
            Some(owner) => at = *owner,
            None => return false,
        }
    }
    true
}

/// The longest chain of owners that is believed; the longest real one has four.
const OWNER_CHAIN: usize = 8;

/// Whether an object says itself what its pods look like. A node "owns" its static pods, and an operator's resource
/// its workloads, without saying it: those are judged on their own.
fn makes_pods(snapshot: &Snapshot, id: ObjectId) -> bool {
    snapshot.object(id).is_some_and(|object| {
        let mut workloads = object.workloads().peekable();
        workloads.peek().is_some() && workloads.all(|workload| !workload.spec().partial)
    })
}
