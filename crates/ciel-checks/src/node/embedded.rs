//! Configuration files that stand as text in ConfigMaps, as kubeadm keeps them.

use std::collections::HashMap;

use ciel_k8s::TypeMeta;
use ciel_snapshot::{ObjectId, Snapshot};
use ciel_yaml::{Document, Node, parse};

use super::config::sets_up;

/// Bytes of one configuration file; no real one is near.
const FILE_BYTES: usize = 1 << 18;

/// The configuration files of all ConfigMaps.
#[derive(Debug, Default)]
pub(crate) struct Embedded<'s> {
    files: HashMap<ObjectId, Vec<(Node<'s>, Document)>>,
}

impl<'s> Embedded<'s> {
    /// Reads them.
    pub(crate) fn of(snapshot: &'s Snapshot) -> Self {
        let mut files = HashMap::new();
        for object in snapshot.of_kind("", "ConfigMap") {
            let data = object.root().get("data");
            let values = data
                .into_iter()
                .flat_map(Node::entries)
                .map(|(_, value)| value);
            let found: Vec<_> = values.flat_map(read).collect();
            if !found.is_empty() {
                files.insert(object.id(), found);
            }
        }
        Self { files }
    }

    /// The files in a ConfigMap, each with the field that holds it.
    pub(crate) fn in_object(&self, id: ObjectId) -> &[(Node<'s>, Document)] {
        self.files.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

fn read(value: Node<'_>) -> Vec<(Node<'_>, Document)> {
    let text = value.scalar_text();
    let is_candidate = text.len() <= FILE_BYTES
        && text.contains(".k8s.io/")
        && [
            "KubeletConfiguration",
            "KubeProxyConfiguration",
            "ClusterConfiguration",
        ]
        .iter()
        .any(|kind| text.contains(kind));
    if !is_candidate {
        return Vec::new();
    }
    let documents = parse(&text.into()).documents.into_iter();
    let is_file = |document: &Document| {
        let word = |key| document.root().str_at(&[key]).map(str::to_owned);
        let types = word("apiVersion").zip(word("kind"));
        types.is_some_and(|(api_version, kind)| sets_up(&TypeMeta { api_version, kind }))
    };
    documents
        .filter(is_file)
        .map(|document| (value, document))
        .collect()
}
