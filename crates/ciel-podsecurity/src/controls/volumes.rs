//! What pods must not mount.

use ciel_yaml::Node;

use crate::{
    Control, Place, Violation,
    bad::Bad,
    pod::{Pod, text_at},
    quote::{join_quoted, plural},
};

/// Sources that volumes may have in restricted.
const ALLOWED: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// Sources that they may not have, in the order in which admission looks for them.
const FORBIDDEN: [&str; 21] = [
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "gitRepo",
    "nfs",
    "iscsi",
    "glusterfs",
    "rbd",
    "flexVolume",
    "cinder",
    "cephfs",
    "flocker",
    "fc",
    "azureFile",
    "vsphereVolume",
    "quobyte",
    "azureDisk",
    "photonPersistentDisk",
    "portworxVolume",
    "scaleIO",
    "storageos",
];

pub(crate) fn host_path<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    let mut names = Vec::new();
    for volume in volumes(pod) {
        if let Some(node) = volume.get("hostPath") {
            let name = text_at(volume, "name");
            names.push(name);
            let message = format!("volume `{name}` is a path of the node");
            bad.place(Place::at(node, message));
        }
    }
    bad.finish(control, "hostPath volumes", |_| volume_words(&names))
}

fn volumes<'a>(pod: &Pod<'a>) -> impl Iterator<Item = Node<'a>> {
    pod.volumes
        .into_iter()
        .flat_map(Node::items)
        .filter(|volume| volume.is_mapping())
}

fn volume_words(names: &[&str]) -> String {
    let noun = plural("volume", "volumes", names.len());
    format!("{noun} {}", join_quoted(names.iter().copied()))
}

pub(crate) fn restricted<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    let mut names = Vec::new();
    for volume in volumes(pod) {
        let Some((kind, node)) = forbidden_source(volume) else {
            continue;
        };
        let name = text_at(volume, "name");
        names.push(name);
        bad.value(kind);
        let message = match kind {
            UNKNOWN => format!("volume `{name}` is of no type that the standard knows"),
            _ => format!("volume `{name}` is of the type `{kind}`"),
        };
        bad.place(Place::at(node, message));
    }
    bad.finish(control, "restricted volume types", |bad| {
        format!(
            "{} {} {} {}",
            volume_words(&names),
            plural("uses", "use", names.len()),
            plural(
                "restricted volume type",
                "restricted volume types",
                bad.values.len()
            ),
            bad.value_words()
        )
    })
}

/// What admission calls the type of a volume whose source it does not know.
const UNKNOWN: &str = "unknown";

/// The source of a volume that restricted forbids; `None` where it is allowed. Without any source, the API server
/// makes it an `emptyDir`.
fn forbidden_source(volume: Node<'_>) -> Option<(&'static str, Node<'_>)> {
    let mut found: Option<(usize, Node<'_>)> = None;
    let mut unknown = None;
    for (key, value) in volume.entries().filter(|(_, value)| !value.is_null()) {
        let key = key.scalar_text();
        if ALLOWED.contains(&key) {
            return None;
        }
        match FORBIDDEN.iter().position(|kind| *kind == key) {
            Some(rank) if found.is_none_or(|(first, _)| rank < first) => {
                found = Some((rank, value))
            }
            None if key != "name" => unknown = Some((UNKNOWN, value)),
            _ => {}
        }
    }
    let found = found.and_then(|(rank, value)| Some((*FORBIDDEN.get(rank)?, value)));
    found.or(unknown)
}
