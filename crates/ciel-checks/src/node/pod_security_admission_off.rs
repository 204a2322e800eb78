use super::admission::{ENABLE, flag_with, want_enabled, want_not_disabled};
use crate::{ComponentCx, Program, declare_check};

declare_check! {
    /// ## What it does
    /// Finds API servers that name `PodSecurity` in `--disable-admission-plugins`, and those of versions before 1.23,
    /// which have no such plugin by default, that do not enable `PodSecurityPolicy` or `SecurityContextDeny` either.
    ///
    /// ## Why is this bad?
    /// The labels `pod-security.kubernetes.io/enforce` of namespaces have no effect: who may create pods may create
    /// privileged ones, and with them has the nodes.
    ///
    /// ## Example
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --disable-admission-plugins=PodSecurity
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// command:
    /// - kube-apiserver
    /// - --enable-admission-plugins=NodeRestriction
    /// ```
    ///
    /// ## Exceptions
    /// Policy engines can do the same; they are not seen here. `PodSecurityPolicy` is gone since 1.25 and
    /// `SecurityContextDeny` since 1.30: later versions are not asked for them.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/concepts/security/pod-security-admission/>
    /// - <https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/>
    pub static POD_SECURITY_ADMISSION_OFF = {
        code: "NODE015",
        name: "pod-security-admission-off",
        severity: High,
        since: "0.1.0",
        summary: "API server has no admission of pods by their security",
        run: Component(&[Program::ApiServer], pod_security_admission_off),
        frameworks: [nsa("pod-security"), owasp2022("K04"), owasp2025("K04")],
        aliases: [kubescape("C-0068"), kubescape("C-0124"), trivy("KCV-0013"), checkov("CKV_K8S_81"), checkov("CKV_K8S_84")],
    }
}

const WHY: &str = "who may create pods may create privileged ones";

fn pod_security_admission_off(cx: &mut ComponentCx<'_>) {
    let has_policies = ["PodSecurityPolicy", "SecurityContextDeny", "PodSecurity"]
        .iter()
        .any(|plugin| flag_with(cx, ENABLE, plugin).is_some());
    if cx.is_before(23) && !has_policies {
        want_enabled(cx, &POD_SECURITY_ADMISSION_OFF, "PodSecurityPolicy", WHY);
    }
    if !(cx.is_before(25) && has_policies) {
        want_not_disabled(cx, &POD_SECURITY_ADMISSION_OFF, "PodSecurity", WHY);
    }
}
