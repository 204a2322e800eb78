//! The certificates that objects hold, read once for all checks.

use std::{borrow::Cow, collections::HashMap};

use ciel_certs::{Contents, decode_base64, mentions_certificate, read};
use ciel_snapshot::{Object, ObjectId, Snapshot};
use ciel_yaml::Node;

use super::kubeconfig::{self, Fact};

/// What a certificate is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A server shows it: it and the chain behind it.
    Server,
    /// Others are checked against it.
    Authority,
    /// A client of the API server shows it.
    Client,
}

/// Certificates that stand at one place of an object.
#[derive(Debug)]
pub(crate) struct Held<'s> {
    /// The value that holds them.
    pub(crate) node: Node<'s>,
    /// The key of the value: `tls.crt`, `caBundle`.
    pub(crate) key: &'s str,
    pub(crate) used: Use,
    /// Of clients' certificates, the name of the user.
    pub(crate) user: String,
    pub(crate) contents: Contents,
}

impl<'s> Held<'s> {
    fn new(node: Node<'s>, key: &'s str, used: Use, contents: Contents) -> Self {
        let user = String::new();
        Self {
            node,
            key,
            used,
            user,
            contents,
        }
    }
}

/// What one object holds.
#[derive(Debug, Default)]
pub(crate) struct Holdings<'s> {
    pub(crate) certificates: Vec<Held<'s>>,
    /// Clusters of kubeconfigs whose certificates are not checked: the switch, and the cluster's name.
    pub(crate) unverified: Vec<(Node<'s>, String)>,
}

/// Kinds that hold certificates.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("", "Secret"),
    ("", "ConfigMap"),
    ("", "Config"),
    (
        "admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration",
    ),
    (
        "admissionregistration.k8s.io",
        "MutatingWebhookConfiguration",
    ),
    ("apiregistration.k8s.io", "APIService"),
    ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ("route.openshift.io", "Route"),
];

/// All certificates of a snapshot by the object that holds them.
#[derive(Debug, Default)]
pub(crate) struct Certificates<'s> {
    by_object: HashMap<ObjectId, Holdings<'s>>,
}

impl<'s> Certificates<'s> {
    /// Reads them all.
    pub(crate) fn new(snapshot: &'s Snapshot) -> Self {
        let mut by_object = HashMap::new();
        for (group, kind) in KINDS {
            for object in snapshot.of_kind(group, kind) {
                let held = held(object);
                if !held.certificates.is_empty() || !held.unverified.is_empty() {
                    by_object.insert(object.id(), held);
                }
            }
        }
        Self { by_object }
    }

    /// Those of one object.
    pub(crate) fn of(&self, object: Object<'_>) -> &[Held<'s>] {
        let holdings = self.by_object.get(&object.id());
        holdings.map_or(&[], |holdings| holdings.certificates.as_slice())
    }

    /// The clusters of an object's kubeconfigs whose certificates are not checked.
    pub(crate) fn unverified(&self, object: Object<'_>) -> &[(Node<'s>, String)] {
        let holdings = self.by_object.get(&object.id());
        holdings.map_or(&[], |holdings| holdings.unverified.as_slice())
    }
}

fn held(object: Object<'_>) -> Holdings<'_> {
    let root = object.root();
    let mut found = Holdings::default();
    match object.kind() {
        "Secret" => {
            for entry in secret_entries(object) {
                add_text(&mut found, entry.node, entry.key, &entry.value);
            }
        }
        "ConfigMap" => {
            for (key, node) in root.get("data").into_iter().flat_map(Node::entries) {
                add_text(
                    &mut found,
                    node,
                    key.scalar_text(),
                    node.scalar_text().as_bytes(),
                );
            }
        }
        "Config" => add_facts(&mut found, kubeconfig::facts(root, |node| node)),
        "APIService" => add_bundle(&mut found, root.at(&["spec", "caBundle"])),
        "CustomResourceDefinition" => {
            let path = ["spec", "conversion", "webhook", "clientConfig", "caBundle"];
            add_bundle(&mut found, root.at(&path));
        }
        "Route" => add_route(&mut found, root),
        _ => {
            for webhook in root.get("webhooks").into_iter().flat_map(Node::items) {
                add_bundle(&mut found, webhook.at(&["clientConfig", "caBundle"]));
            }
        }
    }
    found
}

fn add_text<'s>(found: &mut Holdings<'s>, node: Node<'s>, key: &'s str, text: &[u8]) {
    if let Some(facts) = kubeconfig::embedded(node, text) {
        add_facts(found, facts);
        return;
    }
    if !mentions_certificate(text) {
        return;
    }
    let contents = read(text);
    let is_authority = key
        .to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "ca" | "cabundle" | "cacert" | "root" | "bundle"))
        || contents
            .certificates
            .first()
            .is_some_and(|first| first.is_authority);
    let used = if is_authority {
        Use::Authority
    } else {
        Use::Server
    };
    found
        .certificates
        .push(Held::new(node, key, used, contents));
}

fn add_facts<'s>(found: &mut Holdings<'s>, facts: Vec<Fact<'s>>) {
    for fact in facts {
        match fact {
            Fact::Client {
                node,
                user,
                contents,
            } => found.certificates.push(Held {
                user,
                ..Held::new(node, "client-certificate-data", Use::Client, contents)
            }),
            Fact::Authority { node, contents } => {
                let key = "certificate-authority-data";
                let held = Held::new(node, key, Use::Authority, contents);
                found.certificates.push(held);
            }
            Fact::Unverified { node, cluster } => found.unverified.push((node, cluster)),
        }
    }
}

fn add_bundle<'s>(found: &mut Holdings<'s>, node: Option<Node<'s>>) {
    let Some(node) = node else { return };
    let contents = decode_base64(node.scalar_text()).map(|text| read(&text));
    if let Some(contents) = contents.filter(|contents| !contents.certificates.is_empty()) {
        found
            .certificates
            .push(Held::new(node, "caBundle", Use::Authority, contents));
    }
}

fn add_route<'s>(found: &mut Holdings<'s>, root: Node<'s>) {
    let places = [
        ("certificate", Use::Server),
        ("caCertificate", Use::Authority),
        ("destinationCACertificate", Use::Authority),
    ];
    for (key, used) in places {
        let Some(node) = root.at(&["spec", "tls", key]) else {
            continue;
        };
        let text = node.scalar_text().as_bytes();
        if mentions_certificate(text) {
            found
                .certificates
                .push(Held::new(node, key, used, read(text)));
        }
    }
}

/// An entry of a Secret, decoded.
pub(crate) struct SecretEntry<'s> {
    pub(crate) key: &'s str,
    pub(crate) node: Node<'s>,
    pub(crate) value: Cow<'s, [u8]>,
}

/// The entries of a Secret that can be PEM text or a kubeconfig; what `stringData` says wins, as in the cluster.
pub(crate) fn secret_entries(secret: Object<'_>) -> impl Iterator<Item = SecretEntry<'_>> {
    let root = secret.root();
    let plain = root.get("stringData");
    let plain_entries = plain
        .into_iter()
        .flat_map(Node::entries)
        .map(|(key, node)| SecretEntry {
            key: key.scalar_text(),
            node,
            value: Cow::Borrowed(node.scalar_text().as_bytes()),
        });
    let encoded = root.get("data").into_iter().flat_map(Node::entries);
    let encoded_entries = encoded.filter_map(move |(key, node)| {
        let key = key.scalar_text();
        let text = node.scalar_text();
        let is_wanted =
            may_be_text(key, text) && plain.is_none_or(|plain| plain.get(key).is_none());
        let value = is_wanted.then(|| decode_base64(text)).flatten()?;
        Some(SecretEntry {
            key,
            node,
            value: Cow::Owned(value),
        })
    });
    plain_entries.chain(encoded_entries)
}

/// Whether a value in base 64 may be PEM text or a kubeconfig: by how it begins, or by its key.
fn may_be_text(key: &str, text: &str) -> bool {
    /// `-----BEGIN`, `apiVersion`, `kind:`, `clusters:`, `{`, `---` in base 64.
    const BEGINNINGS: [&str; 6] = [
        "LS0t",
        "YXBpVmVyc2lvb",
        "a2luZD",
        "Y2x1c3RlcnM",
        "ey",
        "LS0tC",
    ];
    const ENDS: [&str; 5] = [".crt", ".pem", ".cert", ".conf", "config"];
    text.len() > 100
        && (BEGINNINGS
            .iter()
            .any(|beginning| text.starts_with(beginning))
            || ENDS.iter().any(|end| key.ends_with(end)))
}
