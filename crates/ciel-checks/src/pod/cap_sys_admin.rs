use super::capabilities;
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that add the capability `SYS_ADMIN`.
    ///
    /// ## Why is this bad?
    /// It is the kernel's catch-all: mounting, namespaces, device control, and a hundred things more. With it and
    /// root in the container, the published ways to the node take a few lines of shell (cgroup v1's `release_agent`,
    /// mounting the node's disk). It is `privileged` by another name.
    ///
    /// ## Example
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     add: [SYS_ADMIN]
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   capabilities:
    ///     drop: [ALL]
    /// ```
    ///
    /// ## Exceptions
    /// Storage drivers mount for other pods, and BPF agents on kernels before 5.8 need it. Suppress the finding there,
    /// with the reason. With `hostUsers: false` the capability holds for the pod's own namespaces alone and the
    /// severity is medium.
    ///
    /// ## References
    /// - <https://man7.org/linux/man-pages/man7/capabilities.7.html>
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-standards/>
    pub static CAP_SYS_ADMIN = {
        code: "POD011",
        name: "cap-sys-admin",
        severity: High,
        since: "0.1.0",
        summary: "container adds the capability SYS_ADMIN",
        run: Container(cap_sys_admin),
        frameworks: [
            pss(Baseline), cis("5.2.9"), nsa("pod-security"), owasp2022("K01"), owasp2025("K01"), mitre("T1611"),
        ],
        aliases: [
            trivy("KSV-0005"), checkov("CKV_K8S_39"), kubesec("CapSysAdmin"), polaris("dangerousCapabilities"),
            kubescape("C-0046"), kubescape("C-0200"), kubescape("C-0219"), trivy("KSV-0022"), trivy("KSV-0106"),
            checkov("CKV_K8S_25"), checkov("CKV_K8S_24"), kubeaudit("CapabilityAdded"),
            kics("235236ee-ad78-4065-bd29-61b061f28ce0"), kics("19ebaa28-fc86-4a58-bcfa-015c9e22fe40"),
            datree("CONTAINERS_INVALID_CAPABILITIES_VALUE"),
        ],
    }
}

fn cap_sys_admin(cx: &mut ContainerCx<'_>) {
    let help = "remove it, and ask for what the program needs in another way";
    capabilities::report_added(cx, &CAP_SYS_ADMIN, "SYS_ADMIN", help);
}
