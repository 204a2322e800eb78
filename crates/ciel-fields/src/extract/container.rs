//! The container of the thread: `container.*` and `k8s.*`, as far as its cgroup tells.

use std::borrow::Cow;

use ciel_event::{
    Context,
    machine::{Container, Runtime},
};

use crate::{Field, FieldId as Id, Value};

/// What stands for a container where there is none.
const HOST: &[u8] = b"host";

/// The identifier that `container.id` shows.
pub(super) fn id<'a>(context: &Context<'a>) -> Option<&'a [u8]> {
    Some(match of(context)? {
        Some(container) => &container.id,
        None => HOST,
    })
}

/// The container of the thread; nothing in it for the host.
fn of<'a>(context: &Context<'a>) -> Option<Option<&'a Container>> {
    let thread = context.thread?;
    Some(if context.machine.no_containers {
        None
    } else {
        thread.cgroups.container()
    })
}

pub(super) fn extract<'a>(field: &Field, context: &Context<'a>) -> Option<Value<'a>> {
    let container = of(context)?;
    match (field.id, container) {
        (Id::ContainerId, _) => id(context).map(Value::text),
        _ if context.machine.no_containers => None,
        (Id::ContainerStartTs | Id::ContainerDuration, _) => start(field.id, context),
        (id, Some(container)) => of_container(id, container),
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

/// What the cgroup tells. Names, images, mounts and labels are known to the runtime only.
fn of_container(id: Id, container: &Container) -> Option<Value<'_>> {
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
