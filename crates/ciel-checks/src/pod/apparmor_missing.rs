use super::{
    profiles::{self, Profile},
    shared,
};
use crate::{ContainerCx, declare_check};

declare_check! {
    /// ## What it does
    /// Finds containers that name no AppArmor profile: no `appArmorProfile` in them or their pod, and no annotation.
    ///
    /// ## Why is this bad?
    /// On nodes with AppArmor the runtime gives such a container its default profile, so this is seldom a hole. A pod
    /// that names the profile is refused by a node that cannot enforce it, instead of running without.
    ///
    /// ## Example
    /// ```yaml
    /// containers:
    /// - name: app
    ///   image: app:1
    /// ```
    ///
    /// ## Use instead
    /// ```yaml
    /// securityContext:
    ///   appArmorProfile:
    ///     type: RuntimeDefault
    /// ```
    ///
    /// ## Exceptions
    /// Nodes without AppArmor (Red Hat's use SELinux) refuse such pods, so the check is only part of the profile `all`.
    ///
    /// ## References
    /// - <https://kubernetes.io/docs/tutorials/security/apparmor/>
    pub static APPARMOR_MISSING = {
        code: "POD018",
        name: "apparmor-missing",
        severity: Info,
        severity_reason: "tools say low to medium; the runtime's default profile is in force without being named",
        since: "0.1.0",
        summary: "container names no AppArmor profile",
        profile: All,
        run: Container(apparmor_missing),
        frameworks: [nsa("pod-security"), owasp2022("K01"), owasp2025("K01")],
        aliases: [
            trivy("KSV-0002"), kubeaudit("AppArmorAnnotationMissing"), kubesec("ApparmorAny"),
            kics("8b36775e-183d-4d46-b0f7-96a6f34a723f"),
        ],
    }
}

fn apparmor_missing(cx: &mut ContainerCx<'_>) {
    if !matches!(profiles::apparmor(cx), Profile::Unset(None))
        || shared::is_privileged(cx)
        || !shared::is_linux(cx)
    {
        return;
    }
    let message = format!("{} names no AppArmor profile", cx.container.display());
    profiles::report_missing(cx, &APPARMOR_MISSING, "appArmorProfile", message);
}
