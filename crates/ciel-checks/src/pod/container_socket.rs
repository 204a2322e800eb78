use ciel_core::Severity;

use super::{
    host_paths::Socket,
    host_volumes::{Aspect, spoken_for},
};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds `hostPath` volumes that give a container the socket of the node's container runtime: Docker, containerd,
    /// CRI-O, Podman or cri-dockerd, the named pipes of Windows, and folders that hold the sockets (`/run`,
    /// `/var/run`, `/run/containerd`), `subPath` considered.
    ///
    /// ## Why is this bad?
    /// Whoever may talk to the socket may start a privileged container with the node's disk in it: that is root on
    /// the node. A mount that is `readOnly` does not help, since connecting to a socket writes nothing.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: docker
    ///   hostPath:
    ///     path: /var/run/docker.sock
    /// ```
    ///
    /// ## Use instead
    /// To build images, a builder without a daemon (Buildah, BuildKit in rootless mode). To watch containers, the
    /// API of Kubernetes.
    /// ```yaml
    /// volumes:
    /// - name: build
    ///   emptyDir: {}
    /// ```
    ///
    /// ## Exceptions
    /// Node agents that watch containers may need it. Where they do, suppress the finding with the reason. It is
    /// `high` where all containers that mount a folder above the sockets run as another user than root, and `medium`
    /// where no container mounts the volume yet. The whole file system of the node is spoken of by
    /// `sensitive-host-path`, if that check is on.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#hostpath>
    pub static CONTAINER_SOCKET = {
        code: "POD039",
        name: "container-socket",
        severity: Critical,
        severity_reason: "tools say medium to high; the socket is root on the node, without another flaw",
        since: "0.1.0",
        summary: "socket of the container runtime is mounted",
        run: Pod(container_socket),
        frameworks: [
            pss(Baseline), cis("5.2.11"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            kubescape("C-0074"), trivy("KSV-0006"), kube_linter("docker-sock"), checkov("CKV_K8S_27"),
            kubeaudit("SensitivePathsMounted"), kubesec("DockerSock"),
            kics("a6f34658-fdfb-4154-9536-56d516f65828"), datree("CONTAINERS_INCORRECT_PATH_VALUE_DOCKERSOCKET"),
        ],
    }
}

fn container_socket(cx: &mut PodCx<'_>) {
    for volume in spoken_for(cx, Aspect::Socket) {
        let Some(socket) = volume.socket() else {
            continue;
        };
        let what = match socket {
            Socket::Itself(runtime) => format!("the node's {runtime} socket"),
            Socket::Above => "the sockets of the node's container runtime".to_owned(),
        };
        let by = volume.mounted_by();
        let (message, severity) = match (by.is_empty(), socket) {
            (true, _) => (
                format!(
                    "volume `{}` holds {what}, and waits for a container to mount it",
                    volume.name
                ),
                Severity::Medium,
            ),
            (false, Socket::Above) if volume.is_unprivileged() => (
                format!("`{}` gives {by} {what}", volume.written),
                Severity::High,
            ),
            (false, _) => (
                format!("`{}` gives {by} {what}", volume.written),
                Severity::Critical,
            ),
        };
        cx.report(&CONTAINER_SOCKET, volume.node, message)
            .severity(severity)
            .help("remove the volume; ask the Kubernetes API, or build without a daemon")
            .evidence("hostPath", volume.written);
    }
}
