use super::host_volumes::{Aspect, spoken_for};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds mounts of paths of the node that hold its secrets or command it: `/`, `/etc`, `/proc`, `/dev`, `/root`,
    /// `/var/lib/kubelet`, `/etc/kubernetes`, the stores of container runtimes and of etcd, home folders and their
    /// keys, and their like on Windows. Some matter only where they can be written: `/usr`, `/lib/modules`,
    /// `/opt/cni/bin`, what lies below `/etc` and `/sys`.
    ///
    /// ## Why is this bad?
    /// The keys of the kubelet, the tokens of every pod on the node, the password hashes: to read them is to become
    /// them. To write there is to plant a program that the node runs as root.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   volumeMounts:
    ///   - name: etc
    ///     mountPath: /host/etc
    /// volumes:
    /// - name: etc
    ///   hostPath:
    ///     path: /etc
    /// ```
    ///
    /// ## Use instead
    /// The one file that is needed, read-only.
    /// ```yaml
    /// containers:
    /// - name: app
    ///   volumeMounts:
    ///   - name: os-release
    ///     mountPath: /host/etc/os-release
    ///     readOnly: true
    /// volumes:
    /// - name: os-release
    ///   hostPath:
    ///     path: /etc/os-release
    ///     type: File
    /// ```
    ///
    /// ## Exceptions
    /// It is `critical` where a container that may be root can write there. A read-only mount of `/` counts as
    /// writable unless `recursiveReadOnly` is set, as file systems mounted below it stay writable. Read-only mounts
    /// are `info` to `high` by what they show, and one step lower for containers that run as another user than root.
    /// Monitoring and storage drivers may need it: suppress the finding there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#hostpath>
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#recursive-read-only-mounts>
    pub static SENSITIVE_HOST_PATH = {
        code: "POD036",
        name: "sensitive-host-path",
        severity: Critical,
        severity_reason: "tools say high whatever the mount; writing there is root on the node, reading often is",
        since: "0.1.0",
        summary: "path that holds the node's secrets or commands it is mounted",
        run: Pod(sensitive_host_path),
        frameworks: [
            pss(Baseline), cis("5.2.11"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
            ms("MS-TA9013"),
        ],
        aliases: [
            trivy("KSV-0121"), kube_linter("sensitive-host-mounts"), kubeaudit("SensitivePathsMounted"),
            kics("5308a7a8-06f8-45ac-bf10-791fe21de46e"), datree("CONTAINERS_INCORRECT_KEY_HOSTPATH"),
        ],
    }
}

fn sensitive_host_path(cx: &mut PodCx<'_>) {
    for volume in spoken_for(cx, Aspect::Sensitive) {
        let Some((worth, severity)) = volume.worth() else {
            continue;
        };
        let is_writable = volume.mounts.iter().any(|mount| mount.writable);
        let can = if is_writable { "can write" } else { "can read" };
        let message = format!(
            "{} {can} `{}` of the node: {}",
            volume.mounted_by(),
            volume.written,
            worth.holds
        );
        cx.report(&SENSITIVE_HOST_PATH, volume.node, message)
            .severity(severity)
            .help("mount only the file or folder that is needed, with `readOnly: true`, or another kind of volume")
            .evidence("hostPath", volume.written)
            .evidence("writable", is_writable);
    }
}
