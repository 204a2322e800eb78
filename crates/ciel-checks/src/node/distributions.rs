//! Settings that distributions of Kubernetes hand on to its programs: K3s and RKE2 (`kube-apiserver-arg`), k3d, Rancher,
//! their providers of Cluster API, k0s, Talos, EKS Anywhere; the kubelet's settings of OpenShift and EKS.
//!
//! The distributions give the programs settings of their own, which their files do not show: what is absent is not judged.

use std::borrow::Cow;

use ciel_k8s::{Container, ContainerKind, TypeMeta};
use ciel_yaml::Node;

use super::{
    Component, Program,
    component::Home,
    config::{KUBELET_FIELDS, arguments, file, minor_of_field},
    words::{self, Flag},
};

/// The `apiVersion` that files without one are given here, and their kinds.
pub(super) const FILES: &str = "files.distributions/v1";
const K3S_FILE: &str = "K3sConfig";
const TALOS_FILE: &str = "TalosConfig";

/// The flags and keys by which K3s and RKE2 take others' flags.
const HANDED_ON: [(&str, Program); 6] = [
    ("kube-apiserver-arg", Program::ApiServer),
    ("kube-controller-manager-arg", Program::ControllerManager),
    ("kube-scheduler-arg", Program::Scheduler),
    ("etcd-arg", Program::Etcd),
    ("kubelet-arg", Program::Kubelet),
    ("kube-proxy-arg", Program::KubeProxy),
];

/// A kind whose objects hand settings on, and where they stand.
struct Place {
    group: &'static str,
    kind: &'static str,
    /// To the mapping that the parts stand in.
    base: &'static [&'static str],
    parts: &'static [(Program, &'static [&'static str])],
}

const RKE2: &[(Program, &[&str])] = &[
    (
        Program::ApiServer,
        &["serverConfig", "kubeAPIServer", "extraArgs"],
    ),
    (
        Program::ControllerManager,
        &["serverConfig", "kubeControllerManager", "extraArgs"],
    ),
    (
        Program::Scheduler,
        &["serverConfig", "kubeScheduler", "extraArgs"],
    ),
    (
        Program::Etcd,
        &["serverConfig", "etcd", "customConfig", "extraArgs"],
    ),
    (Program::Kubelet, &["agentConfig", "kubelet", "extraArgs"]),
    (
        Program::KubeProxy,
        &["agentConfig", "kubeProxy", "extraArgs"],
    ),
];

const K3S: &[(Program, &[&str])] = &[
    (Program::ApiServer, &["serverConfig", "kubeAPIServerArg"]),
    (
        Program::ControllerManager,
        &["serverConfig", "kubeControllerManagerArgs"],
    ),
    (Program::Scheduler, &["serverConfig", "kubeSchedulerArgs"]),
    (Program::Kubelet, &["agentConfig", "kubeletArgs"]),
    (Program::KubeProxy, &["agentConfig", "kubeProxyArgs"]),
];

const K0S: &[(Program, &[&str])] = &[
    (Program::ApiServer, &["api", "extraArgs"]),
    (
        Program::ControllerManager,
        &["controllerManager", "extraArgs"],
    ),
    (Program::Scheduler, &["scheduler", "extraArgs"]),
    (Program::Etcd, &["storage", "etcd", "extraArgs"]),
];

const TALOS: &[(Program, &[&str])] = &[
    (Program::ApiServer, &["cluster", "apiServer", "extraArgs"]),
    (
        Program::ControllerManager,
        &["cluster", "controllerManager", "extraArgs"],
    ),
    (Program::Scheduler, &["cluster", "scheduler", "extraArgs"]),
    (Program::Etcd, &["cluster", "etcd", "extraArgs"]),
    (Program::KubeProxy, &["cluster", "proxy", "extraArgs"]),
    (Program::Kubelet, &["machine", "kubelet", "extraArgs"]),
];

const CONTROL_PLANE: &str = "controlplane.cluster.x-k8s.io";
const BOOTSTRAP: &str = "bootstrap.cluster.x-k8s.io";
const OF_TEMPLATE: &[&str] = &["spec", "template", "spec"];

const PLACES: &[Place] = &[
    Place {
        group: CONTROL_PLANE,
        kind: "RKE2ControlPlane",
        base: &["spec"],
        parts: RKE2,
    },
    Place {
        group: CONTROL_PLANE,
        kind: "RKE2ControlPlaneTemplate",
        base: OF_TEMPLATE,
        parts: RKE2,
    },
    Place {
        group: BOOTSTRAP,
        kind: "RKE2Config",
        base: &["spec"],
        parts: RKE2,
    },
    Place {
        group: BOOTSTRAP,
        kind: "RKE2ConfigTemplate",
        base: OF_TEMPLATE,
        parts: RKE2,
    },
    Place {
        group: CONTROL_PLANE,
        kind: "KThreesControlPlane",
        base: &["spec", "kthreesConfigSpec"],
        parts: K3S,
    },
    Place {
        group: CONTROL_PLANE,
        kind: "KThreesControlPlaneTemplate",
        base: &["spec", "template", "spec", "kthreesConfigSpec"],
        parts: K3S,
    },
    Place {
        group: BOOTSTRAP,
        kind: "KThreesConfig",
        base: &["spec"],
        parts: K3S,
    },
    Place {
        group: BOOTSTRAP,
        kind: "KThreesConfigTemplate",
        base: OF_TEMPLATE,
        parts: K3S,
    },
    Place {
        group: CONTROL_PLANE,
        kind: "K0sControlPlane",
        base: &["spec", "k0sConfigSpec", "k0s", "spec"],
        parts: K0S,
    },
    Place {
        group: "k0s.k0sproject.io",
        kind: "ClusterConfig",
        base: &["spec"],
        parts: K0S,
    },
    Place {
        group: "k0sctl.k0sproject.io",
        kind: "Cluster",
        base: &["spec", "k0s", "config", "spec"],
        parts: K0S,
    },
    Place {
        group: "anywhere.eks.amazonaws.com",
        kind: "Cluster",
        base: &["spec", "controlPlaneConfiguration"],
        parts: &[(Program::ApiServer, &["apiServerExtraArgs"])],
    },
];

/// Kinds that hold a kubelet's configuration, or a part of it.
const KUBELETS: &[(&str, &str, &[&str])] = &[
    (
        "machineconfiguration.openshift.io",
        "KubeletConfig",
        &["spec", "kubeletConfig"],
    ),
    ("node.eks.aws", "NodeConfig", &["spec", "kubelet", "config"]),
];

/// Whether objects of a type hand settings on.
pub(super) fn sets_up(types: &TypeMeta) -> bool {
    PLACES.iter().any(|place| types.is(place.group, place.kind))
        || KUBELETS
            .iter()
            .any(|(group, kind, _)| types.is(group, kind))
        || types.is("k3d.io", "Simple")
        || types.is("provisioning.cattle.io", "Cluster")
        || types.api_version == FILES
}

/// The programs that an object or file of a distribution sets up.
pub(super) fn components<'s>(group: &str, kind: &str, root: Node<'s>) -> Vec<Component<'s>> {
    match (group, kind) {
        ("files.distributions", K3S_FILE) => of_k3s_file(root),
        ("files.distributions", _) => of_parts(TALOS, root, None),
        ("provisioning.cattle.io", "Cluster") => of_rancher(root),
        ("k3d.io", "Simple") => {
            let extra = root.at(&["options", "k3s", "extraArgs"]).into_iter();
            let words: Vec<_> = extra
                .flat_map(Node::items)
                .filter_map(|item| item.get("arg"))
                .collect();
            of_words(&words)
        }
        _ => of_place(group, kind, root),
    }
}

fn of_place<'s>(group: &str, kind: &str, root: Node<'s>) -> Vec<Component<'s>> {
    let kubelet = KUBELETS
        .iter()
        .find(|(own_group, own, _)| *own_group == group && *own == kind)
        .and_then(|(_, _, path)| root.at(path));
    if let Some(config) = kubelet {
        let mut component = file(Program::Kubelet, config, KUBELET_FIELDS);
        component.is_partial = true;
        return vec![component];
    }
    let place = PLACES
        .iter()
        .find(|place| place.group == group && place.kind == kind);
    let base = place.and_then(|place| Some((place, root.at(place.base)?)));
    base.map_or_else(Vec::new, |(place, base)| {
        of_parts(
            place.parts,
            base,
            minor_of_field(root, &["spec", "version"]),
        )
    })
}

fn of_parts<'s>(
    parts: &[(Program, &[&str])],
    base: Node<'s>,
    minor: Option<u16>,
) -> Vec<Component<'s>> {
    let parts = parts.iter().filter_map(|(program, path)| {
        let node = base.at(path)?;
        Some(component(*program, node, listed(node), minor))
    });
    parts.collect()
}

fn component<'s>(
    program: Program,
    home: Node<'s>,
    flags: Vec<Flag<'s>>,
    minor: Option<u16>,
) -> Component<'s> {
    Component {
        program,
        flags,
        home: Home::Whole(home),
        defaults: Vec::new(),
        is_partial: true,
        minor,
    }
}

/// Settings in a list of `name=value`, or one such text, or as kubeadm writes them.
fn listed(node: Node<'_>) -> Vec<Flag<'_>> {
    let texts: Vec<Node<'_>> = if node.as_str().is_some() {
        vec![node]
    } else {
        node.items()
            .filter(|item| item.as_str().is_some())
            .collect()
    };
    if texts.is_empty() {
        return arguments(node);
    }
    texts
        .into_iter()
        .map(|node| handed_on(node.scalar_text(), node))
        .collect()
}

/// A setting as it is handed on: `anonymous-auth=true`.
fn handed_on<'s>(text: &str, node: Node<'s>) -> Flag<'s> {
    let text = text.trim_start_matches('-');
    let (name, value) = text.split_once('=').unwrap_or((text, "true"));
    Flag {
        name: Cow::Owned(name.replace('_', "-")),
        value: Cow::Owned(value.to_owned()),
        node,
    }
}

/// The configuration of a cluster that Rancher makes: the files of its machines, for all and for some.
fn of_rancher(root: Node<'_>) -> Vec<Component<'_>> {
    let Some(config) = root.at(&["spec", "rkeConfig"]) else {
        return Vec::new();
    };
    let some = config.get("machineSelectorConfig").into_iter();
    let some = some
        .flat_map(Node::items)
        .filter_map(|item| item.get("config"));
    let all = config.get("machineGlobalConfig").into_iter().chain(some);
    all.flat_map(of_k3s_file).collect()
}

/// Whether a text may be a distribution's file.
pub(super) fn may_be_file(text: &str) -> bool {
    let is_k3s = text.contains("-arg:") || text.contains("-arg+:") || text.contains("-arg\":");
    let is_talos = || {
        text.contains("extraArgs:") && text.contains("cluster:")
            || text.contains("machine:") && text.contains("extraArgs:")
    };
    is_k3s || is_talos()
}

/// Which file of a distribution a mapping without a kind is.
pub(super) fn kind_of_file(root: Node<'_>) -> Option<&'static str> {
    if keys_of_k3s(root).next().is_some() {
        return Some(K3S_FILE);
    }
    let is_talos = TALOS.iter().any(|(_, path)| root.at(path).is_some());
    is_talos.then_some(TALOS_FILE)
}

fn keys_of_k3s<'s>(root: Node<'s>) -> impl Iterator<Item = (Program, Node<'s>)> {
    root.entries().filter_map(|(key, value)| {
        let key = key.scalar_text();
        let key = key.strip_suffix('+').unwrap_or(key);
        let (_, program) = HANDED_ON.iter().find(|(own, _)| *own == key)?;
        Some((*program, value))
    })
}

fn of_k3s_file(root: Node<'_>) -> Vec<Component<'_>> {
    keys_of_k3s(root)
        .map(|(program, value)| component(program, value, listed(value), None))
        .collect()
}

/// The programs within the K3s or RKE2 that a container runs.
pub(crate) fn in_container(container: Container<'_>) -> Vec<Component<'_>> {
    if container.kind == ContainerKind::Ephemeral {
        return Vec::new();
    }
    let words = container.argv();
    if words.iter().any(|word| word.scalar_text().contains("-arg")) {
        of_words(&words)
    } else {
        Vec::new()
    }
}

/// The programs of Kubernetes that a script or a unit of systemd starts, by themselves or within K3s.
pub(crate) fn in_script(field: Node<'_>) -> Vec<Component<'_>> {
    let mut found = of_words(&[field]);
    found.extend(words::units(field).into_iter().map(|line| {
        let mut unit = component(line.program, field, line.flags, None);
        unit.is_partial = true;
        unit
    }));
    found
}

/// What words of command lines hand on. A word may be a whole script.
fn of_words<'s>(words: &[Node<'s>]) -> Vec<Component<'s>> {
    let mut flags: Vec<(Program, Flag<'s>)> = Vec::new();
    let mut waiting: Option<Program> = None;
    for word in words {
        let text = word.scalar_text();
        let parts = if text.contains(char::is_whitespace) {
            words::commands(text).into_iter().flatten().collect()
        } else {
            vec![text.to_owned()]
        };
        for part in parts {
            if let Some(program) = waiting.take() {
                flags.push((program, handed_on(&part, *word)));
                continue;
            }
            let body = part.trim_start_matches('-');
            let is_flag = body.len() < part.len();
            let (name, value) = match body.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (body, None),
            };
            let known = HANDED_ON.iter().find(|(own, _)| *own == name);
            match (known.filter(|_| is_flag), value) {
                (Some((_, program)), Some(value)) => {
                    flags.push((*program, handed_on(words::unquoted(value), *word)));
                }
                (Some((_, program)), None) => waiting = Some(*program),
                (None, _) => {}
            }
        }
    }
    let Some(home) = words.first().copied() else {
        return Vec::new();
    };
    let mut found: Vec<Component<'s>> = Vec::new();
    for (program, flag) in flags {
        match found.iter_mut().find(|own| own.program == program) {
            Some(own) => own.flags.push(flag),
            None => found.push(component(program, home, vec![flag], None)),
        }
    }
    found
}
