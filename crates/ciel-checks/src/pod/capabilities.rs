//! Linux' capabilities as pods add and drop them.

use ciel_core::Severity;
use ciel_yaml::Node;
use serde_json::Value;

use super::shared;
use crate::{ContainerCx, Report, Rule};

/// What container runtimes (Docker, containerd) give where nothing else is said.
pub(super) const DEFAULT: [&str; 14] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// A capability that a container adds.
#[derive(Clone, Debug)]
pub(super) struct Added<'s> {
    /// Where it stands.
    pub(super) node: Node<'s>,
    /// Upper case, without `CAP_`; `ALL` for all of them.
    pub(super) name: String,
}

/// What the container adds beside what it has anyhow: nothing, where it is privileged or no Linux container. CRI-O
/// takes names with `CAP_` before them, so they count.
pub(super) fn gained<'s>(cx: &ContainerCx<'s>) -> Vec<Added<'s>> {
    if shared::is_privileged(cx) || !shared::is_linux(cx) {
        return Vec::new();
    }
    added(cx)
}

/// What stands in the container's list of additions.
pub(super) fn added<'s>(cx: &ContainerCx<'s>) -> Vec<Added<'s>> {
    let named = |node: Node<'s>| {
        let name = node.as_str()?.trim().to_ascii_uppercase();
        let name = name
            .strip_prefix("CAP_")
            .map_or(name.clone(), str::to_owned);
        (!name.is_empty()).then_some(Added { node, name })
    };
    list(cx, "add").filter_map(named).collect()
}

/// Whether the container drops one capability, alone or with all the others.
///
/// Runtimes do not mind the case, but containerd puts `CAP_` before whatever it is given: it drops nothing for
/// `CAP_NET_RAW`.
pub(super) fn drops(cx: &ContainerCx<'_>, capability: &str) -> bool {
    list(cx, "drop")
        .filter_map(Node::as_str)
        .any(|name| name.eq_ignore_ascii_case("ALL") || name.eq_ignore_ascii_case(capability))
}

/// Whether the container drops anything at all.
pub(super) fn drops_any(cx: &ContainerCx<'_>) -> bool {
    list(cx, "drop").any(|node| node.as_str().is_some_and(|name| !name.is_empty()))
}

/// Whether no default capability is left: all are dropped, in one word or one by one.
pub(super) fn drops_all(cx: &ContainerCx<'_>) -> bool {
    drops(cx, "ALL") || DEFAULT.iter().all(|capability| drops(cx, capability))
}

/// Whether the pod adds this capability by name.
pub(super) fn adds(cx: &ContainerCx<'_>, capability: &str) -> bool {
    added(cx).iter().any(|added| added.name == capability)
}

fn list<'s>(cx: &ContainerCx<'s>, key: &str) -> impl Iterator<Item = Node<'s>> + use<'s> {
    list_node(cx, key).into_iter().flat_map(Node::items)
}

fn list_node<'s>(cx: &ContainerCx<'s>, key: &str) -> Option<Node<'s>> {
    cx.spec()
        .container_security(cx.container, "capabilities")?
        .get(key)
}

/// Reports that something is not dropped, where the list of dropped capabilities stands or should stand; the fix is
/// the whole list as it should be.
pub(super) fn report_not_dropped<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    rule: &'static Rule,
    message: String,
    fix: &'static str,
    names: Vec<Value>,
) -> Report<'f, 's> {
    let dropped = list_node(cx, "drop");
    let container = cx.container.node;
    let path = ".securityContext.capabilities.drop";
    let keys = ["securityContext", "capabilities", "drop"];
    shared::report_setting(cx, rule, dropped, path, message).fix_set(fix, container, &keys, names)
}

/// What is dropped by now, as written.
pub(super) fn dropped(cx: &ContainerCx<'_>) -> Vec<Value> {
    list(cx, "drop").map(Node::to_json).collect()
}

/// The severity of a capability that a container has: with a user namespace it holds for the pod's own resources,
/// and where nothing in the container can get a privilege it lies idle.
pub(super) fn severity(cx: &ContainerCx<'_>, severity: Severity) -> Severity {
    if shared::is_powerless(cx) {
        return severity.min(Severity::Low);
    }
    if cx.spec().has_user_namespace() {
        return severity.min(Severity::Medium);
    }
    severity
}

/// How bad it is that a container has a capability beyond the defaults, and what whoever takes it over does with it.
/// After capabilities(7).
pub(super) fn power(capability: &str) -> (Severity, &'static str) {
    use Severity::{High, Low, Medium};
    match capability {
        "ALL" => (
            High,
            "mounts the node's disks, loads kernel modules, reads every process",
        ),
        "SYS_ADMIN" => (
            High,
            "mounts file systems, enters namespaces, leaves the container",
        ),
        "SYS_MODULE" => (High, "loads code into the node's kernel"),
        "SYS_RAWIO" => (High, "reads and writes the node's memory and devices"),
        "SYS_PTRACE" => (
            Medium,
            "reads and writes the memory of every process that it sees",
        ),
        "DAC_READ_SEARCH" => (High, "reads any file of the node by its handle"),
        "SYS_BOOT" => (High, "reboots the node, or starts another kernel"),
        "BPF" | "PERFMON" => (High, "loads BPF programs that read the kernel's memory"),
        "MAC_ADMIN" | "MAC_OVERRIDE" => (High, "changes or passes over mandatory access control"),
        "CHECKPOINT_RESTORE" => (Medium, "reads other processes' files and sets their ids"),
        "NET_ADMIN" => (
            Medium,
            "changes routes, firewall and addresses of its network",
        ),
        "NET_RAW" => (
            Medium,
            "forges packets and answers to ARP and DNS in the pod network",
        ),
        "SYS_TIME" => (
            Medium,
            "sets the node's clock, on which certificates and logs rest",
        ),
        "SYSLOG" => (
            Medium,
            "reads the kernel's log and addresses, which kernel exploits need",
        ),
        "AUDIT_CONTROL" | "AUDIT_READ" => (Medium, "reads or turns off the node's audit"),
        "LINUX_IMMUTABLE" => (Medium, "makes files that root cannot delete"),
        "IPC_OWNER" => (Medium, "reads and writes others' shared memory"),
        "SYS_PACCT" | "SYS_TTY_CONFIG" => (Medium, "changes settings of the node as a whole"),
        "IPC_LOCK" | "SYS_NICE" | "SYS_RESOURCE" | "WAKE_ALARM" | "BLOCK_SUSPEND" | "LEASE"
        | "NET_BROADCAST" => (
            Low,
            "takes more of the node's resources than its limits say",
        ),
        _ => (Low, "Linux does not know"),
    }
}

/// Reports every addition of one capability.
pub(super) fn report_added(
    cx: &mut ContainerCx<'_>,
    rule: &'static Rule,
    capability: &str,
    help: &'static str,
) {
    let gained = gained(cx);
    for added in gained.iter().filter(|added| added.name == capability) {
        report_one(cx, rule, added, rule.check.severity).help(help);
    }
}

/// Reports one addition, with what it gives.
pub(super) fn report_one<'f, 's>(
    cx: &'f mut ContainerCx<'s>,
    rule: &'static Rule,
    added: &Added<'s>,
    severity_in_use: Severity,
) -> Report<'f, 's> {
    let name = added.name.as_str();
    let what = match name {
        "ALL" => "all capabilities".to_owned(),
        _ => format!("the capability `{name}`"),
    };
    let (_, power) = power(name);
    let power = if shared::is_powerless(cx) {
        "lies idle while nothing in it can be root"
    } else {
        power
    };
    let message = format!("{} adds {what}, which {power}", cx.container.display());
    let severity = severity(cx, severity_in_use);
    cx.report(rule, added.node, message)
        .severity(severity)
        .evidence("capability", name)
        .fix_remove("add the capability no more", added.node)
}
