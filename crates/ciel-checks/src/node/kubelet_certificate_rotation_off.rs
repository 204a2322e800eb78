use super::want::{Is, Want, judge};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds kubelets with `rotateCertificates: false`.
    ///
    /// ## Why is this bad?
    /// The certificate is used until it ends, and the node drops out of the cluster then; meanwhile one that was stolen
    /// is of use for as long.
    ///
    /// ## Example
    /// ```yaml
    /// rotateCertificates: false
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// rotateCertificates: true
    /// ```
    ///
    /// ## Exceptions
    /// None.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tasks/tls/certificate-rotation/>
    /// - <https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/>
    pub static KUBELET_CERTIFICATE_ROTATION_OFF = {
        code: "NODE069",
        name: "kubelet-certificate-rotation-off",
        severity: Medium,
        since: "0.1.0",
        summary: "kubelet does not renew its client certificate",
        profile: All,
        run: Component(&[Program::Kubelet], kubelet_certificate_rotation_off),
        frameworks: [cis("4.2.10"), owasp2025("K09")],
        aliases: [kubescape("C-0182"), trivy("KCV-0090"), checkov("CKV_K8S_149"), kube_bench("4.2.10")],
    }
}

fn kubelet_certificate_rotation_off(cx: &mut ComponentCx<'_>) {
    const WANT: Want = Want {
        flag: "rotate-certificates",
        is: Is::NotFalse,
        why: "its client certificate is not renewed",
        help: "set `rotateCertificates: true`",
    };
    judge(cx, &KUBELET_CERTIFICATE_ROTATION_OFF, &WANT);
}
