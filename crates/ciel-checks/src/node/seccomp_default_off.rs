use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets without `seccompDefault: true`.
    ///
    /// ## Why is this bad?
    /// Pods that do not ask for a seccomp profile run without one, and may use every system call of the kernel.
    ///
    /// ## Example
    /// ```yaml
    /// seccompDefault: false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// seccompDefault: true
    /// ```
    ///
    /// ## Exceptions
    /// Pods that set `seccompProfile` themselves are not affected.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tutorials/security/seccomp/#enable-the-use-of-runtimedefault-as-the-default-seccomp-profile-for-all-workloads>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static SECCOMP_DEFAULT_OFF = {
        code: "NODE072",
        name: "seccomp-default-off",
        severity: Low,
        since: "0.1.0",
        summary: "kubelet gives pods no seccomp profile by default",
        profile: All,
        run: Component(&[Program::Kubelet], seccomp_default_off),
        frameworks: [cis("4.2.14"), owasp2025("K07")],
        aliases: [kube_bench("4.2.14")],
    }
}

fn seccomp_default_off(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "seccomp-default",
        is: Is::True,
        why: "pods that ask for no seccomp profile get none",
        help: "set `seccompDefault: true`",
    };
    judge(cx, &SECCOMP_DEFAULT_OFF, &WANT);
}
