//! The container of the thread: `container.*` and `k8s.*`.
//!
//! The cgroup tells which one it is. Names, images, mounts and labels are those that an event or an agent told.

use std::{borrow::Cow, collections::BTreeMap};

use ciel_event::{
    Context,
    machine::{Container, ContainerFacts, Mount, Runtime},
};

use crate::{Argument, Field, FieldId as Id, Value};

/// What stands for a container where there is none.
const HOST: &[u8] = b"host";

/// Letters of the identifier of a pod's sandbox that are shown.
const SHORT: usize = 12;

/// What is known of the container that an event is about.
#[derive(Clone, Copy)]
struct Known<'a> {
    /// What the cgroup tells.
    cgroup: Option<&'a Container>,
    /// What the runtime tells.
    facts: Option<&'a ContainerFacts>,
}

impl<'a> Known<'a> {
    /// `None` for the host, and where there is no thread.
    fn of(context: &Context<'a>) -> Option<Option<Self>> {
        let containers = &context.machine.containers;
        if context.machine.no_containers {
            return context.thread.map(|_| None);
        }
        // Events that tell of a container are about it, whoever sent them.
        if let Some(facts) = containers.told_by(context.seen.number) {
            return Some(Some(Self {
                cgroup: None,
                facts: Some(facts),
            }));
        }
        let cgroup = context.thread?.cgroups.container();
        Some(cgroup.map(|cgroup| Self {
            cgroup: Some(cgroup),
            facts: containers.get(&cgroup.id),
        }))
    }

    fn id(self) -> Option<&'a [u8]> {
        let of_cgroup = self.cgroup.map(|container| &*container.id);
        of_cgroup.or_else(|| Some(self.facts?.id.as_bytes()))
    }
}

/// The identifier that `container.id` shows.
fn id<'a>(context: &Context<'a>) -> Option<&'a [u8]> {
    match Known::of(context)? {
        Some(known) => known.id(),
        None => Some(HOST),
    }
}

/// The identifier of the thread's container, by which also its users are known; empty for the host.
pub(crate) fn users_of<'a>(context: &Context<'a>) -> &'a [u8] {
    let thread = context.thread.filter(|_| !context.machine.no_containers);
    thread
        .and_then(|thread| thread.cgroups.container())
        .map_or(b"", |container| &container.id)
}

/// The user who started the container that an event tells of, which `user.name` shows.
pub(super) fn user<'a>(context: &Context<'a>) -> Option<&'a str> {
    let facts = context.machine.containers.told_by(context.seen.number)?;
    (!facts.user.is_empty()).then_some(&facts.user)
}

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let known = Known::of(context)?;
    match (field.id, known) {
        (Id::ContainerId, _) => id(context).map(Value::text),
        _ if context.machine.no_containers => None,
        (Id::ContainerStartTs | Id::ContainerDuration, _) => start(field.id, context),
        (_, Some(known)) => {
            let told = known.facts.and_then(|facts| told(field, facts, context));
            told.or_else(|| of_cgroup(field.id, known.cgroup?))
        }
        (id, None) => of_host(id),
    }
}

fn start<'a>(id: Id, context: &Context<'a>) -> Option<Value<'a>> {
    let start = context.thread?.pidns_init_start;
    if start == 0 {
        return None;
    }
    Some(Value::Unsigned(match id {
        Id::ContainerDuration => context.event.time.wrapping_sub(start),
        _ => start,
    }))
}

/// What the cgroup tells.
fn of_cgroup(id: Id, container: &Container) -> Option<Value<'_>> {
    match id {
        Id::ContainerFullId => Some(Value::text(&container.full_id)),
        Id::ContainerType => container
            .runtime
            .map(|runtime| Value::text(Runtime::as_str(runtime))),
        Id::K8sPodUid | Id::K8sPodId => container
            .pod_uid
            .as_ref()
            .map(|uid| Value::Text(Cow::Borrowed(uid))),
        _ => None,
    }
}

/// The host has a name but no image, as Falco's plugin has it.
fn of_host(id: Id) -> Option<Value<'static>> {
    Some(match id {
        Id::ContainerFullId | Id::ContainerName | Id::ContainerType => Value::text(HOST),
        Id::ContainerPrivileged
        | Id::ContainerHostPid
        | Id::ContainerHostNetwork
        | Id::ContainerHostIpc => Value::Bool(false),
        Id::ContainerImage
        | Id::ContainerImageId
        | Id::ContainerImageRepository
        | Id::ContainerImageTag
        | Id::ContainerImageDigest
        | Id::ContainerMounts
        | Id::ContainerIp
        | Id::ContainerCniJson
        | Id::ContainerLabels
        | Id::K8sPodSandboxId
        | Id::K8sPodFullSandboxId
        | Id::K8sPodLabels => Value::text(b""),
        _ => return None,
    })
}

/// Text of the runtime's.
fn text(text: &str) -> Value<'_> {
    Value::text(text)
}

/// What the runtime tells.
fn told<'a>(field: &Field, facts: &'a ContainerFacts, context: &Context<'a>) -> Option<Value<'a>> {
    Some(match field.id {
        Id::ContainerFullId if !facts.full_id.is_empty() => text(&facts.full_id),
        Id::ContainerName => text(&facts.name),
        Id::ContainerImage => text(&facts.image),
        Id::ContainerImageId => text(&facts.image_id),
        Id::ContainerImageRepository => text(&facts.image_repository),
        Id::ContainerImageTag => text(&facts.image_tag),
        Id::ContainerImageDigest => text(&facts.image_digest),
        Id::ContainerType => text(facts.runtime_name()),
        Id::ContainerPrivileged => Value::Bool(facts.privileged),
        Id::ContainerHostPid => Value::Bool(facts.host_pid),
        Id::ContainerHostNetwork => Value::Bool(facts.host_network),
        Id::ContainerHostIpc => Value::Bool(facts.host_ipc),
        Id::ContainerIp => text(&facts.ip),
        Id::ContainerCniJson => text(&facts.cni),
        Id::ContainerMounts => Value::owned(
            facts
                .mounts
                .iter()
                .map(shown_mount)
                .collect::<Vec<_>>()
                .join(","),
        ),
        Id::ContainerMount
        | Id::ContainerMountSource
        | Id::ContainerMountDest
        | Id::ContainerMountMode
        | Id::ContainerMountRdwr
        | Id::ContainerMountPropagation => return mount(field, facts),
        Id::ContainerLabel => text(facts.labels.get(field.key()?)?),
        Id::ContainerLabels => shown_labels(&facts.labels),
        _ => return pod(field, facts, context),
    })
}

fn pod<'a>(field: &Field, facts: &'a ContainerFacts, context: &Context<'a>) -> Option<Value<'a>> {
    let label = |name| facts.labels.get(name).map(|label| text(label));
    // Without the network's facts a container is one of a pod whose sandbox has them.
    let sandbox = || {
        let id = facts.sandbox_id.as_bytes();
        let sandbox = context
            .machine
            .containers
            .get(id.get(..SHORT).unwrap_or(id));
        sandbox.filter(|_| facts.cni.is_empty() && !id.is_empty())
    };
    match field.id {
        Id::K8sPodName => label("io.kubernetes.pod.name"),
        Id::K8sNsName => label("io.kubernetes.pod.namespace"),
        Id::K8sPodUid | Id::K8sPodId => label("io.kubernetes.pod.uid"),
        Id::K8sPodFullSandboxId => Some(Value::text(&facts.sandbox_id)),
        Id::K8sPodSandboxId => {
            let id = facts.sandbox_id.as_bytes();
            Some(Value::text(id.get(..SHORT).unwrap_or(id)))
        }
        Id::K8sPodLabel => {
            let key = field.key()?;
            let label = sandbox().and_then(|sandbox| sandbox.pod_labels.get(key));
            label
                .or_else(|| facts.pod_labels.get(key))
                .map(|label| text(label))
        }
        Id::K8sPodLabels => {
            let labels = sandbox().map_or(&facts.pod_labels, |sandbox| &sandbox.pod_labels);
            Some(shown_labels(labels))
        }
        Id::K8sPodIp if facts.cni.is_empty() => Some(Value::text(&sandbox()?.ip)),
        Id::K8sPodIp => Some(Value::text(&facts.ip)),
        Id::K8sPodCniJson if facts.cni.is_empty() => Some(Value::text(&sandbox()?.cni)),
        Id::K8sPodCniJson => Some(Value::text(&facts.cni)),
        _ => None,
    }
}

/// `key:value`, without annotations and labels of Kubernetes itself.
fn shown_labels(labels: &BTreeMap<String, String>) -> Value<'static> {
    let shown: Vec<_> = labels
        .iter()
        .filter(|(key, _)| !key.starts_with("annotation.") && !key.starts_with("io.kubernetes."))
        .map(|(key, value)| match value.as_str() {
            "" => key.clone(),
            value => format!("{key}:{value}"),
        })
        .collect();
    Value::owned(shown.join(", "))
}

fn shown_mount(mount: &Mount) -> String {
    let Mount {
        source,
        destination,
        mode,
        writable,
        propagation,
    } = mount;
    format!("{source}:{destination}:{mode}:{writable}:{propagation}")
}

/// The mount of a number, or the first whose source (for `container.mount.source`, destination) a pattern matches.
fn mount<'a>(field: &Field, facts: &'a ContainerFacts) -> Option<Value<'a>> {
    let mount = match &field.argument {
        Some(Argument::Index(index)) => facts.mounts.get(usize::try_from(*index).ok()?)?,
        Some(Argument::Key(pattern)) => facts.mounts.iter().find(|mount| {
            let path = match field.id {
                Id::ContainerMountSource => &mount.destination,
                _ => &mount.source,
            };
            matches(pattern.as_bytes(), path.as_bytes())
        })?,
        None => return None,
    };
    Some(match field.id {
        Id::ContainerMountSource => Value::text(&mount.source),
        Id::ContainerMountDest => Value::text(&mount.destination),
        Id::ContainerMountMode => Value::text(&mount.mode),
        Id::ContainerMountRdwr => Value::text(if mount.writable { "true" } else { "false" }),
        Id::ContainerMountPropagation => Value::text(&mount.propagation),
        _ => Value::owned(shown_mount(mount)),
    })
}

/// Whether a path is as a pattern in which `*` stands for anything and `?` for any byte. Falco's plugin documents such
/// patterns but searches for regular expressions; with those `/proc*` would mean any path with `/pro` in it.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (mut at, mut here) = (0, 0);
    // Where the last star stands, and how far it reaches.
    let mut star: Option<(usize, usize)> = None;
    while here < path.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(byte) if *byte == b'?' || path.get(here) == Some(byte) => {
                at += 1;
                here += 1;
            }
            _ => {
                let Some((star_at, reach)) = star else {
                    return false;
                };
                star = Some((star_at, reach + 1));
                at = star_at + 1;
                here = reach + 1;
            }
        }
    }
    pattern
        .get(at..)
        .is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}
