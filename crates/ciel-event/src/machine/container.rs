//! The container that a thread is in, as the path of its cgroup names it.
//!
//! Runtimes put the identifier of a container into the path in a few ways, and Kubernetes the pod's. What only the runtime
//! knows (names, images, labels) is not here.

use super::Cgroups;
use crate::Text;

/// Letters of an identifier that `container.id` shows.
const SHORT: usize = 12;
/// Letters of an identifier that a runtime makes.
const FULL: usize = 64;

/// A container, as far as a cgroup tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Container {
    /// The first 12 letters of its identifier, or all where it has fewer or the runtime lets people choose it.
    pub id: Text,
    /// The whole identifier.
    pub full_id: Text,
    /// The runtime, where the path names it.
    pub runtime: Option<Runtime>,
    /// The `metadata.uid` of the pod that it belongs to.
    pub pod_uid: Option<Text>,
}

/// Who runs a container.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is a product's name")]
pub enum Runtime {
    Docker,
    Containerd,
    CriO,
    Podman,
    Lxc,
    LibvirtLxc,
    Bpm,
}

impl Runtime {
    /// The word that `container.type` shows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Containerd => "containerd",
            Self::CriO => "cri-o",
            Self::Podman => "podman",
            Self::Lxc => "lxc",
            Self::LibvirtLxc => "libvirt-lxc",
            Self::Bpm => "bpm",
        }
    }
}

impl Container {
    /// The container that the first of the cgroups names.
    pub(super) fn of(cgroups: &Cgroups) -> Option<Self> {
        cgroups.iter().find_map(|(_, path)| Self::in_path(path))
    }

    /// The container that the path of a cgroup names.
    #[must_use]
    pub fn in_path(path: &[u8]) -> Option<Self> {
        let last = path.rsplit(|byte| *byte == b'/').next()?;
        // `libpod-ID.scope/container`: the container's own cgroup below that of its scope.
        let scope = match last {
            b"container" => path.rsplit(|byte| *byte == b'/').nth(1)?,
            _ => last,
        };
        let (id, runtime) = made(scope)
            .or_else(|| made(last).map(|(id, _)| (id, in_parents(path))))
            .map(|(id, runtime)| (id, runtime.or_else(|| in_parents(path))))
            .or_else(|| chosen(path).map(|(id, runtime)| (id, Some(runtime))))?;
        let short = if runtime.is_some_and(Runtime::lets_choose) {
            id
        } else {
            id.get(..SHORT).unwrap_or(id)
        };
        Some(Self {
            id: short.into(),
            full_id: id.into(),
            runtime,
            pod_uid: pod_uid(path).map(Into::into),
        })
    }
}

impl Runtime {
    /// Whether people choose the identifier, which is then shown whole.
    fn lets_choose(self) -> bool {
        matches!(self, Self::Lxc | Self::LibvirtLxc | Self::Bpm)
    }
}

/// An identifier of 64 hexadecimal letters, alone or with what a runtime puts around it.
fn made(part: &[u8]) -> Option<(&[u8], Option<Runtime>)> {
    const PREFIXES: [(&[u8], Runtime); 4] = [
        (b"libpod-", Runtime::Podman),
        (b"docker-", Runtime::Docker),
        (b"cri-containerd-", Runtime::Containerd),
        (b"crio-", Runtime::CriO),
    ];
    let name = part.strip_suffix(b".scope").unwrap_or(part);
    // `SLICE:cri-containerd:ID`, where containerd does not know that systemd runs.
    let infix = b":cri-containerd:";
    let (id, runtime) = if let Some(at) = memchr::memmem::rfind(name, infix) {
        (name.get(at + infix.len()..)?, Some(Runtime::Containerd))
    } else if let Some((prefix, runtime)) =
        PREFIXES.iter().find(|(prefix, _)| name.starts_with(prefix))
    {
        (name.get(prefix.len()..)?, Some(*runtime))
    } else {
        (part, None)
    };
    let valid = id.len() == FULL && id.iter().all(u8::is_ascii_hexdigit);
    valid.then_some((id, runtime))
}

/// The runtime that a cgroup above names.
fn in_parents(path: &[u8]) -> Option<Runtime> {
    path.split(|byte| *byte == b'/')
        .rev()
        .skip(1)
        .find_map(|part| match part {
            b"docker" => Some(Runtime::Docker),
            b"libpod_parent" => Some(Runtime::Podman),
            _ => None,
        })
}

/// An identifier that people chose.
fn chosen(path: &[u8]) -> Option<(&[u8], Runtime)> {
    // Before LXC: libvirt's path has `/lxc/` in it.
    libvirt_lxc(path)
        .map(|id| (id, Runtime::LibvirtLxc))
        .or_else(|| lxc(path).map(|id| (id, Runtime::Lxc)))
        .or_else(|| bpm(path).map(|id| (id, Runtime::Bpm)))
        .or_else(|| containerd(path).map(|id| (id, Runtime::Containerd)))
        .filter(|(id, _)| !id.is_empty())
}

fn lxc(path: &[u8]) -> Option<&[u8]> {
    let places: [&[u8]; 3] = [b"/lxc/", b"/lxc.payload/", b"/lxc.payload."];
    places
        .iter()
        .find_map(|place| after(path, place))
        .map(|rest| until(rest, b"/"))
}

fn libvirt_lxc(path: &[u8]) -> Option<&[u8]> {
    if let Some(rest) = path.strip_suffix(b".libvirt-lxc") {
        return rest.rsplit(|byte| *byte == b'/').next();
    }
    // `machine-lxc\x2dNUMBER\x2dNAME.scope/libvirt`: systemd writes dashes so.
    if let Some(rest) = after(path, b"-lxc\\x2d") {
        return rest
            .strip_suffix(b".scope/libvirt")
            .or_else(|| rest.strip_suffix(b".scope"));
    }
    after(path, b"/libvirt/lxc/")
}

fn bpm(path: &[u8]) -> Option<&[u8]> {
    let id = until(after(path, b"bpm-")?, b".scope");
    let valid = id
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
    valid.then_some(id)
}

/// Containers of containerd's `ctr` are in `/NAMESPACE/ID`, and in nothing deeper. Units of systemd look alike, but their
/// names end with the kind of unit, and so do those of slices above them.
fn containerd(path: &[u8]) -> Option<&[u8]> {
    const UNITS: [&[u8]; 6] = [
        b".slice",
        b".scope",
        b".service",
        b".mount",
        b".socket",
        b".swap",
    ];
    // Cgroups that others make directly below the root.
    const OTHERS: [&[u8]; 8] = [
        b"user",
        b"kubepods",
        b"docker",
        b"system",
        b"machine",
        b"init",
        b"burstable",
        b"podruntime",
    ];
    let mut parts = path.strip_prefix(b"/")?.split(|byte| *byte == b'/');
    let (namespace, id) = (parts.next()?, parts.next()?);
    let is_unit = |part: &[u8]| UNITS.iter().any(|unit| part.ends_with(unit));
    let named = |part: &[u8]| {
        part.iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte))
    };
    let fits = parts.next().is_none()
        && id.len() <= FULL
        && named(namespace)
        && named(id)
        && !is_unit(namespace)
        && !is_unit(id)
        && !OTHERS.contains(&namespace);
    fits.then_some(id)
}

/// The `metadata.uid` of the pod, which Kubernetes writes as `podUID`, with low lines for dashes below systemd.
fn pod_uid(path: &[u8]) -> Option<Vec<u8>> {
    path.split(|byte| *byte == b'/').rev().find_map(|part| {
        let slice = part.split(|byte| *byte == b':').next()?;
        let name = slice.strip_suffix(b".slice").unwrap_or(slice);
        let uid = match memchr::memmem::rfind(name, b"-pod") {
            Some(at) => name.get(at + 4..)?,
            None => name.strip_prefix(b"pod")?,
        };
        // Pods from files have a hash of 32 letters, the others a UUID.
        let valid = matches!(uid.len(), 32 | 36)
            && uid
                .iter()
                .all(|byte| byte.is_ascii_hexdigit() || b"_-".contains(byte));
        valid.then(|| {
            uid.iter()
                .map(|byte| if *byte == b'_' { b'-' } else { *byte })
                .collect()
        })
    })
}

fn after<'p>(path: &'p [u8], place: &[u8]) -> Option<&'p [u8]> {
    path.get(memchr::memmem::find(path, place)? + place.len()..)
}

fn until<'p>(path: &'p [u8], end: &[u8]) -> &'p [u8] {
    memchr::memmem::find(path, end)
        .and_then(|at| path.get(..at))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "ccdb438b8f0857e4ab068f3abbd87392dafeec5123d404158273d6d0250b3822";
    const UID: &str = "0a1b2c31-1111-2222-3333-444455556666";

    #[track_caller]
    fn check(path: &str, expected: Option<(&str, Option<&str>, Option<&str>)>) {
        let path = path.replace("{id}", ID);
        let found = Container::in_path(path.as_bytes());
        let text = |text: &Text| String::from_utf8_lossy(text).into_owned();
        let found = found.as_ref().map(|container| {
            (
                text(&container.id),
                container.runtime.map(Runtime::as_str),
                container.pod_uid.as_ref().map(text),
            )
        });
        let expected =
            expected.map(|(id, runtime, pod)| (id.to_owned(), runtime, pod.map(str::to_owned)));
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn containers_of_pods() {
        let slice = "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod0a1b2c31_1111_2222_3333_444455556666.slice";
        for (rest, runtime) in [
            ("/cri-containerd-{id}.scope", Some("containerd")),
            ("/crio-{id}.scope", Some("cri-o")),
            ("/crio-{id}", Some("cri-o")),
            ("/docker-{id}.scope", Some("docker")),
            (":cri-containerd:{id}", Some("containerd")),
            ("/{id}", None),
        ] {
            check(
                &format!("{slice}{rest}"),
                Some(("ccdb438b8f08", runtime, Some(UID))),
            );
        }
        check(
            &format!("/kubepods/burstable/pod{UID}/{ID}"),
            Some(("ccdb438b8f08", None, Some(UID))),
        );
        check(
            &format!("/kubepods/podda9ffdb1b2a1d9c8da9ffdb1b2a1d9c8/{ID}"),
            Some((
                "ccdb438b8f08",
                None,
                Some("da9ffdb1b2a1d9c8da9ffdb1b2a1d9c8"),
            )),
        );
    }

    #[test]
    fn other_containers() {
        let short = "ccdb438b8f08";
        for (path, id, runtime) in [
            ("/docker/{id}", short, Some("docker")),
            ("/system.slice/docker-{id}.scope", short, Some("docker")),
            ("/machine.slice/libpod-{id}.scope", short, Some("podman")),
            (
                "/machine.slice/libpod-{id}.scope/container",
                short,
                Some("podman"),
            ),
            ("/libpod_parent/libpod-{id}", short, Some("podman")),
            ("/lxc/web/init.scope", "web", Some("lxc")),
            (
                "/lxc.payload.a-long-name-of-mine/ns",
                "a-long-name-of-mine",
                Some("lxc"),
            ),
            ("/machine/web.libvirt-lxc", "web", Some("libvirt-lxc")),
            (
                "/machine.slice/machine-lxc\\x2d22\\x2dweb.scope/libvirt",
                "22\\x2dweb",
                Some("libvirt-lxc"),
            ),
            ("/libvirt/lxc/web", "web", Some("libvirt-lxc")),
            ("/system.slice/bpm-nats.scope", "nats", Some("bpm")),
            ("/default/web", "web", Some("containerd")),
            (
                "/default/a-name-longer-than-twelve",
                "a-name-longe",
                Some("containerd"),
            ),
        ] {
            check(path, Some((id, runtime, None)));
        }
    }

    #[test]
    fn the_host() {
        for path in [
            "/",
            "",
            "/init.scope",
            "/user.slice",
            "/user.slice/user-1000.slice/session-5.scope",
            "/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope",
            "/system.slice/docker.service",
            "/system.slice/dev-hugepages.mount",
            "/user/1000.user/1.session",
            "/kubepods/besteffort",
            "/system.slice/crio-conmon-{id}.scope",
            "/docker/not-an-identifier/and/more",
        ] {
            check(path, None);
        }
    }
}
