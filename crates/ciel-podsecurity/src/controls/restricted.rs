//! What restricted asks of pods beyond baseline.

use ciel_yaml::Node;

use super::{containers, linux};
use crate::{
    Control, Place, Violation,
    bad::Bad,
    pod::{Container, Pod, text_of, when_false},
};

pub(crate) fn privilege_escalation<'a>(
    pod: &Pod<'a>,
    control: Control,
    minor: u32,
) -> Option<Violation<'a>> {
    if pod.is_exempt_windows(minor) {
        return None;
    }
    let mut bad = Bad::default();
    for container in &pod.containers {
        let flag = container.security.allow_privilege_escalation;
        let place = match flag {
            Some(node) if node.as_bool() == Some(false) => continue,
            Some(node) => {
                let message = format!(
                    "container `{}` sets `allowPrivilegeEscalation` to true",
                    container.name
                );
                Place::at(node, message)
            }
            None if pod.partial => continue,
            None => absent(
                container,
                &["securityContext", "allowPrivilegeEscalation"],
                "does not set `allowPrivilegeEscalation` to false",
            ),
        };
        bad.container(container, place);
    }
    bad.finish(control, "allowPrivilegeEscalation != false", |bad| {
        format!(
            "{} must set securityContext.allowPrivilegeEscalation=false",
            bad.container_words()
        )
    })
}

/// The place of a field that a container lacks.
fn absent<'a>(container: &Container<'a>, keys: &[&str], what: &str) -> Place<'a> {
    let message = format!("container `{}` {what}", container.name);
    Place::missing(container.node, keys, message)
}

pub(crate) fn capabilities<'a>(
    pod: &Pod<'a>,
    control: Control,
    minor: u32,
) -> Option<Violation<'a>> {
    if pod.is_exempt_windows(minor) {
        return None;
    }
    let mut keeping = Bad::default();
    let mut adding = Bad::default();
    for container in &pod.containers {
        let dropped = container
            .security
            .capabilities
            .and_then(|node| node.get("drop"));
        let drops_all = dropped.is_some_and(|list| list.items().any(|node| text_of(node) == "ALL"));
        match dropped {
            _ if drops_all => {}
            Some(list) => {
                let message = format!(
                    "container `{}` does not drop `ALL` capabilities",
                    container.name
                );
                keeping.container(container, Place::at(list, message));
            }
            None if pod.partial => {}
            None => keeping.container(
                container,
                absent(
                    container,
                    &["securityContext", "capabilities", "drop"],
                    "does not drop `ALL` capabilities",
                ),
            ),
        }
        for (node, name) in containers::added(container) {
            if name != "NET_BIND_SERVICE" {
                containers::forbid_capability(&mut adding, container, node, name);
            }
        }
    }
    let reason = "unrestricted capabilities";
    let keeping = keeping.finish(control, reason, |bad| {
        format!(
            r#"{} must set securityContext.capabilities.drop=["ALL"]"#,
            bad.container_words()
        )
    });
    let adding = adding.finish(control, reason, containers::added_words);
    match (keeping, adding) {
        (Some(mut first), Some(second)) => {
            first.detail.push_str("; ");
            first.detail.push_str(&second.detail);
            first.places.extend(second.places);
            Some(first)
        }
        (first, second) => first.or(second),
    }
}

pub(crate) fn run_as_non_root<'a>(
    pod: &Pod<'a>,
    control: Control,
    minor: u32,
) -> Option<Violation<'a>> {
    const REASON: &str = "runAsNonRoot != true";
    if pod.is_exempt_user_namespace(minor) {
        return None;
    }
    let mut explicit = Bad::default();
    let mut implicit = Bad::default();
    if let Some(node) = when_false(pod.security.run_as_non_root) {
        let message = "the pod sets `runAsNonRoot` to false".to_owned();
        explicit.pod(Place::at(node, message));
    }
    let pod_says_so = pod.partial || is_true(pod.security.run_as_non_root);
    for container in &pod.containers {
        match container.security.run_as_non_root {
            Some(node) if node.as_bool() == Some(false) => {
                let message = format!(
                    "container `{}` sets `runAsNonRoot` to false",
                    container.name
                );
                explicit.container(container, Place::at(node, message));
            }
            Some(_) => {}
            None if pod_says_so => {}
            None => implicit.container(
                container,
                absent(
                    container,
                    &["securityContext", "runAsNonRoot"],
                    "does not set `runAsNonRoot`, and neither does its pod",
                ),
            ),
        }
    }
    // Admission names what is missing only where nothing is set to false.
    if !explicit.is_empty() {
        return explicit.finish(control, REASON, |bad| {
            format!(
                "{} must not set securityContext.runAsNonRoot=false",
                bad.setters()
            )
        });
    }
    implicit.finish(control, REASON, |bad| {
        format!(
            "pod or {} must set securityContext.runAsNonRoot=true",
            bad.container_words()
        )
    })
}

fn is_true(node: Option<Node<'_>>) -> bool {
    node.and_then(Node::as_bool) == Some(true)
}

pub(crate) fn run_as_user<'a>(
    pod: &Pod<'a>,
    control: Control,
    minor: u32,
) -> Option<Violation<'a>> {
    if pod.is_exempt_user_namespace(minor) {
        return None;
    }
    let root = |node: Option<Node<'a>>| node.filter(|node| node.as_i64() == Some(0));
    let mut bad = Bad::default();
    if let Some(node) = root(pod.security.run_as_user) {
        bad.pod(Place::at(node, "the pod runs as user 0".to_owned()));
    }
    for container in &pod.containers {
        if let Some(node) = root(container.security.run_as_user) {
            let message = format!("container `{}` runs as user 0", container.name);
            bad.container(container, Place::at(node, message));
        }
    }
    bad.finish(control, "runAsUser=0", |bad| {
        format!("{} must not set runAsUser=0", bad.setters())
    })
}

pub(crate) fn seccomp<'a>(pod: &Pod<'a>, control: Control, minor: u32) -> Option<Violation<'a>> {
    if pod.is_exempt_windows(minor) {
        return None;
    }
    let mut explicit = Bad::default();
    linux::forbid_seccomp(&mut explicit, pod);
    // Admission names what is missing only where nothing is set to a bad value.
    if !explicit.is_empty() {
        return explicit.finish(control, linux::SECCOMP_REASON, linux::seccomp_words);
    }
    if pod.partial || pod.security.seccomp.is_some() {
        return None;
    }
    let mut implicit = Bad::default();
    for container in &pod.containers {
        if container.security.seccomp.is_none() {
            let keys = ["securityContext", "seccompProfile"];
            let what = "sets no seccomp profile, and neither does its pod";
            implicit.container(container, absent(container, &keys, what));
        }
    }
    implicit.finish(control, linux::SECCOMP_REASON, |bad| {
        format!(
            r#"pod or {} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost""#,
            bad.container_words()
        )
    })
}
