//! Configuration files that stand as text in ConfigMaps, as kubeadm keeps them.

use std::collections::HashMap;

use ciel_core::limits;
use ciel_k8s::TypeMeta;
use ciel_snapshot::{ObjectId, Snapshot};
use ciel_yaml::{Document, Node, parse};

use super::config::sets_up;

/// The configuration files of all ConfigMaps.
#[derive(Debug, Default)]
pub(crate) struct Embedded<'s> {
    files: HashMap<ObjectId, Vec<(Node<'s>, Document)>>,
    is_cut: bool,
}

impl<'s> Embedded<'s> {
    /// Reads them.
    pub(crate) fn of(snapshot: &'s Snapshot) -> Self {
        let mut files = HashMap::new();
        let mut is_cut = false;
        for object in snapshot.of_kind("", "ConfigMap") {
            let data = object.root().get("data");
            let values = data
                .into_iter()
                .flat_map(Node::entries)
                .map(|(_, value)| value);
            let candidates: Vec<_> = values.filter(|value| may_hold_file(*value)).collect();
            is_cut |= candidates.iter().any(|value| is_large(*value));
            let small = candidates.into_iter().filter(|value| !is_large(*value));
            let found: Vec<_> = small.flat_map(read).collect();
            if !found.is_empty() {
                files.insert(object.id(), found);
            }
        }
        Self { files, is_cut }
    }

    /// Whether some file was too large to be read.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The files in a ConfigMap, each with the field that holds it.
    pub(crate) fn in_object(&self, id: ObjectId) -> &[(Node<'s>, Document)] {
        self.files.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether a text is worth reading: nearly all are something else.
fn may_hold_file(value: Node<'_>) -> bool {
    const KINDS: [&str; 3] = [
        "KubeletConfiguration",
        "KubeProxyConfiguration",
        "ClusterConfiguration",
    ];
    let text = value.scalar_text();
    text.contains(".k8s.io/") && KINDS.iter().any(|kind| text.contains(kind))
}

fn is_large(value: Node<'_>) -> bool {
    value.scalar_text().len() > limits::EMBEDDED_CONFIG_BYTES
}

fn read(value: Node<'_>) -> Vec<(Node<'_>, Document)> {
    let text = value.scalar_text();
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
