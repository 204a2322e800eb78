use super::capabilities;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that add the capability `SYS_MODULE`.
    ///
    /// ## Why is this bad?
    /// It loads code into the kernel, and the kernel is the node's: one `insmod` from the container, and no
    /// namespace, seccomp filter or policy holds any more. Rootkits of miners come this way.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     add: [SYS_MODULE]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [ALL]
    /// ```
    /// Load the module when the node starts (`/etc/modules-load.d`), not from a pod.
    ///
    /// ## Exceptions
    /// Network plugins and drivers of graphics cards load modules. Suppress the finding there, with the reason. With
    /// `hostUsers: false` the kernel refuses and the severity is lower.
    ///
    /// ## References
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static CAP_SYS_MODULE = {
        code: "POD012",
        name: "cap-sys-module",
        severity: High,
        since: "0.1.0",
        summary: "container adds the capability SYS_MODULE",
        run: Container(cap_sys_module),
        frameworks: [
            pss(Baseline), cis("5.2.9"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            trivy("KSV-0120"), kubescape("C-0046"), kubescape("C-0200"), kubescape("C-0219"), trivy("KSV-0022"),
            trivy("KSV-0106"), checkov("CKV_K8S_25"), checkov("CKV_K8S_24"), kubeaudit("CapabilityAdded"),
            kics("19ebaa28-fc86-4a58-bcfa-015c9e22fe40"), datree("CONTAINERS_INVALID_CAPABILITIES_VALUE"),
        ],
    }
}

fn cap_sys_module(cx: &mut ContainerCx<'_>) {
    let help = "remove it, and load the module when the node starts";
    capabilities::report_added(cx, &CAP_SYS_MODULE, "SYS_MODULE", help);
}
