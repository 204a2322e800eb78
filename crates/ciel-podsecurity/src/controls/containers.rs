//! What containers must not do, whatever the level.

use ciel_yaml::Node;

use crate::{
    Control, Place, Violation,
    bad::Bad,
    pod::{Container, Pod, text_of, when_true},
};

/// Capabilities that containers may add in baseline.
const BASELINE: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

pub(crate) fn privileged<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    for container in &pod.containers {
        if let Some(node) = when_true(container.security.privileged) {
            let message = format!("container `{}` runs privileged", container.name);
            bad.container(container, Place::at(node, message));
        }
    }
    bad.finish(control, "privileged", |bad| {
        format!(
            "{} must not set securityContext.privileged=true",
            bad.container_words()
        )
    })
}

pub(crate) fn capabilities<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    for container in &pod.containers {
        for (node, name) in added(container) {
            if !BASELINE.contains(&name) {
                forbid_capability(&mut bad, container, node, name);
            }
        }
    }
    bad.finish(control, "non-default capabilities", added_words)
}

/// The items of `capabilities.add`.
pub(crate) fn added<'a>(container: &Container<'a>) -> impl Iterator<Item = (Node<'a>, &'a str)> {
    let list = container
        .security
        .capabilities
        .and_then(|node| node.get("add"));
    list.into_iter()
        .flat_map(Node::items)
        .map(|node| (node, text_of(node)))
}

pub(crate) fn forbid_capability<'a>(
    bad: &mut Bad<'a>,
    container: &Container<'a>,
    node: Node<'a>,
    name: &'a str,
) {
    bad.value(name);
    let message = format!(
        "container `{}` adds the capability `{name}`",
        container.name
    );
    bad.container(container, Place::at(node, message));
}

pub(crate) fn added_words(bad: &Bad<'_>) -> String {
    format!(
        "{} must not include {} in securityContext.capabilities.add",
        bad.container_words(),
        bad.value_words()
    )
}

/// Baseline and, from 1.35, restricted; only baseline has an exemption.
pub(crate) fn proc_mount<'a>(pod: &Pod<'a>, control: Control, minor: u32) -> Option<Violation<'a>> {
    if control == Control::ProcMount && pod.is_exempt_user_namespace(minor) {
        return None;
    }
    let mut bad = Bad::default();
    for container in &pod.containers {
        let Some(node) = container.security.proc_mount else {
            continue;
        };
        let value = text_of(node);
        if value != "Default" {
            bad.value(value);
            let message = format!("container `{}` mounts /proc `{value}`", container.name);
            bad.container(container, Place::at(node, message));
        }
    }
    bad.finish(control, "procMount", |bad| {
        format!(
            "{} must not set securityContext.procMount to {}",
            bad.container_words(),
            bad.value_words()
        )
    })
}
