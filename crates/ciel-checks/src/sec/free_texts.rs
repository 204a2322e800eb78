//! Texts of an object that stand in no place made for secrets or settings: annotations, probes' headers, attributes of
//! volumes, fields of custom resources.

use ciel_snapshot::Object;
use ciel_yaml::{Kind, Node};

use super::texts::Text;

/// Shorter texts hold no credential with a format.
const SHORTEST: usize = 16;

/// A text with the mapping that it stands in.
#[derive(Clone, Copy)]
pub(super) struct FreeText<'s> {
    pub(super) text: Text<'s>,
    /// Where the walk was: in `metadata.annotations`, or elsewhere.
    pub(super) is_annotation: bool,
}

/// Whether an object's texts are looked at: not those of kinds that describe fields instead of filling them, or that
/// hold what was encrypted for being shown, or references to secrets.
fn is_read(object: Object<'_>) -> bool {
    const ELSEWHERE: [(&str, &str); 8] = [
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
        ("bitnami.com", "SealedSecret"),
        ("external-secrets.io", "ExternalSecret"),
        ("external-secrets.io", "ClusterExternalSecret"),
        ("isindir.github.com", "SopsSecret"),
        ("operators.coreos.com", "ClusterServiceVersion"),
        ("certificates.k8s.io", "CertificateSigningRequest"),
        ("", "Event"),
    ];
    !ELSEWHERE
        .iter()
        .any(|(group, kind)| object.is(group, kind))
        // Encrypted by SOPS as a whole.
        && object.root().at(&["sops", "mac"]).is_none()
}

/// The texts of an object, but for the data of ConfigMaps and Secrets, what the server writes (`status`,
/// `managedFields`), and copies of the object in annotations.
pub(super) fn free_texts(object: Object<'_>) -> Vec<FreeText<'_>> {
    let mut texts = Vec::new();
    if !is_read(object) {
        return texts;
    }
    let has_data = object.is("", "ConfigMap") || object.is("", "Secret");
    for (key, node) in object.root().entries() {
        match key.scalar_text() {
            "apiVersion" | "kind" | "status" => {}
            "data" | "stringData" | "binaryData" if has_data => {}
            "metadata" => metadata(node, &mut texts),
            name => gather(name, node, &mut texts),
        }
    }
    texts
}

fn metadata<'s>(metadata: Node<'s>, texts: &mut Vec<FreeText<'s>>) {
    let annotations = metadata
        .get("annotations")
        .into_iter()
        .flat_map(Node::entries);
    for (key, node) in annotations {
        let name = key.scalar_text();
        // A copy of the object itself, and what can be read there.
        if name.ends_with("last-applied-configuration") || node.scalar_text().len() < SHORTEST {
            continue;
        }
        texts.push(FreeText {
            text: Text { name, node },
            is_annotation: true,
        });
    }
}

/// The strings at and below a node. Recursion ends where the parser's does.
fn gather<'s>(name: &'s str, node: Node<'s>, texts: &mut Vec<FreeText<'s>>) {
    match node.kind() {
        Kind::Mapping => {
            for (key, child) in node.entries() {
                gather(key.scalar_text(), child, texts);
            }
        }
        Kind::Sequence => {
            for child in node.items() {
                gather(name, child, texts);
            }
        }
        Kind::String if node.scalar_text().len() >= SHORTEST => texts.push(FreeText {
            text: Text { name, node },
            is_annotation: false,
        }),
        _ => {}
    }
}
