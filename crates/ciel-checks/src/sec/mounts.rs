//! Which containers mount volumes that come from an object.

use ciel_k8s::Container;
use ciel_yaml::Node;

use crate::PodCx;

/// A container's mount of a volume that comes from an object.
pub(super) struct Mount<'s> {
    pub(super) container: Container<'s>,
    /// The entry of `volumeMounts`.
    pub(super) node: Node<'s>,
    /// The object's name.
    pub(super) name: &'s str,
}

/// The mounts of a pod whose volume comes from an object of a kind: a Secret, a ConfigMap or a claim. On complete input
/// only if the object is there.
pub(super) fn mounted<'s>(cx: &PodCx<'s>, kind: &str) -> Vec<Mount<'s>> {
    let (field, name) = match kind {
        "Secret" => ("secret", "secretName"),
        "ConfigMap" => ("configMap", "name"),
        _ => ("persistentVolumeClaim", "claimName"),
    };
    let spec = cx.spec();
    let namespace = cx.workload.namespace();
    let is_there = |object: &str| {
        !cx.is_complete() || cx.snapshot().find("", kind, namespace, object).is_some()
    };
    let volumes: Vec<(&str, &str)> = spec
        .volumes()
        .filter_map(|volume| Some((volume.str_at(&["name"])?, volume.str_at(&[field, name])?)))
        .filter(|(_, object)| is_there(object))
        .collect();
    if volumes.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for container in spec.containers() {
        let mounts = container
            .node
            .get("volumeMounts")
            .into_iter()
            .flat_map(Node::items);
        for node in mounts {
            let volume = node.str_at(&["name"]);
            let object = volumes.iter().find(|(name, _)| Some(*name) == volume);
            found.extend(object.map(|(_, name)| Mount {
                container,
                node,
                name,
            }));
        }
    }
    found
}
