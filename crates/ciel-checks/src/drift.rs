//! What an object that another one made has beyond its maker's template: injected sidecars, debug containers, and what
//! an intruder put there. Owner references are whatever their author wrote, so they prove nothing by themselves.

use ciel_k8s::{Container, PodSpec};
use ciel_snapshot::{Object, Workload};
use ciel_yaml::{Kind, Node};

/// The part of a made pod that its maker's template does not account for.
pub(crate) struct Drift<'s> {
    /// Whether the pod as a whole is another than the template's.
    pub(crate) pod: bool,
    /// Containers that the template does not have in this form.
    pub(crate) containers: Vec<Container<'s>>,
}

impl Drift<'_> {
    /// Whether there is anything that the template does not account for.
    pub(crate) fn is_any(&self) -> bool {
        self.pod || !self.containers.is_empty()
    }
}

/// Compares a pod with the templates of the object that made it. Nothing drifts where nothing runs.
pub(crate) fn drift<'s>(maker: Object<'s>, workload: Workload<'s>) -> Drift<'s> {
    let replicas = workload
        .object
        .root()
        .at(&["spec", "replicas"])
        .and_then(Node::as_i64);
    if replicas == Some(0) {
        return Drift {
            pod: false,
            containers: Vec::new(),
        };
    }
    let made = workload.spec();
    let templates: Vec<PodSpec<'_>> = maker.workloads().map(Workload::spec).collect();
    let known: Vec<Container<'_>> = templates
        .iter()
        .flat_map(|spec| spec.containers())
        .collect();
    let is_known =
        |container: &Container<'_>| known.iter().any(|known| same_container(*known, *container));
    Drift {
        pod: !templates.iter().any(|template| same_pod(*template, made)),
        containers: made
            .containers()
            .into_iter()
            .filter(|container| !is_known(container))
            .collect(),
    }
}

fn same_container(template: Container<'_>, made: Container<'_>) -> bool {
    const FIELDS: [&str; 4] = ["image", "command", "args", "securityContext"];
    template.name() == made.name() && same_fields(template.node, made.node, &FIELDS)
}

/// Admission adds tokens, tolerations and defaults to every pod; these fields it leaves alone.
fn same_pod(template: PodSpec<'_>, made: PodSpec<'_>) -> bool {
    const FLAGS: [&str; 3] = ["hostNetwork", "hostPID", "hostIPC"];
    let flag = |spec: PodSpec<'_>, name| spec.node.bool_at(&[name]).unwrap_or_default();
    let host_paths = |spec: PodSpec<'_>| -> Vec<String> {
        spec.volumes()
            .filter_map(|volume| Some(volume.str_at(&["hostPath", "path"])?.to_owned()))
            .collect()
    };
    let known = host_paths(template);
    FLAGS
        .iter()
        .all(|name| flag(template, name) == flag(made, name))
        && template.service_account_name() == made.service_account_name()
        && same_fields(template.node, made.node, &["securityContext"])
        && host_paths(made).iter().all(|path| known.contains(path))
}

fn same_fields(a: Node<'_>, b: Node<'_>, fields: &[&str]) -> bool {
    fields
        .iter()
        .all(|field| match (a.get(field), b.get(field)) {
            (None, None) => true,
            (Some(a), Some(b)) => same_value(a, b),
            // The API server writes `{}` where nothing was said.
            (Some(only), None) | (None, Some(only)) => only.is_mapping() && only.is_empty(),
        })
}

/// Whether two subtrees say the same; the order of a mapping's keys does not matter.
fn same_value(a: Node<'_>, b: Node<'_>) -> bool {
    match (a.kind(), b.kind()) {
        (Kind::Mapping, Kind::Mapping) => {
            a.len() == b.len()
                && a.entries().all(|(key, value)| {
                    b.get_raw(key.scalar_text())
                        .is_some_and(|other| same_value(value, other))
                })
        }
        (Kind::Sequence, Kind::Sequence) => {
            a.len() == b.len() && a.items().zip(b.items()).all(|(a, b)| same_value(a, b))
        }
        (a_kind, b_kind) => a_kind == b_kind && a.scalar_text() == b.scalar_text(),
    }
}
