//! What the node's kernel is asked for: AppArmor, SELinux, seccomp, sysctls.

use ciel_yaml::Node;

use crate::{
    Control, Place, Violation,
    bad::Bad,
    pod::{Pod, text_at, text_of},
    quote::{go_quoted, join_quoted, plural},
};

const APP_ARMOR_ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";
const SECCOMP_POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER_ANNOTATION: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// Sysctls that pods may set, each with the first minor version that allows it.
const SYSCTLS: [(&str, u32); 14] = [
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
    ("net.ipv4.tcp_notsent_lowat", 37),
    ("net.ipv4.tcp_slow_start_after_idle", 37),
];

/// SELinux types that pods may ask for, each with the first minor version that allows it.
const SE_LINUX_TYPES: [(&str, u32); 5] = [
    ("", 0),
    ("container_init_t", 0),
    ("container_kvm_t", 0),
    ("container_t", 0),
    ("container_engine_t", 31),
];

/// Whether some version of Kubernetes allows the sysctl at every level but privileged: it belongs to the pod alone.
#[must_use]
pub fn is_safe_sysctl(name: &str) -> bool {
    allows(&SYSCTLS, name, u32::MAX)
}

/// Whether some version of Kubernetes allows the SELinux type at every level but privileged: it confines a container.
/// The empty type, which leaves the choice to the runtime, is one.
#[must_use]
pub fn is_container_se_linux_type(name: &str) -> bool {
    allows(&SE_LINUX_TYPES, name, u32::MAX)
}

fn allows(list: &[(&str, u32)], name: &str, minor: u32) -> bool {
    list.iter()
        .any(|(allowed, since)| *allowed == name && minor >= *since)
}

/// Whether a seccomp or AppArmor profile's type confines: both know the same two.
fn confines(kind: &str) -> bool {
    matches!(kind, "RuntimeDefault" | "Localhost")
}

/// The place of a profile's `type`, which may be missing.
fn type_place<'a>(profile: Node<'a>, message: String) -> Place<'a> {
    match profile.get("type") {
        Some(node) => Place::at(node, message),
        None => Place::missing(profile, &["type"], message),
    }
}

/// Collects what profiles of the pod and of containers ask for by a type that does not confine.
fn forbid_profiles<'a>(
    bad: &mut Bad<'a>,
    pod: &Pod<'a>,
    field: impl Fn(&crate::pod::Security<'a>) -> Option<Node<'a>>,
    what: &str,
) {
    let unconfined = |profile: Option<Node<'a>>| {
        let profile = profile?;
        let kind = text_at(profile, "type");
        (!confines(kind)).then_some((profile, kind))
    };
    if let Some((profile, kind)) = unconfined(field(&pod.security)) {
        bad.value(kind);
        let message = format!("the pod's {what} profile is of the type `{kind}`");
        bad.pod(type_place(profile, message));
    }
    for container in &pod.containers {
        if let Some((profile, kind)) = unconfined(field(&container.security)) {
            bad.value(kind);
            let message = format!(
                "the {what} profile of container `{}` is of the type `{kind}`",
                container.name
            );
            bad.container(container, type_place(profile, message));
        }
    }
}

pub(crate) fn app_armor<'a>(pod: &Pod<'a>, control: Control, _: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    forbid_profiles(&mut bad, pod, |security| security.app_armor, "AppArmor");
    let fields_break = !bad.is_empty();
    let mut annotations = Vec::new();
    for (key, node) in pod.annotations.into_iter().flat_map(Node::entries) {
        let (key, value) = (key.scalar_text(), text_of(node));
        let Some(container) = key.strip_prefix(APP_ARMOR_ANNOTATION) else {
            continue;
        };
        if value.is_empty() || value == "runtime/default" || value.starts_with("localhost/") {
            continue;
        }
        annotations.push(format!("{key}={}", go_quoted(value)));
        let message =
            format!("an annotation gives container `{container}` the AppArmor profile `{value}`");
        bad.place(Place::at(node, message));
    }
    annotations.sort_unstable();
    let count = bad.values.len() + annotations.len();
    let reason = plural(
        "forbidden AppArmor profile",
        "forbidden AppArmor profiles",
        count,
    );
    bad.finish(control, reason, |bad| {
        let mut setters = if fields_break {
            bad.setters()
        } else {
            String::new()
        };
        if !annotations.is_empty() {
            let noun = plural("annotation", "annotations", annotations.len());
            let and = if fields_break { " and " } else { "" };
            setters.push_str(and);
            setters.push_str(noun);
        }
        let fields = bad.values.iter().map(AsRef::as_ref);
        let values = fields.chain(annotations.iter().map(String::as_str));
        format!(
            "{setters} must not set AppArmor profile type to {}",
            join_quoted(values)
        )
    })
}

pub(crate) fn se_linux<'a>(pod: &Pod<'a>, control: Control, minor: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    let (mut sets_user, mut sets_role) = (false, false);
    let contexts = std::iter::once((None, &pod.security)).chain(
        pod.containers
            .iter()
            .map(|container| (Some(container), &container.security)),
    );
    for (container, security) in contexts {
        let Some(options) = security.se_linux else {
            continue;
        };
        for key in ["type", "user", "role"] {
            let Some(node) = options.get(key) else {
                continue;
            };
            let value = node.scalar_text();
            match key {
                "type" if allows(&SE_LINUX_TYPES, value, minor) => continue,
                "type" => bad.value(value),
                _ if value.is_empty() => continue,
                "user" => sets_user = true,
                _ => sets_role = true,
            }
            let what = format!("asks for the SELinux {key} `{value}`");
            match container {
                Some(container) => {
                    let message = format!("container `{}` {what}", container.name);
                    bad.container(container, Place::at(node, message));
                }
                None => bad.pod(Place::at(node, format!("the pod {what}"))),
            }
        }
    }
    bad.finish(control, "seLinuxOptions", |bad| {
        let mut data = Vec::new();
        if !bad.values.is_empty() {
            let noun = plural("type", "types", bad.values.len());
            data.push(format!("{noun} {}", bad.value_words()));
        }
        if sets_user {
            data.push("user may not be set".to_owned());
        }
        if sets_role {
            data.push("role may not be set".to_owned());
        }
        format!(
            "{} set forbidden securityContext.seLinuxOptions: {}",
            bad.setters(),
            data.join("; ")
        )
    })
}

/// Up to 1.18 the alpha annotations say the profile, from 1.19 on the field.
pub(crate) fn seccomp_baseline<'a>(
    pod: &Pod<'a>,
    control: Control,
    minor: u32,
) -> Option<Violation<'a>> {
    if minor < 19 {
        return seccomp_annotations(pod, control);
    }
    let mut bad = Bad::default();
    forbid_seccomp(&mut bad, pod);
    bad.finish(control, SECCOMP_REASON, seccomp_words)
}

pub(crate) const SECCOMP_REASON: &str = "seccompProfile";

pub(crate) fn forbid_seccomp<'a>(bad: &mut Bad<'a>, pod: &Pod<'a>) {
    forbid_profiles(bad, pod, |security| security.seccomp, "seccomp");
}

pub(crate) fn seccomp_words(bad: &Bad<'_>) -> String {
    format!(
        "{} must not set securityContext.seccompProfile.type to {}",
        bad.setters(),
        bad.value_words()
    )
}

fn seccomp_annotations<'a>(pod: &Pod<'a>, control: Control) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    for (key, node) in pod.annotations.into_iter().flat_map(Node::entries) {
        let (key, value) = (key.scalar_text(), text_of(node));
        let of_container = key.strip_prefix(SECCOMP_CONTAINER_ANNOTATION);
        let counts = match of_container {
            Some(name) => pod
                .containers
                .iter()
                .any(|container| container.name == name),
            None => key == SECCOMP_POD_ANNOTATION,
        };
        let confines = matches!(value, "runtime/default" | "docker/default")
            || value.starts_with("localhost/");
        if !counts || confines {
            continue;
        }
        bad.value(format!("{key}={}", go_quoted(value)));
        let whose = of_container.map_or_else(
            || "the pod".to_owned(),
            |name| format!("container `{name}`"),
        );
        let message = format!("an annotation gives {whose} the seccomp profile `{value}`");
        bad.place(Place::at(node, message));
    }
    bad.finish(control, SECCOMP_REASON, |bad| {
        let values: Vec<&str> = bad.values.iter().map(AsRef::as_ref).collect();
        format!(
            "forbidden {} {}",
            plural("annotation", "annotations", values.len()),
            values.join(", ")
        )
    })
}

pub(crate) fn sysctls<'a>(pod: &Pod<'a>, control: Control, minor: u32) -> Option<Violation<'a>> {
    let mut bad = Bad::default();
    let mut names = Vec::new();
    for sysctl in pod.security.sysctls.into_iter().flat_map(Node::items) {
        let name = text_at(sysctl, "name");
        if allows(&SYSCTLS, name, minor) {
            continue;
        }
        names.push(name);
        let message = format!("the pod sets the sysctl `{name}`");
        bad.place(match sysctl.get("name") {
            Some(node) => Place::at(node, message),
            None => Place::missing(sysctl, &["name"], message),
        });
    }
    bad.finish(control, "forbidden sysctls", |_| names.join(", "))
}
