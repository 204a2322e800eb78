use ciel_core::Severity;

use super::host_volumes::{Aspect, spoken_for};
use crate::{PodCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds `hostPath` volumes that no worse check speaks of: those that are only read, and those that no container
    /// mounts. Selected alone, it finds every `hostPath` volume.
    ///
    /// ## Why is this bad?
    /// The pod depends on the files of a node, sees what other programs leave there, and needs a namespace that
    /// admits `hostPath` for all its pods. A volume that no container mounts is still open to a debug container.
    ///
    /// ## Example
    /// ```yaml
    /// volumes:
    /// - name: certificates
    ///   hostPath:
    ///     path: /opt/certificates
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// volumes:
    /// - name: certificates
    ///   configMap:
    ///     name: certificates
    /// ```
    ///
    /// ## Exceptions
    /// Node agents that read the node's files. It is `info` where no container mounts the volume.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/storage/volumes/#hostpath>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static HOST_PATH = {
        code: "POD035",
        name: "host-path",
        severity: Low,
        severity_reason: "tools say medium to high for any path; what is writable or sensitive has checks of its own",
        since: "0.1.0",
        summary: "volume is a path of the node",
        run: Pod(host_path),
        frameworks: [pss(Baseline), cis("5.2.11"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            kubescape("C-0048"), kubescape("C-0203"), trivy("KSV-0023"), polaris("hostPathSet"), kube_bench("5.2.11"),
            kics("aa8f7a35-9923-4cad-bd61-a19b7f6aac91"), datree("CONTAINERS_INCORRECT_KEY_HOSTPATH"),
        ],
    }
}

fn host_path(cx: &mut PodCx<'_>) {
    let is_partial = cx.spec().partial;
    for volume in spoken_for(cx, Aspect::Any) {
        let by = volume.mounted_by();
        let (message, severity) = if by.is_empty() && !is_partial {
            let message = format!(
                "volume `{}` is `{}` of the node, and no container mounts it",
                volume.name, volume.written
            );
            (message, Severity::Info)
        } else if by.is_empty() {
            (
                format!(
                    "volume `{}` is `{}` of the node",
                    volume.name, volume.written
                ),
                Severity::Low,
            )
        } else {
            (
                format!("`{}` of the node is mounted by {by}", volume.written),
                Severity::Low,
            )
        };
        cx.report(&HOST_PATH, volume.node, message)
            .severity(severity)
            .help("use another kind of volume: configMap, emptyDir, persistentVolumeClaim")
            .evidence("hostPath", volume.written);
    }
}
