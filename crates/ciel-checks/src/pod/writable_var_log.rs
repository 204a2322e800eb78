use super::host_volumes::{Aspect, spoken_for};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds writable mounts of the node's `/var/log`, or of the folders in it that the kubelet reads container logs
    /// from.
    ///
    /// ## Why is this bad?
    /// The kubelet reads logs as root and follows links. Who can write in the folder replaces a log by a link to
    /// any file of the node (a key, another pod's token, the password hashes), and reads it as a log.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: collector
    ///   volumeMounts:
    ///   - name: logs
    ///     mountPath: /var/log
    /// volumes:
    /// - name: logs
    ///   hostPath:
    ///     path: /var/log
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// containers:
    /// - name: collector
    ///   volumeMounts:
    ///   - name: logs
    ///     mountPath: /var/log
    ///     readOnly: true
    /// ```
    ///
    /// ## Exceptions
    /// A collector that keeps its position in `/var/log` can keep it in a folder of its own.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#hostpath>
    /// - <https://github.com/kubernetes/sig-security/tree/main/sig-security-external-audit/security-audit-2019>
    pub static WRITABLE_VAR_LOG = {
        code: "POD038",
        name: "writable-var-log",
        severity: High,
        since: "0.1.0",
        summary: "node's log folder is mounted writable",
        run: Pod(writable_var_log),
        frameworks: [
            pss(Baseline), cis("5.2.11"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
            ms("MS-TA9013"),
        ],
        aliases: [kube_hunter("KHV047")],
    }
}

fn writable_var_log(cx: &mut PodCx<'_>) {
    for volume in spoken_for(cx, Aspect::Logs) {
        for mount in &volume.mounts {
            if !mount.writable || !mount.path.is_log_folder() {
                continue;
            }
            let message = format!(
                "{} can write the node's `{}`, where the kubelet follows links as root",
                mount.container.display(),
                volume.written
            );
            cx.report(&WRITABLE_VAR_LOG, mount.node, message)
                .help("set `readOnly: true` on the mount")
                .evidence("hostPath", volume.written)
                .fix_set("mount it read-only", mount.node, &["readOnly"], true);
        }
    }
}
