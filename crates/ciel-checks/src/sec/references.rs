//! The ConfigMaps and Secrets that a pod refers to, and the Secrets that something in the input makes.

use std::collections::HashSet;

use ciel_k8s::PodSpec;
use ciel_snapshot::{Object, Snapshot};
use ciel_yaml::{Kind, Node};

/// What a reference is to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    ConfigMap,
    Secret,
}

impl Target {
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::ConfigMap => "ConfigMap",
            Self::Secret => "Secret",
        }
    }
}

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A variable, or a container's whole environment.
    Environment,
    Volume,
    /// `imagePullSecrets`
    Pull,
}

/// A reference of a pod to an object that has to be there.
pub(super) struct Reference<'s> {
    pub(super) target: Target,
    pub(super) place: Place,
    pub(super) name: &'s str,
    /// Where the name stands.
    pub(super) node: Node<'s>,
    /// The keys that it wants, with where they stand.
    pub(super) keys: Vec<Node<'s>>,
    /// Whether the pod starts without it.
    pub(super) is_optional: bool,
}

fn group_of_rbac(object: Object<'_>) -> bool {
    object.types().group() == "rbac.authorization.k8s.io"
}

/// All references of a pod, in the order in which they stand.
pub(super) fn references(spec: PodSpec<'_>) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for container in spec.containers() {
        for variable in container.env() {
            let Some(source) = variable.get("valueFrom") else {
                continue;
            };
            for (field, target) in [
                ("secretKeyRef", Target::Secret),
                ("configMapKeyRef", Target::ConfigMap),
            ] {
                let keys = source.at(&[field, "key"]).into_iter().collect();
                found.extend(reference(
                    source.get(field),
                    "name",
                    target,
                    Place::Environment,
                    keys,
                ));
            }
        }
        let whole = container
            .node
            .get("envFrom")
            .into_iter()
            .flat_map(Node::items);
        for source in whole {
            for (field, target) in [
                ("secretRef", Target::Secret),
                ("configMapRef", Target::ConfigMap),
            ] {
                found.extend(reference(
                    source.get(field),
                    "name",
                    target,
                    Place::Environment,
                    Vec::new(),
                ));
            }
        }
    }
    for volume in spec.volumes() {
        of_volume(volume, "secretName", &mut found);
        let projected = volume
            .at(&["projected", "sources"])
            .into_iter()
            .flat_map(Node::items);
        projected.for_each(|source| of_volume(source, "name", &mut found));
    }
    let pull = spec
        .node
        .get("imagePullSecrets")
        .into_iter()
        .flat_map(Node::items);
    for secret in pull {
        found.extend(reference(
            Some(secret),
            "name",
            Target::Secret,
            Place::Pull,
            Vec::new(),
        ));
    }
    found
}

fn of_volume<'s>(volume: Node<'s>, secret_name: &str, found: &mut Vec<Reference<'s>>) {
    for (field, name, target) in [
        ("secret", secret_name, Target::Secret),
        ("configMap", "name", Target::ConfigMap),
    ] {
        let source = volume.get(field);
        let items = source
            .and_then(|source| source.get("items"))
            .into_iter()
            .flat_map(Node::items);
        let keys = items.filter_map(|item| item.get("key")).collect();
        found.extend(reference(source, name, target, Place::Volume, keys));
    }
}

fn reference<'s>(
    source: Option<Node<'s>>,
    field: &str,
    target: Target,
    place: Place,
    keys: Vec<Node<'s>>,
) -> Option<Reference<'s>> {
    let source = source?;
    let node = source.get(field)?;
    let name = node
        .as_str()
        .filter(|name| !name.is_empty() && !name.contains(['{', '$']))?;
    Some(Reference {
        target,
        place,
        name,
        node,
        keys,
        is_optional: source.bool_at(&["optional"]) == Some(true),
    })
}

/// Secrets and ConfigMaps that something in the input makes or knows of, though it is not there itself: operators'
/// objects, jobs that are told a name, annotations that ask for one.
#[derive(Debug, Default)]
pub(crate) struct MadeObjects<'s> {
    names: HashSet<&'s str>,
}

impl<'s> MadeObjects<'s> {
    /// Gathers the words of objects that are no workloads, and of command lines.
    pub(crate) fn of(snapshot: &'s Snapshot) -> Self {
        let mut made = Self::default();
        for object in snapshot.objects() {
            made.gather(object);
        }
        made
    }

    fn gather(&mut self, object: Object<'s>) {
        let root = object.root();
        let annotations = root.at(&["metadata", "annotations"]);
        for (_, value) in annotations.into_iter().flat_map(Node::entries) {
            self.add(value.scalar_text());
        }
        for workload in object.workloads() {
            for container in workload.spec().containers() {
                for word in container.argv() {
                    let word = word.scalar_text();
                    self.add(word.rsplit('=').next().unwrap_or(word));
                }
            }
        }
        // Who may change one thing by its name may have made it.
        let rules = root.get("rules").filter(|_| group_of_rbac(object));
        for rule in rules.into_iter().flat_map(Node::items) {
            let names = rule.get("resourceNames").into_iter().flat_map(Node::items);
            names.for_each(|name| self.add(name.scalar_text()));
        }
        let group = object.types().group();
        let is_custom = group.contains('.') && !group.ends_with(".k8s.io");
        if is_custom && object.workloads().next().is_none() {
            self.names.insert(object.name());
            root.get("spec")
                .into_iter()
                .for_each(|spec| self.strings(spec));
        }
    }

    /// Recursion ends where the parser's does.
    fn strings(&mut self, node: Node<'s>) {
        match node.kind() {
            Kind::Mapping => node.entries().for_each(|(_, child)| self.strings(child)),
            Kind::Sequence => node.items().for_each(|child| self.strings(child)),
            Kind::String => self.add(node.scalar_text()),
            _ => {}
        }
    }

    /// Names of objects are short, and have no spaces.
    fn add(&mut self, word: &'s str) {
        if (1..=253).contains(&word.len()) && !word.contains([' ', '\n']) {
            self.names.insert(word.rsplit('/').next().unwrap_or(word));
        }
    }

    /// Whether something makes an object of that name. Namespaces are not compared: what makes it may put it anywhere.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}
