//! What kubeconfigs say of TLS, be they objects or texts within Secrets and ConfigMaps.

use std::sync::Arc;

use ciel_certs::{Contents, decode_base64, read};
use ciel_yaml::Node;
use memchr::memmem;

/// A fact about a kubeconfig, with the node to report it at.
pub(crate) enum Fact<'s> {
    /// A cluster whose certificate is not checked.
    Unverified { node: Node<'s>, cluster: String },
    /// The certificates of a user.
    Client {
        node: Node<'s>,
        user: String,
        contents: Contents,
    },
    /// The authorities of a cluster.
    Authority { node: Node<'s>, contents: Contents },
}

/// Bytes of a text that is read as a kubeconfig: with hundreds of clusters it is smaller.
const TEXT_BYTES: usize = 1 << 20;

/// The facts of a kubeconfig; `place` gives the node to report a node at.
pub(crate) fn facts<'n, 's>(root: Node<'n>, place: impl Fn(Node<'n>) -> Node<'s>) -> Vec<Fact<'s>> {
    let name = |entry: Node<'n>| entry.str_at(&["name"]).unwrap_or_default().to_owned();
    let contents = |node: Node<'n>| decode_base64(node.scalar_text()).map(|text| read(&text));
    let mut facts = Vec::new();
    for entry in root.get("clusters").into_iter().flat_map(Node::items) {
        let Some(cluster) = entry.get("cluster") else {
            continue;
        };
        let unverified = cluster.get("insecure-skip-tls-verify");
        if let Some(node) = unverified.filter(|node| node.as_bool() == Some(true)) {
            facts.push(Fact::Unverified {
                node: place(node),
                cluster: name(entry),
            });
        }
        if let Some(node) = cluster.get("certificate-authority-data") {
            let contents = contents(node);
            facts.extend(contents.map(|contents| Fact::Authority {
                node: place(node),
                contents,
            }));
        }
    }
    for entry in root.get("users").into_iter().flat_map(Node::items) {
        if let Some(node) = entry.at(&["user", "client-certificate-data"]) {
            let contents = contents(node);
            let user = name(entry);
            facts.extend(contents.map(|contents| Fact::Client {
                node: place(node),
                user,
                contents,
            }));
        }
    }
    facts
}

/// The facts of a text, if it is a kubeconfig; all are reported at the text's node.
pub(crate) fn embedded<'s>(node: Node<'s>, text: &[u8]) -> Option<Vec<Fact<'s>>> {
    let is_kubeconfig = text.len() <= TEXT_BYTES
        && memmem::find(text, b"clusters").is_some()
        && memmem::find(text, b"users").is_some()
        && memmem::find(text, b"contexts").is_some();
    if !is_kubeconfig {
        return None;
    }
    let text: Arc<str> = std::str::from_utf8(text).ok()?.into();
    let parsed = ciel_yaml::parse(&text);
    let root = parsed.documents.first()?.root();
    (root.str_at(&["kind"]) == Some("Config")).then(|| facts(root, |_| node))
}
