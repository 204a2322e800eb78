//! The `hostPath` volumes of a pod with their mounts, and which check speaks of which volume.

use ciel_core::Severity;
use ciel_k8s::{Container, PodSpec};
use ciel_yaml::Node;

use super::{
    container_socket::CONTAINER_SOCKET,
    host_path::HOST_PATH,
    host_paths::{HostPath, Socket, Worth},
    sensitive_host_path::SENSITIVE_HOST_PATH,
    writable_host_path::WRITABLE_HOST_PATH,
    writable_var_log::WRITABLE_VAR_LOG,
};
use crate::{PodCx, Rule};

/// A `hostPath` volume.
pub(super) struct HostVolume<'s> {
    /// The node of `hostPath.path`.
    pub(super) node: Node<'s>,
    /// The path as written.
    pub(super) written: &'s str,
    /// The volume's name.
    pub(super) name: &'s str,
    /// The path as the kubelet resolves it.
    pub(super) path: HostPath,
    /// Where containers mount it.
    pub(super) mounts: Vec<HostMount<'s>>,
}

/// A container's mount of a `hostPath` volume.
pub(super) struct HostMount<'s> {
    /// The container.
    pub(super) container: Container<'s>,
    /// The entry of `volumeMounts`.
    pub(super) node: Node<'s>,
    /// The path on the node, `subPath` included.
    pub(super) path: HostPath,
    /// Whether the container may write there.
    pub(super) writable: bool,
    /// Whether file permissions still stand in the way: the container runs as another user than root.
    pub(super) unprivileged: bool,
}

/// What a volume can be reproached with, worst first. One check answers each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    Socket,
    Sensitive,
    Logs,
    Writable,
    Any,
}

impl Aspect {
    const WORST_FIRST: [Self; 5] = [
        Self::Socket,
        Self::Sensitive,
        Self::Logs,
        Self::Writable,
        Self::Any,
    ];
    /// The root holds sockets too, but that is the least of it.
    const WORST_FIRST_AT_ROOT: [Self; 5] = [
        Self::Sensitive,
        Self::Socket,
        Self::Logs,
        Self::Writable,
        Self::Any,
    ];

    fn rule(self) -> &'static Rule {
        match self {
            Self::Socket => &CONTAINER_SOCKET,
            Self::Sensitive => &SENSITIVE_HOST_PATH,
            Self::Logs => &WRITABLE_VAR_LOG,
            Self::Writable => &WRITABLE_HOST_PATH,
            Self::Any => &HOST_PATH,
        }
    }

    fn applies(self, volume: &HostVolume<'_>) -> bool {
        match self {
            Self::Socket => volume.socket().is_some(),
            Self::Sensitive => volume.worth().is_some(),
            Self::Logs => volume
                .mounts
                .iter()
                .any(|mount| mount.writable && mount.path.is_log_folder()),
            Self::Writable => volume.mounts.iter().any(|mount| mount.writable),
            Self::Any => true,
        }
    }
}

/// The volumes of which the check for an aspect speaks: those that it applies to, unless a worse one that is selected
/// applies as well. One cause is one finding.
pub(super) fn spoken_for<'s>(cx: &PodCx<'s>, aspect: Aspect) -> Vec<HostVolume<'s>> {
    let mut volumes = host_volumes(cx.spec());
    volumes.retain(|volume| {
        let order = if volume.path.is_root() {
            Aspect::WORST_FIRST_AT_ROOT
        } else {
            Aspect::WORST_FIRST
        };
        let speaker = order.into_iter().find(|candidate| {
            let is_selected =
                *candidate == aspect || cx.options().gives_way_to(&candidate.rule().check);
            is_selected && candidate.applies(volume)
        });
        speaker == Some(aspect)
    });
    volumes
}

fn host_volumes(spec: PodSpec<'_>) -> Vec<HostVolume<'_>> {
    let volumes = spec.volumes().filter_map(|volume| {
        let node = volume.at(&["hostPath", "path"])?;
        let path = HostPath::parse(node.as_str()?)?;
        let name = volume.str_at(&["name"]).unwrap_or_default();
        Some(HostVolume {
            node,
            written: node.as_str()?,
            name,
            mounts: Vec::new(),
            path,
        })
    });
    let mut volumes: Vec<_> = volumes.collect();
    if volumes.is_empty() {
        return volumes;
    }
    for container in spec.containers() {
        let mounts = container.node.get("volumeMounts");
        for mount in mounts.into_iter().flat_map(Node::items) {
            let name = mount.str_at(&["name"]).unwrap_or_default();
            let Some(volume) = volumes.iter_mut().find(|volume| volume.name == name) else {
                continue;
            };
            let mount = HostMount::new(spec, volume, container, mount);
            volume.mounts.push(mount);
        }
    }
    volumes
}

impl<'s> HostMount<'s> {
    fn new(
        spec: PodSpec<'s>,
        volume: &HostVolume<'s>,
        container: Container<'s>,
        node: Node<'s>,
    ) -> Self {
        // What `subPathExpr` names is known at run time only; the volume's own path stands for it.
        let path = match node.str_at(&["subPath"]) {
            Some(sub_path) if !sub_path.is_empty() => volume.path.join(sub_path),
            _ => volume.path.clone(),
        };
        Self {
            container,
            node,
            path,
            writable: node.bool_at(&["readOnly"]) != Some(true),
            unprivileged: runs_as_other_than_root(spec, container),
        }
    }

    /// Whether all that lies below is read-only too. Without `recursiveReadOnly`, file systems that are mounted
    /// below the path stay writable.
    fn is_read_only_throughout(&self) -> bool {
        let recursive = self.node.str_at(&["recursiveReadOnly"]);
        !self.writable
            && (!self.path.is_root() || matches!(recursive, Some("Enabled" | "IfPossible")))
    }

    fn severity(&self, worth: Worth) -> Option<Severity> {
        let severity = match (worth.read, self.is_read_only_throughout()) {
            (_, false) => Severity::Critical,
            (Some(read), true) => read,
            (None, true) => return None,
        };
        let lower = |severity| match severity {
            Severity::Critical => Severity::High,
            Severity::High => Severity::Medium,
            Severity::Medium | Severity::Low => Severity::Low,
            Severity::Info => Severity::Info,
        };
        Some(match (self.unprivileged, self.writable) {
            (false, _) => severity,
            (true, true) => lower(severity),
            // Only what everybody may read, and nothing below can be written either.
            (true, false) => lower(severity.min(Severity::High)),
        })
    }
}

/// Whether a container says that it runs as another user than root.
fn runs_as_other_than_root(spec: PodSpec<'_>, container: Container<'_>) -> bool {
    if container.security("privileged").and_then(Node::as_bool) == Some(true) {
        return false;
    }
    let user = spec.effective(container, "runAsUser").node();
    match user.and_then(Node::as_i64) {
        Some(user) => user != 0,
        None => {
            let non_root = spec.effective(container, "runAsNonRoot").node();
            non_root.and_then(Node::as_bool) == Some(true)
        }
    }
}

impl<'s> HostVolume<'s> {
    /// How the volume leads to the socket of a container runtime: through a mount, or, as long as no container
    /// mounts it, by itself.
    pub(super) fn socket(&self) -> Option<Socket> {
        if self.mounts.is_empty() {
            let own = self.path.runtime_socket();
            return own.filter(|socket| matches!(socket, Socket::Itself(_)));
        }
        let mut sockets = self
            .mounts
            .iter()
            .filter_map(|mount| mount.path.runtime_socket());
        let first = sockets.next();
        // The socket itself says more than a folder above it.
        sockets
            .find(|socket| matches!(socket, Socket::Itself(_)))
            .or(first)
    }

    /// The worst that its mounts give away, and how bad that is.
    pub(super) fn worth(&self) -> Option<(Worth, Severity)> {
        let judged = self.mounts.iter().filter_map(|mount| {
            let worth = mount.path.worth()?;
            Some((worth, mount.severity(worth)?))
        });
        judged.max_by_key(|(_, severity)| *severity)
    }

    /// Whether every container that mounts it runs as another user than root.
    pub(super) fn is_unprivileged(&self) -> bool {
        !self.mounts.is_empty() && self.mounts.iter().all(|mount| mount.unprivileged)
    }

    /// The containers that mount it, as messages name them; empty for none.
    pub(super) fn mounted_by(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for mount in &self.mounts {
            let name = mount.container.display();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [first, rest @ ..] => format!("{first} and {} others", rest.len()),
        }
    }
}
