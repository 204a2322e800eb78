use super::host_volumes::{Aspect, spoken_for};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds mounts of `hostPath` volumes without `readOnly: true`. Paths that a worse check speaks of
    /// (`container-socket`, `sensitive-host-path`, `writable-var-log`) are left to it, if it is on.
    ///
    /// ## Why is this bad?
    /// What a container writes on the node outlives it: an attacker stays there, fills the disk, or waits for
    /// another pod or a program of the node to read what was left for it.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   volumeMounts:
    ///   - name: data
    ///     mountPath: /data
    /// volumes:
    /// - name: data
    ///   hostPath:
    ///     path: /srv/data
    /// ```
    ///
    /// ## Use instead
    /// A `local` or other persistent volume; or, where reading is enough:
    /// ```yaml
    /// containers:
    /// - name: app
    ///   volumeMounts:
    ///   - name: data
    ///     mountPath: /data
    ///     readOnly: true
    /// ```
    ///
    /// ## Exceptions
    /// Storage drivers and network plugins that work on the node. Suppress the finding there, with the reason.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#hostpath>
    pub static WRITABLE_HOST_PATH = {
        code: "POD037",
        name: "writable-host-path",
        severity: Medium,
        severity_reason: "Kubescape says high for any path; paths that give the node away have checks of their own",
        since: "0.1.0",
        summary: "path of the node is mounted writable",
        run: Pod(writable_host_path),
        frameworks: [
            pss(Baseline), cis("5.2.11"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), ms("MS-TA9013"),
        ],
        aliases: [
            kubescape("C-0045"), kube_linter("writable-host-mount"),
            kics("b7652612-de4e-4466-a0bf-1cd81f0c6063"), datree("CONTAINERS_INCORRECT_KEY_HOSTPATH"),
        ],
    }
}

fn writable_host_path(cx: &mut PodCx<'_>) {
    for volume in spoken_for(cx, Aspect::Writable) {
        for mount in volume.mounts.iter().filter(|mount| mount.writable) {
            let by = mount.container.display();
            let message = format!("{by} can write `{}` of the node", volume.written);
            let report = match mount.node.get("readOnly") {
                Some(flag) => cx.report(&WRITABLE_HOST_PATH, flag, message),
                None => cx.report_missing(&WRITABLE_HOST_PATH, mount.node, ".readOnly", message),
            };
            report
                .help("set `readOnly: true` on the mount, or use another kind of volume")
                .evidence("hostPath", volume.written)
                .fix_set("mount it read-only", mount.node, &["readOnly"], true);
        }
    }
}
