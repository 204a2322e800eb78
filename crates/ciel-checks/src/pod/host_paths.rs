//! What a path of the node is worth to an attacker. Facts about where distributions, container runtimes and the
//! kubelet keep things; paths are compared whole component by whole component, so `/etc-foo` is not `/etc`.

use ciel_core::Severity;

/// A `hostPath` as the kubelet would resolve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HostPath {
    /// Absolute, without doubled or trailing slashes; `/` for the root. `/var/run` is `/run`, to which it links.
    Unix(String),
    /// Lower case, with backslashes; the drive's root ends in none (`c:`).
    Windows(String),
}

/// Why a path matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Worth {
    /// What is there, as messages name it.
    pub(super) holds: &'static str,
    /// How bad it is that the path can be read; `None` where only writing harms.
    pub(super) read: Option<Severity>,
}

/// How a socket of a container runtime is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Socket {
    /// The path is the socket, or the folder that exists for it.
    Itself(&'static str),
    /// The path is a folder above the sockets.
    Above,
}

impl HostPath {
    /// Reads a path as written. `None` for an empty one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let drive = text.as_bytes().get(1) == Some(&b':')
            && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        if drive || text.starts_with('\\') || text.starts_with("//./pipe/") {
            let path = text.to_ascii_lowercase().replace('/', "\\");
            return Some(Self::Windows(path.trim_end_matches('\\').to_owned()));
        }
        Some(Self::Unix(normalise(text)))
    }

    /// The path below this one that a `subPath` names. One that leads out is refused by the kubelet.
    pub(super) fn join(&self, sub_path: &str) -> Self {
        match self {
            Self::Unix(path) => Self::Unix(normalise(&format!("{path}/{sub_path}"))),
            Self::Windows(path) => {
                let sub_path = sub_path.to_ascii_lowercase().replace('/', "\\");
                Self::Windows(format!("{path}\\{}", sub_path.trim_matches('\\')))
            }
        }
    }

    /// Whether it is the whole file system of the node.
    pub(super) fn is_root(&self) -> bool {
        match self {
            Self::Unix(path) => path == "/",
            Self::Windows(path) => path == "c:",
        }
    }

    /// Whether container logs are written there: `/var/log` itself, or the folders that the kubelet reads them from.
    pub(super) fn is_log_folder(&self) -> bool {
        matches!(self, Self::Unix(path)
            if path == "/var/log" || is_within(path, "/var/log/pods") || is_within(path, "/var/log/containers"))
    }

    /// How it leads to the socket of a container runtime, if it does.
    pub(super) fn runtime_socket(&self) -> Option<Socket> {
        match self {
            Self::Unix(path) => unix_socket(path),
            Self::Windows(path) => windows_socket(path),
        }
    }

    /// What an attacker would want there, if anything.
    pub(super) fn worth(&self) -> Option<Worth> {
        match self {
            Self::Unix(path) => unix_worth(path),
            Self::Windows(path) => windows_worth(path),
        }
    }
}

fn normalise(text: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    // On every distribution with systemd, and on the others too, one is a link to the other.
    if let ["var", "run", ..] = parts.as_slice() {
        parts.remove(0);
    }
    format!("/{}", parts.join("/"))
}

/// Whether a path is a folder or lies within it.
fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder == "/")
}

/// Where the sockets are by default, and whose they are.
const SOCKETS: &[(&str, &str)] = &[
    ("/run/docker.sock", "Docker"),
    ("/run/docker/containerd/containerd.sock", "containerd"),
    ("/run/containerd/containerd.sock", "containerd"),
    ("/run/k3s/containerd/containerd.sock", "containerd"),
    ("/run/k0s/containerd.sock", "containerd"),
    ("/run/crio/crio.sock", "CRI-O"),
    ("/run/podman/podman.sock", "Podman"),
    ("/run/cri-dockerd.sock", "cri-dockerd"),
    ("/run/dockershim.sock", "dockershim"),
];

/// What the sockets are called wherever they are.
const SOCKET_NAMES: &[(&str, &str)] = &[
    ("docker.sock", "Docker"),
    ("containerd.sock", "containerd"),
    ("crio.sock", "CRI-O"),
    ("podman.sock", "Podman"),
    ("cri-dockerd.sock", "cri-dockerd"),
    ("dockershim.sock", "dockershim"),
];

/// Folders that hold nothing but a runtime's sockets and state.
const SOCKET_FOLDERS: &[(&str, &str)] = &[
    ("/run/docker", "Docker"),
    ("/run/containerd", "containerd"),
    ("/run/k3s/containerd", "containerd"),
    ("/run/crio", "CRI-O"),
    ("/run/podman", "Podman"),
];

fn unix_socket(path: &str) -> Option<Socket> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let named = SOCKET_NAMES.iter().find(|(socket, _)| *socket == name);
    let folder = SOCKET_FOLDERS.iter().find(|(folder, _)| *folder == path);
    if let Some((_, runtime)) = named.or(folder) {
        return Some(Socket::Itself(runtime));
    }
    let is_above = SOCKETS.iter().any(|(socket, _)| is_within(socket, path));
    is_above.then_some(Socket::Above)
}

fn windows_socket(path: &str) -> Option<Socket> {
    const PIPES: [(&str, &str); 4] = [
        ("docker_engine", "Docker"),
        ("containerd-containerd", "containerd"),
        ("cri-dockerd", "cri-dockerd"),
        ("dockershim", "dockershim"),
    ];
    let pipe = path.strip_prefix("\\\\.\\pipe\\")?;
    let known = PIPES.iter().find(|(name, _)| *name == pipe);
    known.map(|(_, runtime)| Socket::Itself(runtime))
}

/// How much of what lies below a path shares its worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Only the path itself (and what is above it).
    Itself,
    /// All that lies below too.
    Tree,
    /// All that lies below too, which is harmless: ends a wider tree.
    HarmlessTree,
}

use Reach::{HarmlessTree, Itself, Tree};
use Severity::{High, Info, Medium};

const SYSTEM_FILES: &str = "programs and settings that the node runs as root";
const KUBERNETES: &str = "keys and manifests of the control plane";
const RUNTIME: &str = "the file systems and environment of all containers";
const DISKS: &str = "the node's disks and memory";

/// Paths, how far their worth reaches, what they hold, and how bad reading is. The most specific one speaks.
#[rustfmt::skip]
const UNIX: &[(&str, Reach, &str, Option<Severity>)] = &[
    ("/", Itself, "the node's whole file system", Some(High)),
    ("/bin", Tree, SYSTEM_FILES, None),
    ("/boot", Itself, "the node's kernel", Some(Info)),
    ("/boot", Tree, "the node's kernel", None),
    ("/dev", Itself, "the node's devices, its disks among them", Some(Medium)),
    ("/dev/disk", Tree, DISKS, Some(High)),
    ("/dev/mapper", Tree, DISKS, Some(High)),
    ("/dev/mem", Tree, DISKS, Some(High)),
    ("/dev/kmem", Tree, DISKS, Some(High)),
    ("/etc", Itself, "the node's settings, password hashes and keys", Some(High)),
    ("/etc", Tree, SYSTEM_FILES, None),
    ("/etc/ca-certificates", HarmlessTree, "", None),
    ("/etc/gshadow", Tree, "password hashes of the node", Some(High)),
    ("/etc/hostname", HarmlessTree, "", None),
    ("/etc/kubernetes", Tree, KUBERNETES, Some(High)),
    ("/etc/localtime", HarmlessTree, "", None),
    ("/etc/machine-id", HarmlessTree, "", None),
    ("/etc/os-release", HarmlessTree, "", None),
    ("/etc/rancher", Tree, KUBERNETES, Some(High)),
    ("/etc/resolv.conf", HarmlessTree, "", None),
    ("/etc/shadow", Tree, "password hashes of the node", Some(High)),
    ("/etc/ssh", Tree, "the node's SSH keys", Some(High)),
    ("/etc/timezone", HarmlessTree, "", None),
    ("/home", Itself, "the home folders of the node's users", Some(High)),
    ("/lib", Itself, SYSTEM_FILES, Some(Info)),
    ("/lib", Tree, SYSTEM_FILES, None),
    ("/lib64", Tree, SYSTEM_FILES, None),
    ("/opt/cni/bin", Tree, "network plugins that the node runs as root", None),
    ("/proc", Itself, "the node's processes and kernel settings", Some(Medium)),
    ("/proc", Tree, "the node's processes and kernel settings", None),
    ("/proc/1", Tree, "the node's file system, through its first process", Some(High)),
    ("/proc/kcore", Tree, DISKS, Some(High)),
    ("/root", Tree, "root's home folder on the node", Some(High)),
    ("/run", Itself, "sockets through which the node's services are commanded", Some(High)),
    ("/run/dbus", Itself, "the node's system bus, which commands systemd", Some(High)),
    ("/run/dbus/system_bus_socket", Tree, "the node's system bus, which commands systemd", Some(High)),
    ("/run/systemd", Itself, "the sockets of the node's systemd", Some(High)),
    ("/run/systemd/private", Tree, "the sockets of the node's systemd", Some(High)),
    ("/sbin", Tree, SYSTEM_FILES, None),
    ("/sys", Itself, "the node's kernel settings and devices", Some(Medium)),
    ("/sys", Tree, "the node's kernel settings and devices", None),
    ("/usr", Itself, SYSTEM_FILES, Some(Info)),
    ("/usr", Tree, SYSTEM_FILES, None),
    ("/usr/share", HarmlessTree, "", None),
    ("/var", Itself, "the state of the kubelet and of all containers", Some(High)),
    ("/var/lib", Itself, "the state of the kubelet and of all containers", Some(High)),
    ("/var/lib/cloud", Tree, "the node's user data", Some(High)),
    ("/var/lib/containerd", Tree, RUNTIME, Some(High)),
    ("/var/lib/containers", Tree, RUNTIME, Some(High)),
    ("/var/lib/docker", Tree, RUNTIME, Some(High)),
    ("/var/lib/docker/containers", Tree, "the logs and environment of all containers", Some(Medium)),
    ("/var/lib/etcd", Tree, "etcd's data, all Secrets among them", Some(High)),
    ("/var/lib/k0s", Tree, KUBERNETES, Some(High)),
    ("/var/lib/kubelet", Itself, "the kubelet's keys and the Secrets of all pods", Some(High)),
    ("/var/lib/kubelet/kubeconfig", Tree, "the kubelet's keys", Some(High)),
    ("/var/lib/kubelet/pki", Tree, "the kubelet's keys", Some(High)),
    ("/var/lib/kubelet/pods", Tree, "the Secrets and tokens of all pods", Some(High)),
    ("/var/lib/minikube", Tree, KUBERNETES, Some(High)),
    ("/var/lib/rancher", Tree, KUBERNETES, Some(High)),
    ("/var/lib/waagent", Tree, "the node's user data", Some(High)),
    ("/var/snap/microk8s", Tree, KUBERNETES, Some(High)),
    ("/var/spool/cron", Tree, SYSTEM_FILES, None),
];

/// Folders in a home that hold keys.
const KEY_FOLDERS: [&str; 6] = [".ssh", ".kube", ".aws", ".azure", ".docker", ".gnupg"];

fn unix_worth(path: &str) -> Option<Worth> {
    let speaks = |(listed, reach, ..): &&(&str, Reach, &str, Option<Severity>)| match reach {
        Itself => *listed == path,
        Tree | HarmlessTree => is_within(path, listed),
    };
    // An entry for the path itself goes before a tree that begins there.
    let entry = UNIX
        .iter()
        .filter(speaks)
        .max_by_key(|(listed, reach, ..)| (listed.len(), *reach == Itself));
    if let Some((_, reach, holds, read)) = entry {
        let worth = Worth { holds, read: *read };
        return (*reach != HarmlessTree).then_some(worth);
    }
    if let Some(home) = path.strip_prefix("/home/") {
        return home_worth(home);
    }
    if let Some(device) = path.strip_prefix("/dev/") {
        let disks = ["sd", "hd", "vd", "xvd", "nvme", "dm-", "md", "loop"];
        let is_disk = disks.iter().any(|disk| device.starts_with(disk)) || device == "port";
        return is_disk.then_some(Worth {
            holds: DISKS,
            read: Some(High),
        });
    }
    let below = UNIX
        .iter()
        .filter(|(listed, reach, ..)| *reach != HarmlessTree && is_within(listed, path));
    below
        .max_by_key(|(.., read)| *read)
        .map(|(_, _, holds, read)| Worth { holds, read: *read })
}

fn home_worth(home: &str) -> Option<Worth> {
    let worth = |holds| {
        Some(Worth {
            holds,
            read: Some(High),
        })
    };
    let mut parts = home.split('/');
    match (parts.next(), parts.next()) {
        (Some(_), None) => worth("a home folder of the node"),
        (_, Some(part)) if KEY_FOLDERS.contains(&part) => worth("a user's keys on the node"),
        _ => None,
    }
}

fn windows_worth(path: &str) -> Option<Worth> {
    const FOLDERS: [(&str, &str); 7] = [
        ("c:\\windows", SYSTEM_FILES),
        ("c:\\etc\\kubernetes", KUBERNETES),
        ("c:\\k", KUBERNETES),
        (
            "c:\\var\\lib\\kubelet",
            "the kubelet's keys and the Secrets of all pods",
        ),
        ("c:\\programdata\\docker", RUNTIME),
        ("c:\\programdata\\containerd", RUNTIME),
        ("c:\\users", "the home folders of the node's users"),
    ];
    let worth = |holds| Worth {
        holds,
        read: Some(High),
    };
    if path == "c:" {
        return Some(worth("the node's whole file system"));
    }
    let within = |path: &str, folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'))
    };
    FOLDERS
        .iter()
        .find(|(folder, _)| within(path, folder) || within(folder, path))
        .map(|(_, holds)| worth(holds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, holds: Option<&str>, read: Option<Severity>) {
        let worth = HostPath::parse(path).and_then(|path| path.worth());
        assert_eq!(worth.map(|worth| worth.read), holds.map(|_| read), "{path}");
        if let (Some(worth), Some(part)) = (worth, holds) {
            assert!(worth.holds.contains(part), "{path}: {}", worth.holds);
        }
    }

    #[test]
    fn worth_is_judged_by_whole_components() {
        check("/", Some("whole"), Some(High));
        check("//etc/./", Some("password"), Some(High));
        check("/opt/../etc", Some("password"), Some(High));
        check("/etc-foo", None, None);
        check("/etcetera/etc", None, None);
        check("/etc/cron.d", Some("root"), None);
        check("/etc/localtime", None, None);
        check(
            "/etc/kubernetes/pki/ca.key",
            Some("control plane"),
            Some(High),
        );
        check("/var/run/dbus/system_bus_socket", Some("bus"), Some(High));
        check("/var/runner", None, None);
        check("/lib/modules", Some("root"), None);
        check("/usr/share/zoneinfo", None, None);
        check("/sys/fs/cgroup", Some("kernel"), None);
        check("/opt", Some("plugins"), None);
        check("/data", None, None);
        check("/mnt/disks/ssd1", None, None);
    }

    #[test]
    fn folders_above_what_matters_matter() {
        check("/var/snap", Some("control plane"), Some(High));
        check("/opt/cni", Some("plugins"), None);
    }

    #[test]
    fn homes_matter_where_keys_are() {
        check("/home", Some("users"), Some(High));
        check("/home/ubuntu", Some("home"), Some(High));
        check("/home/ubuntu/.ssh/id_rsa", Some("keys"), Some(High));
        check("/home/ubuntu/project/data", None, None);
    }

    #[test]
    fn devices_matter_where_they_are_disks() {
        check("/dev", Some("devices"), Some(Medium));
        check("/dev/sda1", Some("disks"), Some(High));
        check("/dev/net/tun", None, None);
        check("/dev/shm", None, None);
        check("/dev/kvm", None, None);
    }

    #[test]
    fn windows_paths_ignore_case_and_slashes() {
        check("C:\\", Some("whole"), Some(High));
        check("c:/Windows/System32", Some("root"), Some(High));
        check("C:\\k", Some("control plane"), Some(High));
        check("C:\\kubernetes-data", None, None);
        check("C:\\logs", None, None);
    }

    #[test]
    fn sockets_are_known_by_place_and_name() {
        let socket = |path| HostPath::parse(path).and_then(|path| path.runtime_socket());
        assert_eq!(
            socket("/var/run/docker.sock"),
            Some(Socket::Itself("Docker"))
        );
        assert_eq!(
            socket("/run/user/1000/docker.sock"),
            Some(Socket::Itself("Docker"))
        );
        assert_eq!(
            socket("/run/k3s/containerd/containerd.sock"),
            Some(Socket::Itself("containerd"))
        );
        assert_eq!(socket("/var/run/docker"), Some(Socket::Itself("Docker")));
        assert_eq!(
            socket("\\\\.\\pipe\\docker_engine"),
            Some(Socket::Itself("Docker"))
        );
        assert_eq!(socket("/var/run"), Some(Socket::Above));
        assert_eq!(socket("/"), Some(Socket::Above));
        assert_eq!(socket("/var"), None, "/var/run is only a link");
        assert_eq!(socket("/var/run/thing.sock"), None);
        assert_eq!(socket("/run/containerd-foo"), None);
    }
}
