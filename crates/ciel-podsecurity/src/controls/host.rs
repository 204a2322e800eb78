//! What pods must not share with the node.

use std::collections::BTreeSet;

use ciel_yaml::Node;

use crate::{
    Control, Place, Violation,
    bad::Bad,
    pod::{Pod, when_true},
    quote::{join_quoted, plural},
};

pub(crate) fn namespaces<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let fields = [
        ("hostNetwork", pod.host_network),
        ("hostPID", pod.host_pid),
        ("hostIPC", pod.host_ipc),
    ];
    let mut bad = Bad::default();
    let mut shared = Vec::new();
    for (name, field) in fields {
        if let Some(node) = when_true(field) {
            shared.push(format!("{name}=true"));
            bad.place(Place::at(node, format!("the pod sets `{name}`")));
        }
    }
    bad.finish(control, "host namespaces", |_| shared.join(", "))
}

pub(crate) fn ports<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    for container in &pod.containers {
        for port in container.ports.into_iter().flat_map(Node::items) {
            let Some(node) = port.get("hostPort") else {
                continue;
            };
            if node.as_i64() == Some(0) {
                continue;
            }
            let number = node.scalar_text();
            bad.value(number);
            let message = format!(
                "container `{}` takes the host port {number}",
                container.name
            );
            bad.container(container, Place::at(node, message));
        }
    }
    bad.finish(control, "hostPort", |bad| {
        let ports: Vec<&str> = bad.values.iter().map(AsRef::as_ref).collect();
        format!(
            "{} {} {} {}",
            bad.container_words(),
            plural("uses", "use", bad.containers.len()),
            plural("hostPort", "hostPorts", ports.len()),
            ports.join(", ")
        )
    })
}

pub(crate) fn probes_and_lifecycle<'a>(
    pod: &Pod<'a>,
    control: Control,
    _: u32,
) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    for container in &pod.containers {
        let hook = |name| {
            container
                .lifecycle
                .and_then(|lifecycle| lifecycle.get(name))
        };
        let hooks = [hook("postStart"), hook("preStop")];
        for handler in container.probes.into_iter().chain(hooks).flatten() {
            for action in ["httpGet", "tcpSocket"] {
                let Some(node) = handler.at(&[action, "host"]) else {
                    continue;
                };
                let host = node.scalar_text();
                if !host.is_empty() {
                    bad.value(host);
                    let message = format!(
                        "container `{}` sends the kubelet to the host `{host}`",
                        container.name
                    );
                    bad.container(container, Place::at(node, message));
                }
            }
        }
    }
    bad.finish(control, "probe or lifecycle host", |bad| {
        // Admission keeps these names in a set, unlike those of the other controls.
        let names: BTreeSet<&str> = bad.containers.iter().copied().collect();
        format!(
            "{} {} {} {} {}",
            plural("container", "containers", names.len()),
            join_quoted(names.iter().copied()),
            plural("uses", "use", names.len()),
            plural(
                "probe or lifecycle host",
                "probe or lifecycle hosts",
                bad.values.len()
            ),
            bad.value_words()
        )
    })
}

pub(crate) fn process<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let flag = |windows: Option<Node<'a>>| when_true(windows?.get("hostProcess"));
    let mut bad = Bad::default();
    if let Some(node) = flag(pod.security.windows) {
        let message = "the pod runs as a Windows HostProcess pod".to_owned();
        bad.pod(Place::at(node, message));
    }
    for container in &pod.containers {
        if let Some(node) = flag(container.security.windows) {
            let message = format!(
                "container `{}` runs as a Windows HostProcess container",
                container.name
            );
            bad.container(container, Place::at(node, message));
        }
    }
    bad.finish(control, "hostProcess", |bad| {
        format!(
            "{} must not set securityContext.windowsOptions.hostProcess=true",
            bad.setters()
        )
    })
}
