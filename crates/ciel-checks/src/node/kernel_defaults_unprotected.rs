use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets without `protectKernelDefaults: true`.
    ///
    /// ## Why is this bad?
    /// The kubelet then sets the kernel parameters that it needs itself, whatever the machine's owner has set them to.
    ///
    /// ## Example
    /// ```yaml
    /// protectKernelDefaults: false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// protectKernelDefaults: true
    /// ```
    ///
    /// ## Exceptions
    /// Machines whose parameters are not what the kubelet needs do not start it with the setting.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KERNEL_DEFAULTS_UNPROTECTED = {
        code: "NODE070",
        name: "kernel-defaults-unprotected",
        severity: Low,
        since: "0.1.0",
        summary: "kubelet changes kernel settings instead of failing",
        profile: All,
        run: Component(&[Program::Kubelet], kernel_defaults_unprotected),
        frameworks: [owasp2025("K07")],
        aliases: [kubescape("C-0177"), trivy("KCV-0083"), checkov("CKV_K8S_144")],
    }
}

fn kernel_defaults_unprotected(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "protect-kernel-defaults",
        is: Is::True,
        why: "it changes kernel parameters by itself",
        help: "set the parameters on the machine, then `protectKernelDefaults: true`",
    };
    judge(cx, &KERNEL_DEFAULTS_UNPROTECTED, &WANT);
}
