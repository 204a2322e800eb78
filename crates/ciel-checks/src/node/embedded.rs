//! Configuration files that stand as text in other objects: in ConfigMaps, as kubeadm keeps them, among the files that
//! Cluster API writes to machines, in the patches of kind.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use ciel_core::limits;
use ciel_k8s::{TypeMeta, group_of};
use ciel_secrets::decode;
use ciel_snapshot::{Object, ObjectId, Snapshot};
use ciel_yaml::{Document, Node, parse};

use super::{config::sets_up, context::is_configuration, distributions, words};

/// A configuration file as text in a field.
#[derive(Debug)]
pub(crate) struct File<'s> {
    /// The field that holds it.
    pub(crate) field: Node<'s>,
    document: Document,
    /// What it says that it is, or what its place says.
    pub(crate) types: TypeMeta,
    /// Whether places in the text are places in the field.
    is_plain: bool,
    /// Whether others add to it before a program reads it.
    pub(crate) is_patch: bool,
}

impl<'s> File<'s> {
    /// Its outermost node.
    pub(crate) fn root(&self) -> Node<'_> {
        self.document.root()
    }

    /// The bytes of the field's text in which a node stands; `None` where the text is encoded.
    pub(crate) fn place_of(&self, node: Node<'_>) -> Option<Range<usize>> {
        let span = node.span();
        self.is_plain
            .then_some(span.start as usize..span.end as usize)
    }
}

/// The configuration files of all objects that may hold some.
#[derive(Debug, Default)]
pub(crate) struct Embedded<'s> {
    files: HashMap<ObjectId, Vec<File<'s>>>,
    is_cut: bool,
}

/// Groups whose objects hold the files and settings of machines.
const MACHINES: [&str; 4] = [
    "controlplane.cluster.x-k8s.io",
    "bootstrap.cluster.x-k8s.io",
    "kind.x-k8s.io",
    "kops.k8s.io",
];

/// Whether objects of a type may hold configuration files as text.
pub(crate) fn may_hold_files(types: &TypeMeta) -> bool {
    types.is("", "ConfigMap") || MACHINES.contains(&types.group())
}

impl<'s> Embedded<'s> {
    /// Reads them.
    pub(crate) fn of(snapshot: &'s Snapshot) -> Self {
        let mut all = Self::default();
        for object in snapshot.of_kind("", "ConfigMap") {
            let data = object.root().get("data").into_iter();
            for (_, field) in data.flat_map(Node::entries) {
                all.read(object, Text::of_field(field));
            }
        }
        let types = snapshot.types().iter();
        for machines in types.filter(|types| MACHINES.contains(&types.group())) {
            for object in snapshot.of_kind(machines.group(), &machines.kind) {
                let mut texts = Vec::new();
                gather(object.root(), 0, &mut texts);
                for text in texts {
                    all.read(object, text);
                }
            }
        }
        all
    }

    /// Whether some file was too large to be read.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The files of all objects, in no order.
    pub(crate) fn files(&self) -> impl Iterator<Item = &File<'s>> {
        self.files.values().flatten()
    }

    /// The files in an object.
    pub(crate) fn in_object(&self, id: ObjectId) -> &[File<'s>] {
        self.files.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    fn read(&mut self, object: Object<'s>, text: Text<'s>) {
        let is_machine = !object.is("", "ConfigMap");
        let is_typed = may_hold_typed(&text.text, is_machine);
        if !is_typed && !distributions::may_be_file(&text.text) {
            return;
        }
        if text.text.len() > limits::EMBEDDED_CONFIG_BYTES {
            // What a distribution reads is told by common words only: a text of this size is something else.
            self.is_cut |= is_typed;
            return;
        }
        let owned: String = text.text.clone().into_owned();
        for document in parse(&owned.as_str().into()).documents {
            let Some(types) = types_of(document.root(), is_machine) else {
                continue;
            };
            let of_object = self.files.entry(object.id()).or_default();
            of_object.push(File {
                field: text.field,
                document,
                types,
                is_plain: text.is_plain,
                is_patch: is_machine,
            });
        }
    }
}

/// A text, and the field that it comes from.
struct Text<'s> {
    field: Node<'s>,
    text: Cow<'s, str>,
    is_plain: bool,
}

impl<'s> Text<'s> {
    fn of_field(field: Node<'s>) -> Self {
        Self {
            field,
            text: Cow::Borrowed(field.scalar_text()),
            is_plain: true,
        }
    }
}

/// The texts of several lines at and below a node, base64 taken away where a file says that it is encoded so.
fn gather<'s>(node: Node<'s>, depth: usize, texts: &mut Vec<Text<'s>>) {
    if depth > limits::DEPTH {
        return;
    }
    let is_encoded = matches!(node.str_at(&["encoding"]), Some("base64" | "b64"));
    for (key, child) in node.entries() {
        let text = child.scalar_text();
        if key.scalar_text() == "content" && is_encoded {
            if let Some(decoded) = decode(text).filter(|_| text.len() <= limits::SEARCHED_BYTES) {
                texts.push(Text {
                    field: child,
                    text: Cow::Owned(decoded),
                    is_plain: false,
                });
            }
        } else if text.contains('\n') {
            texts.push(Text::of_field(child));
        } else {
            gather(child, depth + 1, texts);
        }
    }
    for child in node.items() {
        if child.scalar_text().contains('\n') {
            texts.push(Text::of_field(child));
        } else {
            gather(child, depth + 1, texts);
        }
    }
}

/// Whether a text may hold a file that says its kind: nearly all hold something else.
fn may_hold_typed(text: &str, is_machine: bool) -> bool {
    const KINDS: [&str; 11] = [
        "KubeletConfiguration",
        "KubeProxyConfiguration",
        "ClusterConfiguration",
        "EncryptionConfiguration",
        "AdmissionConfiguration",
        "PodSecurityConfiguration",
        "AuthenticationConfiguration",
        "AuthorizationConfiguration",
        "EgressSelectorConfiguration",
        "InitConfiguration",
        "JoinConfiguration",
    ];
    let is_typed = (is_machine || text.contains(".k8s.io/"))
        && (KINDS.iter().any(|kind| text.contains(kind)) || text.contains("audit.k8s.io/"));
    let is_pod = || is_machine && text.contains("kind: Pod") && text.contains("kube");
    is_typed || is_pod()
}

/// What a document is: what it says, else what its fields say; in the patches of kind the version may be missing.
fn types_of(root: Node<'_>, is_machine: bool) -> Option<TypeMeta> {
    let word = |key| root.str_at(&[key]).unwrap_or_default();
    let (api_version, kind) = (word("apiVersion"), word("kind"));
    let types = |api_version: &str, kind: &str| {
        Some(TypeMeta {
            api_version: api_version.to_owned(),
            kind: kind.to_owned(),
        })
    };
    if kind.is_empty() {
        let kind = distributions::kind_of_file(root)?;
        return types(distributions::FILES, kind);
    }
    let inferred = match kind {
        "ClusterConfiguration" | "InitConfiguration" | "JoinConfiguration" => {
            "kubeadm.k8s.io/v1beta3"
        }
        "KubeletConfiguration" => "kubelet.config.k8s.io/v1beta1",
        "KubeProxyConfiguration" => "kubeproxy.config.k8s.io/v1alpha1",
        _ => "",
    };
    let api_version = if api_version.is_empty() && is_machine {
        inferred
    } else {
        api_version
    };
    let types = types(api_version, kind)?;
    let is_pod = is_machine && types.is("", "Pod");
    (sets_up(&types) || is_configuration(group_of(api_version), kind) || is_pod).then_some(types)
}

/// Whether a text starts programs of Kubernetes by a script or a unit of systemd.
pub(crate) fn scripts_in(object: Object<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    if object.is("", "ConfigMap") {
        let data = object.root().get("data").into_iter();
        let fields = data.flat_map(Node::entries).map(|(_, field)| field);
        found.extend(fields.filter(|field| words::is_start_script(field.scalar_text())));
    } else {
        let mut texts = Vec::new();
        gather(object.root(), 0, &mut texts);
        let plain = texts.into_iter().filter(|text| text.is_plain);
        found.extend(
            plain
                .map(|text| text.field)
                .filter(|field| words::is_start_script(field.scalar_text())),
        );
    }
    found.retain(|field| field.scalar_text().len() <= limits::EMBEDDED_CONFIG_BYTES);
    found
}
